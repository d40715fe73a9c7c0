"""When a report is due: in the evening of every day, once a week for the seven days before, or once a month."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from daybeat.modules.reminders.domain.wall_clock import instant_of, wall_time

LONGEST_MONTH = 31
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReportTime:
    """A time of the day: on every day, on a weekday (0 is Monday), or on a day of the month that every month has."""

    at: time
    weekday: int | None = None
    monthday: int | None = None

    def after(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """Give the first instant later than this one at which the report is due."""
        day = wall_time(instant, zone).date() - DAY
        days = (day + n * DAY for n in range(LONGEST_MONTH + 3))
        due = (instant_of(each, self.at, zone) for each in days if self._is_on(each))
        return next(each for each in due if each > instant)

    def _is_on(self, day: date) -> bool:
        return self.weekday in {None, day.weekday()} and self.monthday in {None, day.day}
