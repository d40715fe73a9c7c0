"""What activity hears: rules go with their habit or goal, and everything goes with its account."""

from sqlalchemy import Connection, delete

from daybeat.contracts.accounts import AccountDeleted
from daybeat.contracts.goals import GoalDeleted
from daybeat.contracts.habits import HabitDeleted
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.activity.rule_models import activity_leavers, activity_rules


def _keeps_nothing(_connection: Connection) -> None:
    """Rules are the truth, not a read model: a replay has nothing to empty."""


gone = Subscriber("activity.gone", forget=_keeps_nothing)


@gone.on(AccountDeleted)
def forget_user(event: AccountDeleted, uow: UnitOfWork) -> None:
    uow.connection.execute(delete(activity_rules).where(activity_rules.c.user_id == event.user_id))
    put(uow.connection, activity_leavers, {"user_id": event.user_id, "since": uow.now})


@gone.on(HabitDeleted)
def forget_habit(event: HabitDeleted, uow: UnitOfWork) -> None:
    uow.connection.execute(delete(activity_rules).where(activity_rules.c.habit_id == event.habit_id))


@gone.on(GoalDeleted)
def forget_goal(event: GoalDeleted, uow: UnitOfWork) -> None:
    uow.connection.execute(delete(activity_rules).where(activity_rules.c.goal_id == event.goal_id))
