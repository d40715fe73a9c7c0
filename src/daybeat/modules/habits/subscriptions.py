"""What habits hear: an account that is gone takes its habits with it, and devices see every habit as it is."""

from functools import partial
from typing import get_args

from sqlalchemy import Connection

from daybeat.contracts.accounts import AccountDeleted, ProfileChanged
from daybeat.contracts.devices import DeviceAdded, DeviceRemoved
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
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.habits import states
from daybeat.modules.habits.ports import CalendarOf
from daybeat.modules.habits.repository import HabitRepository


def _keeps_nothing(_connection: Connection) -> None:
    """Habits are the truth, not a read model: a replay has nothing to empty."""


OfOneHabit = (
    CheckInRecorded
    | CheckInCleared
    | HabitCreated
    | HabitChanged
    | HabitArchived
    | HabitRestored
    | HabitPaused
    | PauseEnded
    | HabitDeleted
)
DAYS = {"timezone", "rollover_hour"}

accounts_gone = Subscriber("habits.accounts_gone", forget=_keeps_nothing)


@accounts_gone.on(AccountDeleted)
def forget_user(event: AccountDeleted, uow: UnitOfWork) -> None:
    HabitRepository(uow.connection).forget_user(event.user_id)
    states.show_no_more(uow, event.user_id)


def states_on_mqtt(calendar_of: CalendarOf) -> Subscriber:
    """Give the subscriber that keeps what devices see of habits."""
    subscriber = Subscriber("habits.mqtt", forget=_keeps_nothing)

    def show_habit(event: OfOneHabit, uow: UnitOfWork) -> None:
        # An import tells how the habit stands with its last day only, and that one is enough.
        if not isinstance(event, CheckInRecorded) or event.stats is not None:
            now = partial(states.show, uow, event.user_id, event.habit_id, calendar_of)
            uow.once(("state", event.habit_id), now)

    for kind in get_args(OfOneHabit):
        subscriber.on(kind)(show_habit)
    subscriber.on(DeviceAdded)(show_all_habits)
    subscriber.on(DeviceRemoved)(show_none_when_last)
    subscriber.on(ProfileChanged)(show_other_days)
    return subscriber


def show_all_habits(event: DeviceAdded, uow: UnitOfWork) -> None:
    states.show_all_soon(uow, event.user_id)


def show_none_when_last(event: DeviceRemoved, uow: UnitOfWork) -> None:
    if event.last:
        states.show_no_more(uow, event.user_id)


def show_other_days(event: ProfileChanged, uow: UnitOfWork) -> None:
    if DAYS & set(event.fields):
        states.show_all_soon(uow, event.user_id)
