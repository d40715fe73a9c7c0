"""Which facts make days stale. What the days then come to is asked of whoever owns them, so any order will do."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import Connection, delete

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
from daybeat.contracts.moods import MoodChanged, MoodDeleted, MoodRecorded
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.jobs.table import enqueue
from daybeat.kit.ids import new_id
from daybeat.modules.insights.marking import MOODS, TIMES, lock_marks, mark, mark_all
from daybeat.modules.insights.models import habit_days, hours, marks, mood_days, user_days
from daybeat.modules.insights.risk_models import risks
from daybeat.modules.insights.suggestion_models import suggestions

THINK = "insights.think"
SOON = timedelta(seconds=10)
"""How long facts gather before somebody thinks about what they mean."""
OfHabit = HabitCreated | HabitChanged | HabitArchived | HabitRestored | HabitDeleted | PauseEnded
TABLES = (habit_days, user_days, mood_days, hours, marks)
"""What a replay reads anew. Risks follow from it, and remember what was told, which no replay tells again."""


def forget_all(connection: Connection) -> None:
    for table in TABLES:
        connection.execute(delete(table))


days = Subscriber("insights.days", forget=forget_all)


@days.on_any(HabitCreated, HabitChanged, HabitArchived, HabitRestored, HabitDeleted, PauseEnded)
def habit_is_another(event: OfHabit, uow: UnitOfWork) -> None:
    times = {TIMES: date.min} if isinstance(event, HabitDeleted) else {}  # its check-ins went with it
    _stale(event.user_id, {str(event.habit_id): date.min, **times}, uow)


@days.on(HabitPaused)
def habit_was_paused(event: HabitPaused, uow: UnitOfWork) -> None:
    _stale(event.user_id, {str(event.habit_id): event.first}, uow)


@days.on_any(CheckInRecorded, CheckInCleared)
def day_was_changed(event: CheckInRecorded | CheckInCleared, uow: UnitOfWork) -> None:
    _stale(event.user_id, {str(event.habit_id): event.date, TIMES: event.date}, uow)


@days.on_any(MoodRecorded, MoodDeleted)
def mood_was_said(event: MoodRecorded | MoodDeleted, uow: UnitOfWork) -> None:
    _stale(event.user_id, {MOODS: event.date}, uow)


@days.on(MoodChanged)
def mood_was_corrected(event: MoodChanged, uow: UnitOfWork) -> None:
    """A mood that was moved to another day leaves one behind that the fact does not name."""
    _stale(event.user_id, {MOODS: date.min if "at" in event.fields else event.date}, uow)


@days.on(ProfileChanged)
def life_was_moved(event: ProfileChanged, uow: UnitOfWork) -> None:
    """Another zone or rollover can make days so short that nobody could live them, and today another day."""
    if {"timezone", "rollover_hour"} & set(event.fields):
        lock_marks(uow.connection, event.user_id)
        mark_all(uow.connection, event.user_id)


@days.on(AccountDeleted)
def account_was_deleted(event: AccountDeleted, uow: UnitOfWork) -> None:
    lock_marks(uow.connection, event.user_id)
    for table in (*TABLES, risks, suggestions):
        uow.connection.execute(delete(table).where(table.c.user_id == event.user_id))


def _stale(user_id: UUID, since: Mapping[str, date], uow: UnitOfWork) -> None:
    if uow.once((THINK, user_id), partial(think_soon, user_id, uow)):
        lock_marks(uow.connection, user_id)
    for source, first in since.items():
        mark(uow.connection, user_id, source, first)


def think_soon(user_id: UUID, uow: UnitOfWork) -> None:
    """Plan to think about a user once their facts have gathered."""
    turn = int(uow.now.timestamp() // SOON.total_seconds()) + 1
    enqueue(uow, THINK, key=f"{THINK}:{user_id}:{turn}", run_at=uow.now + SOON, args={"user_id": str(user_id)})


def think_on(user_id: UUID, uow: UnitOfWork, *, has_read: bool) -> None:
    """Plan to go on at once, in a unit of its own: with what is left to read, or with what it comes to."""
    args = {"user_id": str(user_id), "has_read": has_read}
    enqueue(uow, THINK, key=f"{THINK}:{user_id}:{new_id()}", run_at=uow.now, args=args)
