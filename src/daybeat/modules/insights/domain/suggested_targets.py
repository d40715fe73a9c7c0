"""Asking for less where a target is rarely met, for a part of it first, or for more where it is always met."""

from collections.abc import Sequence
from statistics import median, median_low

from daybeat.modules.insights.domain.practice import (
    Period,
    Practice,
    every,
    per_week,
    rounded_down,
    rounded_up,
)
from daybeat.modules.insights.domain.suggestion import Suggestion
from daybeat.modules.insights.domain.wording import counted, percent

FOUR_WEEKS, SIX_WEEKS = 28, 42
RARELY, MOSTLY, NEARLY_ALWAYS = 0.5, 0.65, 0.95
RARELY_WHOLE = 0.35
"""Where half of a target is asked for first, the whole one has to be out of reach."""
STRONG = 0.9
LESS, MORE, MOST = 0.9, 1.1, 1.5
"""What a new target is to the old one: at most, at least, and at most again."""
MONTHS, WEEKS_LOWER, WEEKS_RAISE = 2, 4, 6
MOST_A_WEEK, MOST_A_MONTH = 7, 28


def lower(practice: Practice) -> Suggestion | None:
    """Ask for what was really reached where the target was met on less than half of four weeks."""
    asked = practice.asked
    if not asked.is_to_be_reached:
        return None
    if asked.span != "day":
        return _lower_period(practice)
    return _lower_amount(practice) or _lower_days(practice)


def split(practice: Practice) -> Suggestion | None:
    """Ask for half of an amount first, where the whole is rarely reached and half of it mostly."""
    asked, closed = practice.asked, practice.closed(FOUR_WEEKS)
    if not (asked.target and asked.is_to_be_reached and asked.span == "day" and closed):
        return None
    half = rounded_down(asked.target / 2, asked.target) or asked.target / 2
    met, reached = sum(bool(day.verdict) for day in closed), sum(day.amount >= half for day in closed)
    if met > RARELY_WHOLE * len(closed) or reached < MOSTLY * len(closed):
        return None
    whole, part = asked.in_unit(asked.target), asked.in_unit(half)
    return Suggestion(
        kind="split",
        basis=asked.basis,
        text=f"Split it: {part} now, {whole} later, when this has become easy.",
        evidence=(_met_on(practice, met, len(closed)), f"{part} or more was reached on {reached} of them."),
        button=f"Ask for {part} now",
        change={"target": half},
        weight=len(closed) - met,
    )


def raise_(practice: Practice) -> Suggestion | None:
    """Ask for more where nearly everything was met for six weeks and the habit is strong."""
    asked = practice.asked
    if not asked.is_to_be_reached or practice.strength < STRONG or not practice.holds_for(SIX_WEEKS):
        return None
    return _raise_days(practice) if asked.span == "day" else _raise_period(practice)


def _lower_days(practice: Practice) -> Suggestion | None:
    """Turn due days into as many a week as there really were."""
    asked, closed = practice.asked, practice.closed(FOUR_WEEKS)
    met, weeks = sum(bool(day.verdict) for day in closed), practice.weeks(WEEKS_LOWER)
    n = median_low(weeks)
    if not closed or met >= RARELY * len(closed) or not 1 <= n < asked.a_week:
        return None
    return Suggestion(
        kind="lower",
        basis=asked.basis,
        text=f"{n} a week works, {asked.words} rarely does. Ask for {n} a week, and for more when that is easy.",
        evidence=(_met_on(practice, met, len(closed)), f"Met by week, the oldest first: {per_week(weeks)}."),
        button=f"Ask for {n} a week",
        change={"schedule": {"kind": "per_week", "n": n, "week_start": asked.week_start}},
        weight=len(closed) - met,
    )


def _lower_amount(practice: Practice) -> Suggestion | None:
    """Ask for the median of what was reached on the days on which there was something."""
    asked, closed = practice.asked, practice.closed(FOUR_WEEKS)
    met, amounts = sum(bool(day.verdict) for day in closed), [day.amount for day in closed if day.amount > 0]
    if not asked.target or not closed or met >= RARELY * len(closed) or len(amounts) < MOSTLY * len(closed):
        return None
    new = rounded_down(median(amounts), asked.target)
    if not 0 < new <= LESS * asked.target:
        return None
    part = asked.in_unit(new)
    return Suggestion(
        kind="lower",
        basis=asked.basis,
        text=f"{part} is what usually comes together. Ask for that, and for more when it is easy.",
        evidence=(
            _met_on(practice, met, len(closed)),
            f"Half of the {len(amounts)} days with something had {part} or more.",
        ),
        button=f"Ask for {part}",
        change={"target": new},
        weight=len(closed) - met,
    )


def _lower_period(practice: Practice) -> Suggestion | None:
    asked, periods = practice.asked, practice.periods(WEEKS_LOWER if practice.asked.span == "week" else MONTHS)
    met = sum(period.met for period in periods)
    if not periods or met > len(periods) // WEEKS_LOWER:
        return None
    new = _usual_total(practice, periods) if asked.adds_up else median_low([period.done for period in periods])
    old = (asked.target or 0) * LESS if asked.adds_up else asked.schedule["n"] - 1
    if not 0 < new <= old:
        return None
    part = f"{asked.in_unit(new) if asked.adds_up else new} a {asked.span}"
    return Suggestion(
        kind="lower",
        basis=asked.basis,
        text=f"{part} is what usually comes together. Ask for that, and for more when it is easy.",
        evidence=_periods_met(practice, periods),
        button=f"Ask for {part}",
        change={"target": new} if asked.adds_up else {"schedule": {**asked.schedule, "n": new}},
        weight=FOUR_WEEKS - met,
    )


def _raise_days(practice: Practice) -> Suggestion | None:
    asked, closed = practice.asked, practice.closed(SIX_WEEKS)
    met = sum(bool(day.verdict) for day in closed)
    if not closed or met < NEARLY_ALWAYS * len(closed):
        return None
    evidence = (f"Met on {met} of {counted(len(closed), 'due day')} in six weeks.", _strength(practice))
    if asked.target:
        usual = median(day.amount for day in closed)
        return _more(
            practice,
            usual,
            (*evidence, f"Half of these days had {asked.in_unit(rounded_down(usual, asked.target))} or more."),
        )
    n = asked.schedule.get("n", 1) - 1
    if asked.kind != "every_n_days" or n < 1:
        return None
    schedule = {"kind": "every_n_days", "n": n} if n > 1 else {"kind": "daily"}
    return _raised(practice, every(n), evidence, {"schedule": schedule})


def _raise_period(practice: Practice) -> Suggestion | None:
    asked, periods = practice.asked, practice.periods(WEEKS_RAISE if practice.asked.span == "week" else MONTHS)
    if not periods or not all(period.met for period in periods):
        return None
    evidence = (*_periods_met(practice, periods), _strength(practice))
    if asked.adds_up:
        return _more(practice, median(period.total for period in periods), evidence)
    n = asked.schedule["n"] + 1
    if n > (MOST_A_WEEK if asked.span == "week" else MOST_A_MONTH):
        return None
    return _raised(practice, f"{n} a {asked.span}", evidence, {"schedule": {**asked.schedule, "n": n}})


def _more(practice: Practice, usual: float, evidence: tuple[str, ...]) -> Suggestion:
    """Ask for what is usual anyway, or for a tenth more; for half as much again at most."""
    asked, old = practice.asked, practice.asked.target or 0
    new = max(rounded_up(old * MORE, old), min(rounded_down(usual, old), rounded_down(old * MOST, old)))
    words = asked.in_unit(new)
    return _raised(practice, f"{words} a {asked.span}" if asked.adds_up else words, evidence, {"target": new})


def _raised(practice: Practice, words: str, evidence: tuple[str, ...], change: dict[str, object]) -> Suggestion:
    return Suggestion(
        kind="raise",
        basis=practice.asked.basis,
        text=f"This has become easy. {words[0].upper()}{words[1:]} could be next, if you like.",
        evidence=evidence,
        button=f"Ask for {words}",
        change=change,
        weight=practice.strength,
    )


def _usual_total(practice: Practice, periods: Sequence[Period]) -> float:
    return rounded_down(median(period.total for period in periods), practice.asked.target or 0)


def _met_on(practice: Practice, met: int, due: int) -> str:
    return f"{_target(practice)} met on {met} of the last {counted(due, 'due day')}."


def _target(practice: Practice) -> str:
    asked = practice.asked
    return f"The target of {asked.in_unit(asked.target)} was" if asked.target else "It was"


def _periods_met(practice: Practice, periods: Sequence[Period]) -> tuple[str, ...]:
    asked, met = practice.asked, sum(period.met for period in periods)
    each = [period.total if asked.adds_up else period.done for period in periods]
    return (
        f"{asked.words[0].upper()}{asked.words[1:]} was met in {met} of the last {counted(len(periods), asked.span)}.",
        f"By {asked.span}, the oldest first: {per_week(each)}.",
    )


def _strength(practice: Practice) -> str:
    return f"Strength {percent(practice.strength)}."
