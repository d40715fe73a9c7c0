"""Reading again what became stale, from the first day that changed to the present one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Table, cast, delete, func, insert, select

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.insights.marking import (
    ALWAYS,
    DAYS,
    MOODS,
    TIMES,
    clear_marks,
    forget_source,
    is_stale,
    mark,
    take_marks,
)
from daybeat.modules.insights.models import habit_days, hours, mood_days, user_days
from daybeat.modules.insights.ports import LivedDay, Sources
from daybeat.modules.insights.risk_repository import days_changed, forget_risk

DAY = timedelta(days=1)
SCORES = range(1, 6)
LIVED = tuple(field.name for field in fields(LivedDay))
HOURS_KEPT = timedelta(days=400)
"""A year is the longest span that is shown by the hour."""
A_TIME = 5000  # rows that are written in one unit of work, or a few more


def refresh(uow: UnitOfWork, user_id: UUID, calendar: UserCalendar, sources: Sources) -> bool:
    """Bring what is kept of a user to their present day; what stayed as it was is not read.

    Tells whether all of it is done. One unit of work does no more than others can wait for: with ten years to read,
    there are many.
    """
    return Refreshing(uow, user_id, calendar, sources).run()


class Refreshing:
    """One round of reading for one user."""

    def __init__(self, uow: UnitOfWork, user_id: UUID, calendar: UserCalendar, sources: Sources) -> None:
        self._uow, self._connection, self._user_id = uow, uow.connection, user_id
        self._sources, self._calendar, self._today = sources, calendar, calendar.habit_day(uow.now)
        self._written = 0

    def run(self) -> bool:
        self._uow.in_turn_of(f"insights {self._user_id}")
        habits = {str(each) for each in self._sources.habits.ids(self._connection, self._user_id)}
        stale = self._stale([*habits, *ALWAYS])
        days = stale.pop(DAYS, date.max)
        read = []
        for source, since in stale.items():
            if self._written >= A_TIME:
                break
            days = min(days, self._read(source, since, habits))
            read.append(source)
        return self._settle(read, days, is_all=len(read) == len(stale))

    def _settle(self, read: list[str], days: date, *, is_all: bool) -> bool:
        """Sum up when everything was read, and say how far this came."""
        if is_all:
            if days < date.max:
                self._add_up(days)
            read = [*read, DAYS]
        elif days < date.max:
            mark(self._connection, self._user_id, DAYS, days)
        clear_marks(self._connection, self._user_id, read, self._today - DAY)
        return is_all

    def _stale(self, sources: Sequence[str]) -> dict[str, date]:
        """Give the first day of each source that has to be read again."""
        rows = take_marks(self._connection, self._user_id, sources)
        return {row.source: _first_stale(row) for row in rows if is_stale(row, self._today - DAY)}

    def _read(self, source: str, since: date, habits: Collection[str]) -> date:
        """Read a source again; gives the first day over all habits that may have changed because of it."""
        if source in ALWAYS:
            {MOODS: self._moods, TIMES: self._times}[source](since)
            return date.max
        return self._habit(source, since, exists=source in habits)

    def _habit(self, source: str, since: date, *, exists: bool) -> date:
        """Read a habit's days again; gives the first one that may have changed."""
        habit_id = UUID(source)
        own = habit_days.c.habit_id == habit_id
        if not exists:
            since = self._connection.execute(select(func.min(habit_days.c.day)).where(own)).scalar_one() or date.max
            forget_source(self._connection, self._user_id, source)
            forget_risk(self._connection, habit_id)
        self._connection.execute(delete(habit_days).where(own, habit_days.c.day >= since))
        if exists:
            self._live(habit_id, since)
            days_changed(self._connection, self._user_id, habit_id, since)
        return since

    def _live(self, habit_id: UUID, since: date) -> None:
        habits, known = self._sources.habits, {"habit_id": habit_id, "user_id": self._user_id}
        lived = habits.lived(self._connection, self._user_id, habit_id, self._calendar, since, self._today)
        self._add(habit_days, [{**known, **{name: getattr(day, name) for name in LIVED}} for day in lived])

    def _add_up(self, since: date) -> None:
        """Sum the days of all habits up."""
        days = habit_days.c
        summed = (
            select(
                days.user_id,
                days.day,
                func.sum(cast(days.due, Integer)),
                func.sum(cast(days.done, Integer)),
                func.avg(days.strength),
                func.count(),
            )
            .where(days.user_id == self._user_id, days.day >= since)
            .group_by(days.user_id, days.day)
        )
        own = (user_days.c.user_id == self._user_id) & (user_days.c.day >= since)
        self._connection.execute(delete(user_days).where(own))
        self._connection.execute(insert(user_days).from_select(list(user_days.c), summed))

    def _moods(self, since: date) -> None:
        said = list(self._sources.moods.said(self._connection, self._user_id, since))
        counts: dict[date, Counter[int]] = defaultdict(Counter)
        for day, _, score in said:
            counts[day][score] += 1
        own = (mood_days.c.user_id == self._user_id) & (mood_days.c.day >= since)
        self._connection.execute(delete(mood_days).where(own))
        rows = [{"day": day, **{f"n{score}": n[score] for score in SCORES}} for day, n in counts.items()]
        self._add(mood_days, [{"user_id": self._user_id, **row} for row in rows])
        self._hours(MOODS, since, said)

    def _times(self, since: date) -> None:
        since = max(since, self._today - HOURS_KEPT)
        times = self._sources.habits.times(self._connection, self._user_id, self._calendar, since)
        self._hours(TIMES, since, ((day, hour, 0) for day, hour in times))

    def _hours(self, source: str, since: date, said: Iterable[tuple[date, int, int]]) -> None:
        cells: dict[tuple[date, int], list[int]] = defaultdict(list)
        for day, hour, score in said:
            cells[day, hour].append(score)
        oldest = self._today - HOURS_KEPT
        outdated = (hours.c.day >= since) | (hours.c.day < oldest)
        own = (hours.c.user_id == self._user_id) & (hours.c.source == source)
        self._connection.execute(delete(hours).where(own, outdated))
        known = {"user_id": self._user_id, "source": source}
        recent = [(day, hour, said) for (day, hour), said in cells.items() if day >= oldest]
        rows = [{"day": day, "hour": hour, "n": len(said), "total": sum(said)} for day, hour, said in recent]
        self._add(hours, [{**known, **row} for row in rows])

    def _add(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        self._written += len(rows)
        if rows:
            self._connection.execute(insert(table), rows)


def _first_stale(row: Row[Any]) -> date:
    """Give the first day to read: what changed, or what came after the last closed day."""
    following = date.min if row.through is None else row.through + DAY
    return min(row.stale_from, following) if row.stale_from is not None else following
