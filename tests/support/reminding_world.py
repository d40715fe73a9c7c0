"""A world of reminded habits without sockets: the real store and handlers, a clock to set, and ticks when we say so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Row, insert, select

from daybeat.bootstrap.core import calendar_of, open_core
from daybeat.bootstrap.reminders import REMINDED
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.delivery import deliver_batch
from daybeat.infra.events.log import event_log
from daybeat.kit.ids import new_id
from daybeat.modules.accounts.models import users
from daybeat.modules.habits import handlers as habits
from daybeat.modules.habits import recording
from daybeat.modules.habits.commands import ChangeHabit, ClearDay, CreateHabit, PauseHabit, SetDay
from daybeat.modules.habits.domain.rules import CheckInState
from daybeat.modules.reminders.habit_reminders import handlers
from daybeat.modules.reminders.habit_reminders.models import habit_reminders
from daybeat.modules.reminders.habit_reminders.subscriptions import reminders_follow
from daybeat.modules.reminders.habit_reminders.ticking import tell_now
from tests.support.clock import SetClock

T = TypeVar("T")

DETAILS: dict[str, Any] = {"unit": None, "question": "", "reminders": [], "tags": [], "icon": None, "color": None}


class RemindingWorld:
    """People with habits, as time goes by."""

    def __init__(self, store: Store, clock: SetClock) -> None:
        self.store, self.clock = store, clock
        self._subscriber = reminders_follow(REMINDED)

    def somebody(self, zone: str = "UTC", rollover: int = 3) -> UUID:
        """Let somebody have an account."""
        user_id = new_id()
        row = {
            "id": user_id,
            "email": f"{user_id}@example.org",
            "email_key": f"{user_id}@example.org",
            "name": "Ana",
            "password_hash": "",
            "stays": [{"zone": zone, "rollover": rollover, "since": None}],
            "preferences": {},
            "created_at": self.clock.now(),
        }
        self._do(lambda uow: uow.connection.execute(insert(users), row))
        return user_id

    def habit(
        self,
        user_id: UUID,
        times: list[str],
        schedule: Any = None,
        *,
        start: str = "2026-01-01",
        delivered: bool = True,
    ) -> UUID:
        """Begin a habit with reminders, long ago unless it is said."""

        def create(uow: UnitOfWork) -> UUID:
            command = CreateHabit(
                user_id=user_id,
                calendar=calendar_of(uow.connection, user_id),
                name="Read",
                schedule=schedule or {"kind": "daily"},
                start=date.fromisoformat(start),
                details={**DETAILS, "reminders": times},
            )
            return habits.create_habit(command, uow=uow)

        return self._do(create, delivered=delivered)

    def says(self, user_id: UUID, habit_id: UUID, day: date, state: str) -> None:
        """Say what a day was; "clear" takes back what was said."""

        def say(uow: UnitOfWork) -> None:
            place: Any = {"user_id": user_id, "calendar": calendar_of(uow.connection, user_id), "habit_id": habit_id}
            if state == "clear":
                recording.clear_day(ClearDay(**place, day=day), uow=uow)
            else:
                recording.set_day(SetDay(**place, day=day, state=CheckInState(state)), uow=uow)

        self._do(say)

    def changes(self, user_id: UUID, habit_id: UUID, **changes: Any) -> None:
        """Change a habit: its reminders, or archived."""

        def change(uow: UnitOfWork) -> None:
            calendar = calendar_of(uow.connection, user_id)
            command = ChangeHabit(user_id=user_id, calendar=calendar, habit_id=habit_id, changes=changes)
            habits.change_habit(command, uow=uow)

        self._do(change)

    def pauses(self, user_id: UUID, habit_id: UUID, first: date, last: date) -> UUID:
        command = PauseHabit(user_id=user_id, habit_id=habit_id, first=first, last=last)
        return self._do(lambda uow: habits.pause_habit(command, uow=uow))

    def ends_pause(self, user_id: UUID, habit_id: UUID, pause_id: UUID) -> None:
        self._do(lambda uow: habits.end_pause(user_id, habit_id, pause_id, uow=uow))

    def wants(self, user_id: UUID, wanted: dict[str, Any]) -> None:
        """Choose what reminders may do, in columns."""
        self._do(lambda uow: handlers.choose(user_id, wanted, REMINDED, uow=uow))

    def nudges(self, user_id: UUID, habit_id: UUID, own: int, *, enabled: bool = True) -> None:
        self._do(lambda uow: handlers.choose_nudge(user_id, habit_id, own, REMINDED, enabled=enabled, uow=uow))

    def tick(self) -> None:
        """Do what is due now."""
        tell_now(self.store, self.clock, REMINDED)

    def reminders_of(self, habit_id: UUID) -> list[Row[Any]]:
        """List what became of everything that was due, in order."""
        query = select(habit_reminders).where(habit_reminders.c.habit_id == habit_id)
        ordered = query.order_by(habit_reminders.c.due_at, habit_reminders.c.why)
        return list(self.store.read_now(lambda connection: connection.execute(ordered).all()))

    def told_to(self, user_id: UUID) -> list[dict[str, Any]]:
        """List the reminders that were published to somebody."""
        own = (event_log.c.user_id == user_id) & (event_log.c.type == "notifications.habit.reminder")
        query = select(event_log.c.data).where(own).order_by(event_log.c.user_seq)
        return list(self.store.read_now(lambda connection: connection.execute(query).scalars().all()))

    def deliver(self) -> None:
        """Let reminders hear what happened."""
        while self.store.write_now(partial(deliver_batch, self._subscriber)):
            pass

    def _do(self, work: Callable[[UnitOfWork], T], *, delivered: bool = True) -> T:
        result = self.store.write_now(work)
        if delivered:
            self.deliver()
        return result


@contextmanager
def reminding_world(folder: Path, now: datetime = datetime(2026, 3, 2, 7, tzinfo=UTC)) -> Iterator[RemindingWorld]:
    """Open a world on a folder."""
    clock = SetClock(now)
    with open_core(Settings(data_dir=folder), clock) as core:
        yield RemindingWorld(core.store, clock)
