"""Gathering how habits were lived lately, as suggestions need it."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from daybeat.kit.calendar import UserCalendar
from daybeat.modules.insights.domain.practice import SOMETHING, WINDOW, Asked, Day, Practice
from daybeat.modules.insights.domain.suggested_times import SIX_WEEKS
from daybeat.modules.insights.models import habit_days
from daybeat.modules.insights.ports import Sources

ALIVE = 0.3
SHORTEST_STOP = timedelta(days=21)
_SEEN = [habit_days.c[name] for name in ("day", "state", "done", "verdict", "since", "strength")]
_OWN = habit_days.c.habit_id == bindparam("habit")
_DAYS = select(*_SEEN).where(_OWN, habit_days.c.day >= bindparam("since")).order_by(habit_days.c.day)
_BEFORE = habit_days.c.day < bindparam("before")
_LAST_MISSED = select(func.max(habit_days.c.day)).where(_OWN, _BEFORE, habit_days.c.verdict.is_(False))
_MET_SINCE = select(func.count()).where(
    _OWN, _BEFORE, habit_days.c.verdict.is_(True), habit_days.c.day > bindparam("since")
)
_LAST_SOMETHING = (
    select(habit_days.c.day).where(_OWN, habit_days.c.state.in_(SOMETHING)).order_by(habit_days.c.day.desc()).limit(1)
)
_ALIVE_ON = select(habit_days.c.day).where(_OWN, habit_days.c.strength >= ALIVE).limit(1)


def practices(
    connection: Connection, user_id: UUID, calendar: UserCalendar, today: date, sources: Sources
) -> dict[UUID, Practice]:
    """Gather the living habits of a user in their order. The kept days have to be fresh."""
    asked = sources.changing.asked(connection, user_id, today)
    gathering = Gathering(connection, calendar, today, sources)
    return {habit_id: gathering.practice(habit_id, each) for habit_id, each in asked.items()}


class Gathering:
    """Reads one habit after the other, each through its own index: that is faster than all of them at once."""

    def __init__(self, connection: Connection, calendar: UserCalendar, today: date, sources: Sources) -> None:
        self._connection, self._calendar, self._today, self._sources = connection, calendar, today, sources

    def practice(self, habit_id: UUID, asked: Asked) -> Practice:
        days = self._days(habit_id, asked)
        return Practice(
            asked=asked,
            today=self._today,
            days=days,
            streak=self._streak(habit_id, days),
            minutes=self._minutes(habit_id) if asked.reminders else (),
            stopped_on=self._stopped_on(habit_id, days),
        )

    def _days(self, habit_id: UUID, asked: Asked) -> Sequence[Day]:
        since, measured = self._today - timedelta(days=WINDOW), asked.target is not None
        amounts = self._sources.changing.amounts(self._connection, habit_id, since) if measured else {}
        rows = self._connection.execute(_DAYS, {"habit": habit_id, "since": since})
        return [
            Day(day, state, done, verdict, first, strength, amounts.get(day, 0.0))
            for day, state, done, verdict, first, strength in rows
        ]

    def _minutes(self, habit_id: UUID) -> Sequence[tuple[date, int]]:
        since = self._today - timedelta(days=SIX_WEEKS)
        return list(self._sources.changing.minutes(self._connection, habit_id, self._calendar, since))

    def _streak(self, habit_id: UUID, days: Sequence[Day]) -> int:
        """Count the occurrences met in a row up to now, beyond the days at hand where all of these were met."""
        run = 0
        for day in reversed(days):
            if day.verdict is False:
                return run
            run += day.verdict is True
        return run + self._met_before(habit_id, days[0].date) if run else 0

    def _met_before(self, habit_id: UUID, day: date) -> int:
        before = {"habit": habit_id, "before": day}
        last_missed = self._connection.execute(_LAST_MISSED, before).scalar_one_or_none()
        return self._connection.execute(_MET_SINCE, {**before, "since": last_missed or date.min}).scalar_one()

    def _stopped_on(self, habit_id: UUID, days: Sequence[Day]) -> date | None:
        """Find the last day with something, where that is a while ago and the habit was alive before."""
        if any(day.state in SOMETHING for day in days if day.date >= self._today - SHORTEST_STOP):
            return None
        own = {"habit": habit_id}
        was_alive = self._connection.execute(_ALIVE_ON, own).first() is not None
        return self._connection.execute(_LAST_SOMETHING, own).scalar_one_or_none() if was_alive else None
