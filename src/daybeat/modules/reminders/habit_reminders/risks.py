"""Habits at risk: what their next reminder says, once, unless something happens to the habit before."""

from typing import Protocol
from uuid import UUID

from daybeat.contracts.insights import HabitAtRisk
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository


class OfAHabit(Protocol):
    """A fact about one habit."""

    @property
    def habit_id(self) -> UUID: ...


def hear_risk(event: HabitAtRisk, uow: UnitOfWork) -> None:
    """Keep the plainest reason, and what would help, for the days on which it can still be done."""
    words = " ".join([*event.reasons[:1], event.action])
    whose = {"habit_id": event.habit_id, "user_id": event.user_id}
    row = {**whose, "first": event.day, "last": event.last, "reason": words}
    ReminderRepository(uow.connection).keep_risk(row)


def forget_risk(event: OfAHabit, uow: UnitOfWork) -> None:
    """Say nothing any more: with this fact the reasons may be others, or none."""
    ReminderRepository(uow.connection).forget_risk(event.habit_id)
