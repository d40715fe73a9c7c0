"""When a report is due: in the evening of every day, or once a week for the seven days before."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from daybeat.modules.reminders.domain.wall_clock import instant_of, wall_time

WEEK = 7
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReportTime:
    """A time of the day, on every day (`weekday` None) or on one, 0 is Monday."""

    at: time
    weekday: int | None = None

    def after(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """Give the first instant later than this one at which the report is due."""
        day = wall_time(instant, zone).date() - DAY
        days = (day + n * DAY for n in range(WEEK + 3))
        due = (instant_of(each, self.at, zone) for each in days if self._is_on(each))
        return next(each for each in due if each > instant)

    def _is_on(self, day: date) -> bool:
        return self.weekday is None or day.weekday() == self.weekday
