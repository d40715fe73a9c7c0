"""What moods hear of others: an account that is gone takes its moods with it."""

from sqlalchemy import Connection

from daybeat.contracts.accounts import AccountDeleted
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.moods.repository import MoodRepository


def _keeps_nothing(_connection: Connection) -> None:
    """Moods are the truth, not a read model: a replay has nothing to empty."""


accounts_gone = Subscriber("moods.accounts_gone", forget=_keeps_nothing)


@accounts_gone.on(AccountDeleted)
def forget_user(event: AccountDeleted, uow: UnitOfWork) -> None:
    MoodRepository(uow.connection).forget_user(event.user_id)
