"""The part of Daybeat that has no socket: data folder, store, jobs. The page, the tests and the terminal share it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection

from daybeat.bootstrap.activity.storing import open_activity
from daybeat.bootstrap.insights import thinking
from daybeat.bootstrap.reports import compose
from daybeat.bootstrap.settings import Settings, check_parts, load_secret
from daybeat.infra.cache.port import Cache, NoCache
from daybeat.infra.db.embedded import EmbeddedStore
from daybeat.infra.db.migrate import migrate
from daybeat.infra.db.processes import forget_ended_processes
from daybeat.infra.db.sqlite import DataFolderLock
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.handling import forget_old_receipts
from daybeat.infra.jobs.table import Recurring, forget_done_jobs
from daybeat.infra.mqtt.retained import forget_cleared
from daybeat.infra.queues.table import forget_read_messages
from daybeat.infra.web.idempotency import forget_old_keys
from daybeat.infra.web.identity import Principal
from daybeat.kit.calendar import UserCalendar
from daybeat.kit.clock import Clock, SystemClock
from daybeat.kit.errors import NotFound
from daybeat.modules.accounts import handlers, queries, sessions
from daybeat.modules.activity.store import ActivityStore
from daybeat.modules.habits.tasks import keeping_up
from daybeat.modules.notifications.delivering import forget_old_deliveries
from daybeat.modules.reminders.habit_reminders.ticking import forget_old_reminders
from daybeat.modules.reminders.reports import telling_reports
from daybeat.modules.reminders.ticking import forget_old_prompts

if TYPE_CHECKING:
    from daybeat.infra.cache.redis_link import RedisLink

NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Core:
    """An opened database, and what goes with it."""

    settings: Settings
    secret: str
    clock: Clock
    store: Store
    activity: ActivityStore
    redis: "RedisLink | None" = None

    @property
    def cache(self) -> Cache:
        return self.redis or NoCache()


@contextmanager
def open_core(settings: Settings, clock: Clock | None = None, *, role: str = "tool") -> Iterator[Core]:
    """Open the database with its tables up to date: the data folder for us alone, or PostgreSQL among others."""
    check_parts(settings)
    clock = clock or SystemClock()
    opened = _open_embedded(settings, clock) if settings.is_embedded else _open_shared(settings, clock, role)
    with opened as core:
        try:
            yield core
        finally:
            core.activity.close()


@contextmanager
def _open_shared(settings: Settings, clock: Clock, role: str) -> Iterator[Core]:
    # The driver is only loaded where there is a server.
    from daybeat.bootstrap.shared import open_shared

    secret = load_secret(settings)
    with open_shared(settings, clock, role) as (store, redis):
        yield Core(settings, secret, clock, store, open_activity(settings, clock, role), redis)


@contextmanager
def _open_embedded(settings: Settings, clock: Clock) -> Iterator[Core]:
    with DataFolderLock(settings.data_dir):
        secret = load_secret(settings)
        store = EmbeddedStore(settings.database_path, clock)
        try:
            migrate(store.engine, settings.data_dir / "backups", clock.now())
            yield Core(settings, secret, clock, store, open_activity(settings, clock))
        finally:
            store.close()


def recurring_tasks() -> list[Recurring]:
    """List what Daybeat does by itself."""
    return [
        keeping_up(calendar_of),
        telling_reports(calendar_of, compose),
        thinking(calendar_of),
        Recurring("core.housekeeping", timedelta(hours=24), _housekeeping),
    ]


def calendar_of(connection: Connection, user_id: UUID) -> UserCalendar:
    """Answer the habits' question by which days a user lives."""
    user = queries.find_user(connection, user_id=user_id)
    if user is None:
        raise NotFound
    return queries.calendar_of(user.stays)


class Identifier:
    """Finds out who a token speaks for, and notes the use of API tokens about once a minute."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._noted: dict[UUID, Any] = {}

    async def __call__(self, token: str, *, used: bool = True) -> Principal:
        now = self._core.clock.now()
        principal = await self._core.store.read(
            lambda connection: queries.authenticate(connection, self._core.secret, token, now)
        )
        if used and principal.token_id is not None:
            await self._note(principal.token_id)
        return principal

    async def _note(self, token_id: UUID) -> None:
        now = self._core.clock.now()
        if token_id not in self._noted or now - self._noted[token_id] >= NOTED_EVERY:
            self._noted[token_id] = now
            await self._core.store.write(lambda uow: handlers.note_token_use(token_id, uow=uow))


def _housekeeping(uow: UnitOfWork, _args: object) -> None:
    forget_old_keys(uow, uow.now)
    forget_old_receipts(uow)
    forget_done_jobs(uow)
    forget_cleared(uow)
    forget_read_messages(uow)
    sessions.forget_ended_sessions(uow)
    forget_ended_processes(uow)
    forget_old_prompts(uow)
    forget_old_reminders(uow)
    forget_old_deliveries(uow)
