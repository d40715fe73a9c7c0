"""What reminders hear of others: accounts that are gone, and users who live by another clock."""

from uuid import UUID

from sqlalchemy import Connection

from daybeat.contracts.accounts import AccountDeleted, ProfileChanged
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.reminders.handlers import move_to_zone
from daybeat.modules.reminders.ports import CalendarOf
from daybeat.modules.reminders.repository import PromptRepository


def _keeps_nothing(_connection: Connection) -> None:
    """Prompts are the truth, not a read model: a replay has nothing to empty."""


def prompts_follow(calendar_of: CalendarOf) -> Subscriber:
    """Give the subscriber that keeps prompts with the life of their user."""
    subscriber = Subscriber("reminders.accounts", forget=_keeps_nothing, in_turn=True)

    @subscriber.on(ProfileChanged)
    def follow_zone(event: ProfileChanged, uow: UnitOfWork) -> None:
        if "timezone" in event.fields and _asks(uow.connection, event.user_id):
            move_to_zone(event.user_id, calendar_of(uow.connection, event.user_id).zone, uow=uow)

    @subscriber.on(AccountDeleted)
    def forget_user(event: AccountDeleted, uow: UnitOfWork) -> None:
        PromptRepository(uow.connection).forget_user(event.user_id)

    return subscriber


def _asks(connection: Connection, user_id: UUID) -> bool:
    return PromptRepository(connection).settings(user_id) is not None
