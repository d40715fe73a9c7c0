"""The sentences of a report: what its days came to, in plain words and without blame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daybeat.modules.insights.domain.periods import Kind
from daybeat.modules.insights.domain.risk_reasons import WEEKDAYS
from daybeat.modules.insights.domain.spans import Day, rate
from daybeat.modules.insights.domain.wording import day_text, hundredths, percent

AGO = {"weekly": "the week before", "monthly": "the month before"}
SPAN = {"weekly": "this week", "monthly": "this month"}
WORTH_A_WORD = 0.1
"""What a habit's share or a mood has to differ by to be spoken of."""

Shares = tuple[str, float | None, float | None]
"""A habit's name, its share now and its share before."""


@dataclass(frozen=True, slots=True)
class Told:
    """The figures that sentences are made of; those with `before` are of the week or month before."""

    kind: Kind
    is_over: bool
    done: int
    due: int
    rate_before: float | None
    best: Day | None
    mood: float | None
    mood_before: float | None
    habits: Sequence[Shares]


def sentences(told: Told) -> list[str]:
    """Say what is worth saying, the sum first."""
    return [*_sum(told), *_best_day(told), *_habit(told), *_mood(told)]


def _sum(told: Told) -> Iterator[str]:
    share = rate(told.done, told.due)
    if share is None:
        yield "Nothing was due." if told.is_over else "Nothing has been due so far."
        return
    so_far = "" if told.is_over else " so far"
    yield f"{told.done} of {told.due} done{so_far}: {percent(share)}{_beside(told, share)}."


def _beside(told: Told, share: float) -> str:
    if told.rate_before is None:
        return ""
    if hundredths(told.rate_before) == hundredths(share):
        return f", as {AGO[told.kind]}"
    return f", after {percent(told.rate_before)} {AGO[told.kind]}"


def _best_day(told: Told) -> Iterator[str]:
    if told.best is not None:
        day = told.best.date
        name = WEEKDAYS[day.weekday()] if told.kind == "weekly" else day_text(day)
        yield f"{name} was the best day, with {told.best.done} of {told.best.due} done."


def _habit(told: Told) -> Iterator[str]:
    """Name the habit that came up most."""
    known = [(now - before, name, now) for name, now, before in told.habits if now is not None and before is not None]
    came_up, name, now = max(known, default=(0.0, "", 0.0))
    if came_up >= WORTH_A_WORD:
        yield f"{name} came up from {percent(now - came_up)} to {percent(now)}."


def _mood(told: Told) -> Iterator[str]:
    if told.mood is None:
        return
    said = f"Your mood was {told.mood:.1f} of 5 on average"
    apart = 0.0 if told.mood_before is None else round(told.mood, 1) - round(told.mood_before, 1)
    if abs(apart) < WORTH_A_WORD - 1e-9:
        yield f"{said}."
    else:
        yield f"{said}, {abs(apart):.1f} {'higher' if apart > 0 else 'lower'} than {AGO[told.kind]}."
