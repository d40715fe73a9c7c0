"""What habits hear of others: an account that is gone takes its habits with it."""

from sqlalchemy import Connection

from daybeat.contracts.accounts import AccountDeleted
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.habits.repository import HabitRepository


def _keeps_nothing(_connection: Connection) -> None:
    """Habits are the truth, not a read model: a replay has nothing to empty."""


accounts_gone = Subscriber("habits.accounts_gone", forget=_keeps_nothing)


@accounts_gone.on(AccountDeleted)
def forget_user(event: AccountDeleted, uow: UnitOfWork) -> None:
    HabitRepository(uow.connection).forget_user(event.user_id)
