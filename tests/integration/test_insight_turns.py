"""Days are marked and read at the same time by different processes: nobody waits for somebody who waits for them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, text

from daybeat.bootstrap.core import calendar_of
from daybeat.contracts.habits import HabitPaused
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.insights.refreshing import refresh
from daybeat.modules.insights.subscriptions import days
from tests.support.daybeat import Daybeat

ROUNDS, HABITS = 40, 12
TODAY = date(2026, 3, 1)


def test_marking_days_in_any_order_while_they_are_read_collides_with_nobody(daybeat: Daybeat) -> None:
    ana = daybeat.person()
    user_id = UUID(ana.get("/auth/me")["id"])
    habits = [UUID(ana.habit(name=f"Habit {number}", start="2026-02-01")) for number in range(HABITS)]
    calendar = daybeat.core.store.read_now(lambda connection: calendar_of(connection, user_id))
    sources = daybeat.app.state.insights.sources

    def mark(uow: UnitOfWork) -> None:
        for habit_id in sorted(habits, reverse=True):
            days.handlers[HabitPaused](_paused(user_id, habit_id), uow)

    def read(uow: UnitOfWork) -> None:
        refresh(uow, user_id, calendar, sources)

    before = daybeat.core.store.read_now(_deadlocks)
    with ThreadPoolExecutor(2) as both:
        for each in [both.submit(daybeat.core.store.write_now, work) for work in (mark, read) * ROUNDS]:
            each.result()
    assert daybeat.core.store.read_now(_deadlocks) == before


def _paused(user_id: UUID, habit_id: UUID) -> HabitPaused:
    return HabitPaused(user_id=user_id, habit_id=habit_id, pause_id=habit_id, first=TODAY, last=TODAY)


def _deadlocks(connection: Connection) -> int:
    """Count collisions so far; one writer has none."""
    if connection.dialect.name != "postgresql":
        return 0
    connection.execute(text("SELECT pg_stat_clear_snapshot()"))
    found = connection.execute(text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
    return int(found.scalar_one())
