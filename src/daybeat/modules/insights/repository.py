"""All SQL that reads the kept days."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, Row, Table, cast, func, select

from daybeat.modules.insights.models import habit_days, hours, mood_days, user_days


@dataclass(frozen=True, slots=True)
class Span:
    """Days from first to last, both included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


class DaysRepository:
    """Reads the kept days of one user."""

    def __init__(self, connection: Connection, user_id: UUID) -> None:
        self._connection, self._user_id = connection, user_id

    def days(self, span: Span | None = None) -> Sequence[Row[Any]]:
        """List what days came to over all habits, the oldest first."""
        return self._between(user_days, span)

    def moods(self, span: Span) -> Sequence[Row[Any]]:
        """List the days on which a mood was said, with how often each was, the oldest first."""
        return self._between(mood_days, span)

    def began(self) -> date | None:
        """Give the first day of which anything is known."""
        firsts = (select(func.min(table.c.day)).where(table.c.user_id == self._user_id) for table in TABLES)
        known = [self._connection.execute(query).scalar_one() for query in firsts]
        return min((day for day in known if day is not None), default=None)

    def habit_days(self, habit_id: UUID, span: Span) -> Sequence[Row[Any]]:
        """List the days of one habit, the oldest first."""
        days = habit_days.c
        own = (days.user_id == self._user_id) & (days.habit_id == habit_id) & days.day.between(span.first, span.last)
        return self._connection.execute(select(habit_days).where(own).order_by(days.day)).all()

    def verdicts(self, span: Span) -> dict[UUID, tuple[int, int]]:
        """Count by habit what was met of the occurrences that were closed in a span: (successes, due)."""
        days = habit_days.c
        query = (
            select(days.habit_id, func.sum(cast(days.verdict, Integer)), func.count(days.verdict))
            .where(days.user_id == self._user_id, days.day.between(span.first, span.last))
            .group_by(days.habit_id)
        )
        return {habit_id: (met or 0, closed) for habit_id, met, closed in self._connection.execute(query)}

    def states(self, span: Span) -> dict[UUID, dict[date, str]]:
        """Give what the days of a span were called, by habit and day, the oldest first."""
        days = habit_days.c
        own = (days.user_id == self._user_id) & days.day.between(span.first, span.last)
        states: dict[UUID, dict[date, str]] = defaultdict(dict)
        for row in self._connection.execute(select(days.habit_id, days.day, days.state).where(own).order_by(days.day)):
            states[row.habit_id][row.day] = row.state
        return states

    def strengths(self, day: date) -> dict[UUID, float]:
        """Give the strength of every habit after a day."""
        days = habit_days.c
        query = select(days.habit_id, days.strength).where(days.user_id == self._user_id, days.day == day)
        return {row.habit_id: row.strength for row in self._connection.execute(query)}

    def all_habit_days(self, span: Span) -> Sequence[Row[Any]]:
        """List the days of all habits, the oldest first."""
        return self._between(habit_days, span)

    def by_hour(self, source: str, span: Span) -> dict[int, int]:
        """Count what a source said by the hour of the day."""
        said = (hours.c.user_id == self._user_id) & (hours.c.source == source)
        query = select(hours.c.hour, func.sum(hours.c.n)).where(said, hours.c.day.between(span.first, span.last))
        return {hour: int(n) for hour, n in self._connection.execute(query.group_by(hours.c.hour))}

    def hours(self, span: Span) -> Sequence[Row[Any]]:
        """List what was said at which hours of which days."""
        return self._between(hours, span)

    def _between(self, table: Table, span: Span | None) -> Sequence[Row[Any]]:
        whose = [column for column in table.c if column.name != "user_id"]  # known, and slow to read in thousands
        query = select(*whose).where(table.c.user_id == self._user_id).order_by(table.c.day)
        if span is not None:
            query = query.where(table.c.day.between(span.first, span.last))
        return self._connection.execute(query).all()


TABLES = (user_days, mood_days)


def counts(row: Row[Any]) -> tuple[int, ...]:
    """Give how often each mood was said on a day, 1 first."""
    return row.n1, row.n2, row.n3, row.n4, row.n5
