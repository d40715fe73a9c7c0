"""From the clock on the wall to instants and back. Clock changes make some times missing and some double."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Give the instant, in UTC, at which the wall shows this.

    A time that the clock jumps over is the moment of the jump; of a time that comes twice it is the first.
    """
    wall = datetime.combine(day, at)
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if wall_time(instant, zone) == wall:
        return instant
    return _jump_between(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), instant, zone)


def wall_time(instant: datetime, zone: ZoneInfo) -> datetime:
    """Give what the wall shows at an instant."""
    return instant.astimezone(zone).replace(tzinfo=None)


def _jump_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Find the first second of the offset that holds after a jump."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + ((after - before) // 2 // SECOND) * SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
