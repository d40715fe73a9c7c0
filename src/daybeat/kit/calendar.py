"""The user's own days: which habit day an instant belongs to, and which days hardly existed.

A habit day is the local date after the clock has been turned back by the rollover hours, so that what happens at
one in the morning still belongs to yesterday. Travel and date-line jumps can make a day so short that nobody could
live it; such a day counts as skipped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SHORTEST_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Stay:
    """A time zone and rollover hour that held from an instant on (`since` None: from the beginning)."""

    zone: str
    rollover_hour: int
    since: datetime | None = None

    def habit_day(self, instant: datetime) -> date:
        """Follow the wall clock: a day of 23 or 25 hours is still one day."""
        local = instant.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return (local - timedelta(hours=self.rollover_hour)).date()

    def starts_at(self, day: date) -> datetime:
        """Give the instant, in UTC, at which the habit day begins here."""
        local = datetime(day.year, day.month, day.day, self.rollover_hour, tzinfo=ZoneInfo(self.zone))
        return local.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class UserCalendar:
    """Every zone the user lived in, oldest first; the last one is where they are."""

    stays: tuple[Stay, ...]

    @property
    def zone(self) -> str:
        return self.stays[-1].zone

    @property
    def rollover_hour(self) -> int:
        return self.stays[-1].rollover_hour

    def habit_day(self, instant: datetime, zone: str | None = None) -> date:
        """Give the habit day of an instant, in the zone of that check-in when the device names one."""
        stay = self._stay_at(instant)
        return Stay(zone or stay.zone, stay.rollover_hour).habit_day(instant)

    def moved(self, zone: str, rollover_hour: int, at: datetime) -> "UserCalendar":
        """Return the calendar of somebody who lives by another zone or rollover from now on."""
        return UserCalendar((*self.stays, Stay(zone, rollover_hour, at)))

    def short_days(self, first: date, last: date) -> frozenset[date]:
        """Name the days in the range that lasted under twelve hours."""
        return frozenset(day for day in _all_short_days(self.stays, last.year + 1) if first <= day <= last)

    def _stay_at(self, instant: datetime) -> Stay:
        for stay in reversed(self.stays):
            if stay.since is None or stay.since <= instant:
                return stay
        return self.stays[0]


@lru_cache(maxsize=1024)
def _all_short_days(stays: tuple[Stay, ...], before_year: int) -> frozenset[date]:
    candidates: set[date] = set()
    for stay in stays:
        candidates |= _days_around_jumps(stay.zone, before_year)
        if stay.since is not None:
            near = stay.since.date()
            candidates |= {near + timedelta(days=n) for n in range(-3, 4)}
    return frozenset(day for day in candidates if _length(stays, day) < SHORTEST_DAY)


def _length(stays: Sequence[Stay], day: date) -> timedelta:
    total = timedelta()
    for index, stay in enumerate(stays):
        begin, end = stay.starts_at(day), stay.starts_at(day + DAY)
        if stay.since is not None:
            begin = max(begin, stay.since)
        if index + 1 < len(stays) and (left := stays[index + 1].since) is not None:
            end = min(end, left)
        total += max(end - begin, timedelta())
    return total


@lru_cache(maxsize=256)
def _days_around_jumps(zone: str, before_year: int) -> frozenset[date]:
    """Find where a zone changed sides of the date line. A jump of half a day or more never happens twice in a year."""
    found: set[date] = set()
    info = ZoneInfo(zone)
    for year in range(1990, before_year):
        if _jumped(info, datetime(year, 1, 1), datetime(year + 1, 1, 1)):
            found |= {day.date() for day in _each_day(year) if _jumped(info, day - DAY, day + DAY)}
    return frozenset(found)


def _jumped(zone: ZoneInfo, before: datetime, after: datetime) -> bool:
    then, now = zone.utcoffset(before), zone.utcoffset(after)
    return then is not None and now is not None and abs(now - then) >= SHORTEST_DAY


def _each_day(year: int) -> Iterator[datetime]:
    day = datetime(year, 1, 1)
    while day.year == year:
        yield day
        day += DAY
