"""When a habit is due. Occurrence schedules name days; quota schedules ask for so much within a week or month."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal

WEEK = 7
MONTH = 30  # the window and frequency of monthly quotas, as Loop counts it


@dataclass(frozen=True, slots=True)
class Daily:
    """Due every day."""

    kind: ClassVar[str] = "daily"
    every_day: ClassVar[bool] = True
    per_day: ClassVar[float] = 1.0

    def is_due(self, _day: date) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Avoid(Daily):
    """Something to leave alone: every day without a slip is a success."""

    kind: ClassVar[str] = "avoid"


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Due on chosen weekdays (0 is Monday)."""

    days: tuple[int, ...]
    kind: ClassVar[str] = "weekdays"
    every_day: ClassVar[bool] = False

    @property
    def per_day(self) -> float:
        return len(self.days) / WEEK

    def is_due(self, day: date) -> bool:
        return day.weekday() in self.days


@dataclass(frozen=True, slots=True)
class EveryNDays:
    """Due on every n-th day, counted from the anchor."""

    n: int
    anchor: date
    kind: ClassVar[str] = "every_n_days"
    every_day: ClassVar[bool] = False

    @property
    def per_day(self) -> float:
        return 1 / self.n

    def is_due(self, day: date) -> bool:
        return (day - self.anchor).days % self.n == 0


@dataclass(frozen=True, slots=True)
class PerWeek:
    """So many days in every week, whichever they are."""

    n: int
    week_start: int
    kind: ClassVar[str] = "per_week"
    window: ClassVar[int] = WEEK

    @property
    def quota(self) -> float:
        return self.n

    @property
    def per_day(self) -> float:
        return self.n / WEEK

    def period(self, day: date) -> tuple[date, date]:
        return _week(day, self.week_start)


@dataclass(frozen=True, slots=True)
class PerMonth:
    """So many days in every calendar month."""

    n: int
    kind: ClassVar[str] = "per_month"
    window: ClassVar[int] = MONTH

    @property
    def quota(self) -> float:
        return self.n

    @property
    def per_day(self) -> float:
        return self.n / MONTH

    def period(self, day: date) -> tuple[date, date]:
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


@dataclass(frozen=True, slots=True)
class WeeklyTotal:
    """An amount that the week's check-ins have to add up to."""

    total: float
    week_start: int
    kind: ClassVar[str] = "weekly_total"
    window: ClassVar[int] = WEEK
    per_day: ClassVar[float] = 1 / WEEK

    @property
    def quota(self) -> float:
        return self.total

    def period(self, day: date) -> tuple[date, date]:
        return _week(day, self.week_start)


Occurrences = Daily | Avoid | Weekdays | EveryNDays
Quota = PerWeek | PerMonth | WeeklyTotal
Schedule = Occurrences | Quota
StreakUnit = Literal["day", "week", "month"]


def streak_unit(schedule: Schedule) -> StreakUnit:
    """Say what a streak of this schedule counts: `day`, `week` or `month`."""
    if isinstance(schedule, PerMonth):
        return "month"
    return "week" if isinstance(schedule, PerWeek | WeeklyTotal) else "day"


def _week(day: date, week_start: int) -> tuple[date, date]:
    first = day - timedelta(days=(day.weekday() - week_start) % WEEK)
    return first, first + timedelta(days=WEEK - 1)
