"""How the read model of lived days follows the facts. It can be dropped and rebuilt by a replay."""

from datetime import date
from uuid import UUID

from sqlalchemy import Connection, delete

from daybeat.contracts.accounts import AccountDeleted
from daybeat.contracts.habits import CheckInCleared, CheckInRecorded, DayState, HabitDeleted
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.insights.models import lived_days


def _forget_all(connection: Connection) -> None:
    connection.execute(delete(lived_days))


lived = Subscriber("insights.lived_days", forget=_forget_all)


@lived.on(CheckInRecorded)
def day_was_lived(event: CheckInRecorded, uow: UnitOfWork) -> None:
    _keep(uow.connection, event.user_id, event.habit_id, event.date, event.day)


@lived.on(CheckInCleared)
def day_was_cleared(event: CheckInCleared, uow: UnitOfWork) -> None:
    if event.day.count:
        _keep(uow.connection, event.user_id, event.habit_id, event.date, event.day)
        return
    same_day = (lived_days.c.habit_id == event.habit_id) & (lived_days.c.day == event.date)
    uow.connection.execute(delete(lived_days).where(same_day))


@lived.on(HabitDeleted)
def habit_was_deleted(event: HabitDeleted, uow: UnitOfWork) -> None:
    uow.connection.execute(delete(lived_days).where(lived_days.c.habit_id == event.habit_id))


@lived.on(AccountDeleted)
def account_was_deleted(event: AccountDeleted, uow: UnitOfWork) -> None:
    uow.connection.execute(delete(lived_days).where(lived_days.c.user_id == event.user_id))


def _keep(connection: Connection, user_id: UUID, habit_id: UUID, day: date, came_to: DayState) -> None:
    row = {"habit_id": habit_id, "day": day, "user_id": user_id, "state": came_to.state, "amount": came_to.amount}
    put(connection, lived_days, row)
