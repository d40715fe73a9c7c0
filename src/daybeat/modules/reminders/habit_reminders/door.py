"""What every door of reminders needs: the habits behind them, and links that prove themselves."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.signed_links import SignedLinks
from daybeat.modules.reminders.habit_reminders import handlers
from daybeat.modules.reminders.habit_reminders.handlers import USUAL_SNOOZE, Deed, Outcome
from daybeat.modules.reminders.habit_reminders.ports import Habits


@dataclass(frozen=True, slots=True)
class RemindersDoor:
    """What the composition root hands to the doors of reminders."""

    habits: Habits
    links: SignedLinks

    def act(
        self, uow: UnitOfWork, user_id: UUID, reminder_id: UUID, what: Deed, minutes: int = USUAL_SNOOZE
    ) -> Outcome:
        """Do what a reminder asks for, in the turn of its user."""
        return handlers.act(uow, user_id, reminder_id, what, self.habits, minutes=minutes)


def _door(request: Request) -> RemindersDoor:
    door: RemindersDoor = request.app.state.reminders
    return door


Door = Annotated[RemindersDoor, Depends(_door)]
