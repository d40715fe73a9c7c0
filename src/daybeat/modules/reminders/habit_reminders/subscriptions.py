"""What reminders of habits hear: habits and days that are different now, and check-ins to learn from."""

from datetime import datetime, timedelta
from typing import get_args

from sqlalchemy import Connection

from daybeat.contracts.accounts import AccountDeleted, ProfileChanged
from daybeat.contracts.habits import (
    CheckInCleared,
    CheckInRecorded,
    HabitArchived,
    HabitChanged,
    HabitCreated,
    HabitDeleted,
    HabitPaused,
    HabitRestored,
    PauseEnded,
)
from daybeat.contracts.insights import HabitAtRisk
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.reminders.habit_reminders import milestones, nudges, risks
from daybeat.modules.reminders.habit_reminders.planning import replan_habit, replan_user
from daybeat.modules.reminders.habit_reminders.ports import Habits
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.reports import forget_reports, replan_reports

DAYS = {"timezone", "rollover_hour"}
LATE = timedelta(days=1)
"""Facts that come later than that are history: nothing is planned for the time since."""
OfOneHabit = HabitCreated | HabitChanged | HabitArchived | HabitRestored | HabitPaused | PauseEnded


def _keeps_nothing(_connection: Connection) -> None:
    """Reminders are the truth, not a read model: a replay has nothing to empty."""


def reminders_follow(habits: Habits) -> Subscriber:
    """Give the subscriber that keeps reminders with the life of habits and their users. It speaks, so it hears once."""
    subscriber = Subscriber("reminders.habits", forget=_keeps_nothing, replayed=False, in_turn=True)

    def follow_habit(event: OfOneHabit, uow: UnitOfWork) -> None:
        risks.forget_risk(event, uow)
        replan_habit(event.habit_id, habits, uow, _since(uow))

    def hear_check_in(event: CheckInRecorded, uow: UnitOfWork) -> None:
        risks.forget_risk(event, uow)
        nudges.hear_check_in(event, habits, uow)
        milestones.hear_check_in(event, habits, uow)

    def follow_days(event: ProfileChanged, uow: UnitOfWork) -> None:
        if DAYS & set(event.fields):
            replan_user(event.user_id, habits, uow, _since(uow))
            replan_reports(event.user_id, habits.zone_of, uow=uow)

    for kind in get_args(OfOneHabit):
        subscriber.on(kind)(follow_habit)
    subscriber.on(CheckInRecorded)(hear_check_in)
    subscriber.on(CheckInCleared)(risks.forget_risk)
    subscriber.on(HabitAtRisk)(risks.hear_risk)
    subscriber.on(ProfileChanged)(follow_days)
    subscriber.on(HabitDeleted)(forget_habit)
    subscriber.on(AccountDeleted)(forget_user)
    return subscriber


def _since(uow: UnitOfWork) -> datetime:
    """Tell when the fact at hand came about: a slot between that and now must not get lost."""
    fact = ReminderRepository(uow.connection).fact(uow.origin.causation_id)
    return uow.now if fact is None or fact.occurred_at < uow.now - LATE else fact.occurred_at


def forget_habit(event: HabitDeleted, uow: UnitOfWork) -> None:
    ReminderRepository(uow.connection).forget_habit(event.habit_id)


def forget_user(event: AccountDeleted, uow: UnitOfWork) -> None:
    ReminderRepository(uow.connection).forget_user(event.user_id)
    forget_reports(event.user_id, uow=uow)
