"""From rows to figures: the stats of a habit, continued from its kept tally, and that tally kept up to date."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from daybeat.contracts.habits import DayState, HabitStats, Progress
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.habits.domain.faces import Face, face_of
from daybeat.modules.habits.domain.history import History
from daybeat.modules.habits.domain.quotas import Period, measure
from daybeat.modules.habits.domain.streaks import Stats, Tally, closed, seed, stats_on
from daybeat.modules.habits.repository import HabitRepository, kept_tally

SETTLED = timedelta(days=7)
"""Days that are left out of a kept tally, so that correcting the last week stays cheap."""
STALE = timedelta(days=14)


class Standing:
    """One habit with its history, as of the user's day. An archived habit stands where it was put away."""

    def __init__(self, repository: HabitRepository, row: Row[Any], calendar: UserCalendar, today: date) -> None:
        self._repository = repository
        self.row = row
        self.today = min(today, row.archived_on or today)
        self._calendar = calendar
        kept = kept_tally(row)
        self.tally: Tally | None = kept if kept is not None and kept.through < self.today else None
        self.history: History = repository.history(row, calendar, self.today, self.tally)

    def stats(self) -> Stats:
        return stats_on(self.history, self.today, self.tally)

    def face(self, day: date) -> Face:
        """Show one day, however long ago."""
        return face_of(self._history_of(day), day, self.today)

    def period(self, day: date) -> Period | None:
        """Measure the week or month around a day, None where the habit has no quota then."""
        history = self._history_of(day)
        rule = history.rule_on(day)
        return measure(history, rule, day) if rule.is_quota else None

    def _history_of(self, day: date) -> History:
        known = self.tally is None or day > self.tally.through
        return self.history if known else self._repository.history(self.row, self._calendar, self.today, None)

    def keep_up(self) -> None:
        """Move the kept tally along when it has fallen behind."""
        settled = self.today - SETTLED
        behind = self.tally is None or self.tally.through < self.today - STALE
        if behind and settled >= self.row.start:
            self._repository.keep_tally(self.row.id, closed(self.tally or seed(self.history), self.history, settled))


def told(stats: Stats) -> HabitStats:
    """Put stats into the published words. Strength is rounded to four decimals."""
    return HabitStats(
        streak=stats.streak,
        best_streak=stats.best_streak,
        unit=stats.unit,
        strength=round(stats.strength, 4),
        progress=Progress(
            successes=stats.successes, due=stats.due, rate=stats.successes / stats.due if stats.due else None
        ),
        rate_30d=stats.rate_30d,
        total=stats.total,
    )


def told_day(face: Face) -> DayState:
    """Put what a day came to into the published words."""
    mark = face.mark
    return DayState(state=face.state, amount=mark.amount if mark else None, count=mark.count if mark else 0)
