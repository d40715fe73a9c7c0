"""Random lives of a habit, for properties: every schedule kind, amounts both ways, pauses and changes of mind."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from daybeat.modules.habits.domain.history import History, Pause
from daybeat.modules.habits.domain.rules import CheckInState, Mark, Rule
from daybeat.modules.habits.storage import schedule_from
from tests.support.oracle import Life, Wish

KINDS = ("daily", "weekdays", "every_n_days", "per_week", "per_month", "weekly_total", "avoid")
# Quarters are exact in binary, so that a share of a target is never a hair beside a whole number.
AMOUNTS = (0.0, 0.25, 0.5, 1.0, 2.0, 2.5, 10.0, 30.0)
SAYINGS = (*[None] * 6, ("skip", None), ("no", None), *[("done", amount) for amount in AMOUNTS])
FIRST_DAY = date(2026, 1, 1)


@st.composite
def wishes(draw: st.DrawFn, since: date) -> Wish:
    """Give a wish of any kind; a weekly total always has a target, avoiding never."""
    kind = draw(st.sampled_from(KINDS))
    most = {"per_week": 7, "per_month": 31, "every_n_days": 10}.get(kind, 1)
    at_most = draw(st.booleans())
    targets = st.sampled_from([0.5, 1.0, 2.0, 2.5, 10.0])
    if kind == "avoid":
        targets = st.none()  # type: ignore[assignment]
    elif kind != "weekly_total":
        targets = st.none() | targets  # type: ignore[assignment]
    target = draw(targets)
    return Wish(
        since=since,
        kind=kind,
        n=draw(st.integers(1, most)),
        days=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))) if kind == "weekdays" else (),
        week_start=draw(st.integers(0, 6)) if kind in {"per_week", "weekly_total"} else 0,
        target=target,
        at_most=at_most and target is not None,
    )


@st.composite
def lives(draw: st.DrawFn, *, shortest: int = 1, longest: int = 130, most_wishes: int = 3) -> Life:
    """Give a life of so many days."""
    start = FIRST_DAY + timedelta(draw(st.integers(0, 60)))
    length = draw(st.integers(shortest, longest))
    days = [start + timedelta(n) for n in range(length)]
    turns = draw(st.sets(st.sampled_from(days[1:]), max_size=most_wishes - 1)) if length > 1 else set()
    # One byte a day is drawn much faster than a list of states and a list of amounts.
    dice = draw(st.binary(min_size=length, max_size=length))
    said = {day: SAYINGS[die % len(SAYINGS)] for day, die in zip(days, dice, strict=True)}
    return Life(
        start=start,
        today=days[-1],
        wishes=tuple(draw(wishes(since)) for since in [start, *sorted(turns)]),
        said={day: saying for day, saying in said.items() if saying is not None},
        pauses=tuple(draw(st.lists(pauses(start, length), max_size=3))),
        short=frozenset(draw(st.sets(st.sampled_from(days), max_size=2))),
    )


@st.composite
def pauses(draw: st.DrawFn, start: date, length: int) -> tuple[date, date]:
    """Give a pause, now and then before the start or beyond the end."""
    first = start + timedelta(draw(st.integers(-5, length)))
    return first, first + timedelta(draw(st.integers(0, 20)))


def schedule_of(wish: Wish) -> dict[str, Any]:
    """Write the schedule of a wish as the API takes it."""
    fields: dict[str, dict[str, Any]] = {
        "weekdays": {"days": list(wish.days)},
        "every_n_days": {"n": wish.n},
        "per_week": {"n": wish.n, "week_start": wish.week_start},
        "per_month": {"n": wish.n},
        "weekly_total": {"week_start": wish.week_start},
    }
    return {"kind": wish.kind, **fields.get(wish.kind, {})}


def history_of(life: Life) -> History:
    """Hand a life to the rules that are tested."""
    return History(
        start=life.start,
        rules=tuple(_rule_of(wish) for wish in life.wishes),
        marks={day: Mark(CheckInState(state), amount) for day, (state, amount) in life.said.items()},
        pauses=tuple(Pause(first, last) for first, last in life.pauses),
        short_days=life.short,
    )


def _rule_of(wish: Wish) -> Rule:
    schedule = schedule_from(schedule_of(wish), anchor=wish.since, target=wish.target)
    return Rule(wish.since, schedule, wish.day_target, wish.at_most)
