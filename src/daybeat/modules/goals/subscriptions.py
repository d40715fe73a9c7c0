"""How goals follow check-ins. The read model is every done check-in; a replay builds it again from the facts.

A fact says what its whole day came to. A check-in that is the only one of its day has taken the place of whatever was
there, since setting a day replaces and adding does not.
"""

from functools import partial
from uuid import UUID

from sqlalchemy import Connection, delete

from daybeat.contracts.accounts import AccountDeleted
from daybeat.contracts.habits import CheckInCleared, CheckInRecorded, HabitDeleted
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.goals.models import goal_check_ins
from daybeat.modules.goals.repository import GoalRepository
from daybeat.modules.goals.telling import tell

DONE, SLIP = "done", "slip"


def _forget_check_ins(connection: Connection) -> None:
    connection.execute(delete(goal_check_ins))


progress = Subscriber("goals.progress", forget=_forget_check_ins, in_turn=True)


@progress.on(CheckInRecorded)
def count_check_in(event: CheckInRecorded, uow: UnitOfWork) -> None:
    repository = GoalRepository(uow.connection)
    slipped = event.day.state == SLIP
    if event.day.count == 1 or slipped:
        repository.forget_day(event.habit_id, event.date)
    if event.state == DONE and not slipped:
        row = {"check_in_id": event.check_in_id, "habit_id": event.habit_id, "user_id": event.user_id}
        repository.keep_check_in({**row, "day": event.date, "amount": event.amount})
    _tell_later(event.habit_id, uow)


@progress.on(CheckInCleared)
def take_check_in_back(event: CheckInCleared, uow: UnitOfWork) -> None:
    repository = GoalRepository(uow.connection)
    if event.check_in_id is None:
        repository.forget_day(event.habit_id, event.date)
    else:
        repository.forget_check_in(event.check_in_id)
    _tell_later(event.habit_id, uow)


@progress.on(HabitDeleted)
def forget_habit(event: HabitDeleted, uow: UnitOfWork) -> None:
    repository = GoalRepository(uow.connection)
    concerned = repository.linked_to(event.habit_id)
    repository.forget_habit(event.habit_id)
    for goal in concerned:
        tell(event.user_id, goal.id, uow)


@progress.on(AccountDeleted)
def forget_user(event: AccountDeleted, uow: UnitOfWork) -> None:
    GoalRepository(uow.connection).forget_user(event.user_id)


def _tell_later(habit_id: UUID, uow: UnitOfWork) -> None:
    """Tell once for all facts that are handled together: adding up looks at the whole of a goal."""
    uow.once(("goals of", habit_id), partial(_tell_goals, habit_id, uow))


def _tell_goals(habit_id: UUID, uow: UnitOfWork) -> None:
    for goal in GoalRepository(uow.connection).linked_to(habit_id):
        tell(goal.user_id, goal.id, uow)
