"""The store on PostgreSQL, shared by many processes: each unit of work is a transaction of its own in a thread.

Units of the same user take turns, so that rules which read before they write see what they rely on. What still collides
(a deadlock, two who want the same unique value) is run again from its beginning: then it sees what it collided with.
"""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from daybeat.infra.db.deadline import Deadlines
from daybeat.infra.db.news import News
from daybeat.infra.db.postgresql import open_postgresql
from daybeat.infra.db.store import OnCommit, OnHint, OutcomeUnknown, StoreUnavailable
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.events.log import flush_events
from daybeat.infra.events.outbox import FACTS, put_facts
from daybeat.kit.clock import Clock

log = structlog.get_logger()

T = TypeVar("T")

CONNECTIONS = 8
MOST_WAITING = 500
MOST_ATTEMPTS = 6
UNIT_SECONDS = 7.0
ANSWER_SECONDS = 9.0
COLLISIONS = {"40001", "40P01", "23505"}  # serialization failure, deadlock, unique violation
AWAY = (OperationalError, InterfaceError, PoolTimeout)


class SharedStore:
    """PostgreSQL among several processes of Daybeat."""

    def __init__(self, url: str, clock: Clock, *, name: str = "daybeat", connections: int = CONNECTIONS) -> None:
        self.engine: Engine = open_postgresql(url, connections=connections, name=name)
        self._looking = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._clock = clock
        self._listeners: list[OnCommit] = []
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="store")
        self._deadlines = Deadlines(UNIT_SECONDS)
        self._news = News(_conninfo(self.engine))
        self._waiting = 0

    def on_commit(self, listener: OnCommit) -> None:
        self._listeners.append(listener)

    def on_hint(self, topic: str, listener: OnHint) -> None:
        self._news.on(topic, listener)

    async def read(self, look: Callable[[Connection], T]) -> T:
        return await self._in_thread(lambda: self.read_now(look))

    async def write(self, work: Callable[[UnitOfWork], T], origin: Origin | None = None) -> T:
        return await self._in_thread(lambda: self.write_now(work, origin))

    def read_now(self, look: Callable[[Connection], T]) -> T:
        return self._again(lambda: self._look(look))

    def write_now(self, work: Callable[[UnitOfWork], T], origin: Origin | None = None) -> T:
        uow, result = self._again(lambda: self._commit(work, origin or Origin()))
        self._tell(uow)
        return result

    def close(self) -> None:
        self._threads.shutdown()
        self._news.close()
        self._deadlines.close()
        self.engine.dispose()

    async def _in_thread(self, run: Callable[[], T]) -> T:
        """Run in a thread, for as long as somebody who asked over HTTP would wait."""
        if self._waiting >= MOST_WAITING:
            raise StoreUnavailable(retry_after=1)
        self._waiting += 1
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await asyncio.get_running_loop().run_in_executor(self._threads, run)
        except TimeoutError:
            raise OutcomeUnknown(retry_after=1) from None
        finally:
            self._waiting -= 1

    def _look(self, look: Callable[[Connection], T]) -> T:
        with self._looking.connect() as connection, self._deadlines.over(connection):
            return look(connection)

    def _commit(self, work: Callable[[UnitOfWork], T], origin: Origin) -> tuple[UnitOfWork, T]:
        with self.engine.connect() as connection, self._deadlines.over(connection):
            uow = UnitOfWork(connection, self._clock.now(), origin)
            result = work(uow)
            flush_events(uow)
            put_facts(uow)
            with _knowing_the_outcome():
                connection.commit()
        return uow, result

    def _again(self, run: Callable[[], T]) -> T:
        """Run until it did not collide. A connection that broke before the commit is replaced once."""
        until = time.monotonic() + UNIT_SECONDS / 2
        for attempt in range(1, MOST_ATTEMPTS + 1):
            try:
                return run()
            except DBAPIError as error:
                last = attempt == MOST_ATTEMPTS or time.monotonic() > until
                if last or not (_collided(error) or (error.connection_invalidated and attempt == 1)):
                    raise _in_words(error) from error
                time.sleep(random.uniform(0, 0.01) * attempt)  # noqa: S311 - spreads attempts, keeps no secret
            except PoolTimeout as error:
                raise StoreUnavailable(retry_after=1) from error
        raise AssertionError  # the last attempt returns or raises

    def _tell(self, uow: UnitOfWork) -> None:
        for listener in self._listeners:
            try:
                listener(uow.stored)
            except Exception:
                log.exception("listener failed")
        self._news.tell(uow.hints | ({FACTS} if uow.stored else set()))


@contextmanager
def _knowing_the_outcome() -> Iterator[None]:
    """Nobody knows what became of a commit whose answer did not come."""
    try:
        yield
    except AWAY as error:
        raise OutcomeUnknown(retry_after=1) from error


def _collided(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in COLLISIONS


def _in_words(error: DBAPIError) -> Exception:
    """Say that the database is away, unless the statement itself was wrong."""
    away = isinstance(error, AWAY) or _collided(error)
    return StoreUnavailable(retry_after=1) if away else error


def _conninfo(engine: Engine) -> str:
    url = engine.url.set(drivername="postgresql", query={**engine.url.query, "connect_timeout": "3"})
    return url.render_as_string(hide_password=False)
