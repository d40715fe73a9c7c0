"""What devices hear of others: an account that is gone takes its devices with it."""

from sqlalchemy import Connection

from daybeat.contracts.accounts import AccountDeleted
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.devices import handlers


def _keeps_nothing(_connection: Connection) -> None:
    """Devices are the truth, not a read model: a replay has nothing to empty."""


accounts_gone = Subscriber("devices.accounts_gone", forget=_keeps_nothing)


@accounts_gone.on(AccountDeleted)
def forget_user(event: AccountDeleted, uow: UnitOfWork) -> None:
    handlers.remove_all(event.user_id, uow=uow)
