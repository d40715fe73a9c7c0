"""Times of the day at which a habit is to be thought of, some of them only on chosen weekdays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from daybeat.modules.reminders.domain.cadence import QuietHours
from daybeat.modules.reminders.domain.wall_clock import instant_of, wall_time

DAY = timedelta(days=1)
HOUR = 60
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(len(WEEKDAYS)))
LOOK_AHEAD = 2 * len(WEEKDAYS) + 1
"""Days within which any time comes, even when a place skips the date it would have come on."""


@dataclass(frozen=True, slots=True)
class ReminderTime:
    """A time of the wall clock, on some weekdays of the wall calendar (0 is Monday)."""

    at: time
    days: frozenset[int] = EVERY_DAY


def read_times(texts: Iterable[str]) -> tuple[ReminderTime, ...]:
    """Read times as habits keep them: `07:30`, or `mon,wed,fri 18:00`. Anything else raises ValueError."""
    return tuple(_read(text) for text in texts)


def next_slot(times: tuple[ReminderTime, ...], zone: ZoneInfo, after: datetime) -> datetime | None:
    """Give the first instant later than `after` that is one of the times; None without any.

    A time that the clock jumps over is the moment of the jump; one that comes twice is told the first time.
    """
    if not times:
        return None
    first = wall_time(after, zone).date() - DAY
    days = (_first_of(times, first + n * DAY, zone, after) for n in range(LOOK_AHEAD + 1))
    return next((slot for slot in days if slot is not None), None)


@dataclass(frozen=True, slots=True)
class Peace:
    """All the hours of the day in which somebody is not to be disturbed, and where they live."""

    zone: ZoneInfo
    hours: tuple[QuietHours, ...] = ()

    def holds(self, instant: datetime) -> bool:
        return self.forbids(wall_time(instant, self.zone).time())

    def forbids(self, at: time) -> bool:
        return any(at in each for each in self.hours)

    def begins_after(self, instant: datetime) -> datetime | None:
        """Give the next instant at which some of these hours begin, None without any."""
        today = wall_time(instant, self.zone).date()
        begins = (instant_of(today + n * DAY, each.begin, self.zone) for n in range(-1, 4) for each in self.hours)
        return min((begin for begin in begins if begin > instant), default=None)


def minute_of(at: time) -> int:
    """Count the minutes since midnight."""
    return at.hour * HOUR + at.minute


def time_of(minute: int) -> time:
    """Give the time of the day that many minutes after midnight."""
    return time(*divmod(minute, HOUR))


def clock_text(minute: int) -> str:
    """Write a minute of the day as a clock shows it: 07:40."""
    return f"{time_of(minute):%H:%M}"


def _read(text: str) -> ReminderTime:
    days, _, at = text.rpartition(" ")
    chosen = frozenset(WEEKDAYS.index(day) for day in days.split(",")) if days else EVERY_DAY
    return ReminderTime(time.fromisoformat(at), chosen)


def _first_of(times: tuple[ReminderTime, ...], day: date, zone: ZoneInfo, after: datetime) -> datetime | None:
    slots = (instant_of(day, each.at, zone) for each in times if day.weekday() in each.days)
    # A date that a place skipped has no times.
    return min((slot for slot in slots if slot > after and wall_time(slot, zone).date() == day), default=None)
