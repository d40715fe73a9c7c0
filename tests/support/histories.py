"""Short ways to write a history: one sign a day, as in the worked examples."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from daybeat.modules.habits.domain.history import History, Pause
from daybeat.modules.habits.domain.rules import CheckInState, Mark, Rule
from daybeat.modules.habits.domain.schedules import Daily, Schedule
from tests.support.days import SAID, days_of, pause_runs

MONDAY = date(2026, 3, 2)


def day(number: int) -> date:
    """Give the n-th day, 0 is Monday 2 March 2026."""
    return MONDAY + timedelta(number)


def mark_of(sign: str | float | None) -> Mark | None:
    """Read one sign: x done, s skip, f explicit no, . nothing, or an amount."""
    if sign is None or sign in {".", "p"}:
        return None
    if isinstance(sign, str):
        return Mark(CheckInState(SAID[sign]), count=2 if sign == "X" else 1)
    return Mark(CheckInState.DONE, float(sign))


def history(
    signs: str | Sequence[str | float | None], schedule: Schedule | None = None, **rule: Any
) -> tuple[History, date]:
    """Give a history of one rule from its start, and the last day of it."""
    start = rule.pop("start", MONDAY)
    days = list(days_of(start, len(signs)))
    marks = {each: mark_of(sign) for each, sign in zip(days, signs, strict=True)}
    told = History(
        start=start,
        rules=(Rule(start, schedule or Daily(), **rule),),
        marks={each: mark for each, mark in marks.items() if mark is not None},
        pauses=tuple(Pause(first, last) for first, last in pause_runs("".join(map(str, signs)), start))
        if isinstance(signs, str)
        else (),
    )
    return told, days[-1]
