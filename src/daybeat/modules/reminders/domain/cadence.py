"""When somebody is to be asked: at times, or every so often while they are awake; never in their quiet hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from daybeat.modules.reminders.domain.wall_clock import instant_of, wall_time

DAY = timedelta(days=1)
MIDNIGHT = time(0)
LOOK_AHEAD = 3
"""Days within which any cadence has a slot, clock changes and skipped dates included."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day to another, over midnight when the first is the later one. The end is not quiet."""

    begin: time
    end: time

    def __contains__(self, at: time) -> bool:
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


@dataclass(frozen=True, slots=True)
class Cadence:
    """Either `every` so often, counted from the end of the quiet hours, or at `times` of the day."""

    zone: ZoneInfo
    every: timedelta | None = None
    times: tuple[time, ...] = ()
    quiet: QuietHours | None = None

    def next_slot(self, after: datetime) -> datetime | None:
        """Give the first instant later than `after` at which to ask, None when there never is one."""
        first = wall_time(after, self.zone).date() - DAY
        slots = (self._first_slot_of(first + n * DAY, after) for n in range(LOOK_AHEAD + 1))
        return next((slot for slot in slots if slot is not None), None)

    def is_quiet(self, instant: datetime) -> bool:
        return self.quiet is not None and wall_time(instant, self.zone).time() in self.quiet

    def quiet_after(self, instant: datetime) -> datetime | None:
        """Give the next instant at which quiet hours begin, None without any."""
        if self.quiet is None:
            return None
        today = wall_time(instant, self.zone).date()
        begins = (instant_of(today + n * DAY, self.quiet.begin, self.zone) for n in range(-1, LOOK_AHEAD))
        return next(begin for begin in begins if begin > instant)

    def _first_slot_of(self, day: date, after: datetime) -> datetime | None:
        """Give the first slot of the day that begins here, later than `after`."""
        slots = self._waking_slots(day, after) if self.every else self._slots_at_times(day, after)
        return min(slots, default=None)

    def _slots_at_times(self, day: date, after: datetime) -> Iterator[datetime]:
        for at in self.times:
            slot = instant_of(day, at, self.zone)
            # A date that a place skipped has no times.
            if slot > after and wall_time(slot, self.zone).date() == day:
                yield slot

    def _waking_slots(self, day: date, after: datetime) -> Iterator[datetime]:
        """Count from waking up to the next quiet hours. These are hours that pass, so a clock change moves nothing."""
        slot = instant_of(day, self.quiet.end if self.quiet else MIDNIGHT, self.zone)
        asleep = self.quiet_after(slot) or instant_of(day + DAY, MIDNIGHT, self.zone)
        every = self.every or DAY
        if slot <= after:
            slot += ((after - slot) // every + 1) * every
        while slot < asleep and self.is_quiet(slot):  # a clock set back can bring quiet hours twice
            slot += every
        if slot < asleep:
            yield slot
