"""The weeks and months that reports are about."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

DAY = timedelta(days=1)
WEEK = 7
SURELY_NEXT_MONTH = timedelta(days=31)

Kind = Literal["weekly", "monthly"]


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a month from its first day to its last."""

    kind: Kind
    first: date
    last: date


def period_around(kind: Kind, day: date, week_start: int) -> Period:
    """Give the week or month that a day belongs to; weeks begin on `week_start` (0 Monday)."""
    if kind == "weekly":
        first = day - timedelta(days=(day.weekday() - week_start) % WEEK)
        return Period(kind, first, first + timedelta(days=WEEK - 1))
    first = day.replace(day=1)
    return Period(kind, first, (first + SURELY_NEXT_MONTH).replace(day=1) - DAY)


def following(period: Period) -> Period:
    """Give the week or month after this one."""
    return period_around(period.kind, period.last + DAY, period.first.weekday())


def period_before(kind: Kind, day: date, week_start: int) -> Period:
    """Give the last week or month that was over before a day."""
    return period_around(kind, period_around(kind, day, week_start).first - DAY, week_start)
