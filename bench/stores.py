"""Two other ways to run the same handlers, so that ours has something to stand beside.

`OneByOne` is what most small services do: every request takes a connection from a pool, begins a write transaction of
its own as soon as SQLite lets it, and flushes its own commit. SQLite's lock is not fair: who waits looks again after a
while, and whoever looks at the right moment wins.

`Nothing` is the limit: the same reads and the same figures computed by the same handlers, but whatever would change a
row is dropped before it reaches SQLite: no event, nothing to flush, no subscribers. It goes through our own queue and
batches, so it is strictly less work than ours. With threads of its own, one hop for each request, it was slower than
ours in quiet moments, and a limit that is slower than the work it leaves out would only flatter.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Delete, Insert, Update

from daybeat.infra.db.sqlite import open_sqlite
from daybeat.infra.db.store import OnCommit, OnHint, Store
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.events.log import flush_events
from daybeat.kit.clock import Clock

T = TypeVar("T")

WRITERS = 16
"""Threads of the rival: one for each of the sixteen clients, so that no request waits for a thread."""


class OneByOne:
    """Each unit of work begins, commits and flushes alone, in whatever order SQLite's lock gives."""

    def __init__(self, ours: Store, path: Path, clock: Clock) -> None:
        self._ours, self._clock = ours, clock
        self._engine = open_sqlite(path, connections=WRITERS)
        self._threads = ThreadPoolExecutor(WRITERS, thread_name_prefix="rival")
        self._listeners: list[OnCommit] = []

    def on_commit(self, listener: OnCommit) -> None:
        self._listeners.append(listener)

    def on_hint(self, topic: str, listener: OnHint) -> None:
        """Nobody here needs waking but by facts; the safety net of whoever waits is enough."""

    async def read(self, look: Callable[[Connection], T]) -> T:
        return await self._ours.read(look)

    async def write(self, work: Callable[[UnitOfWork], T], origin: Origin | None = None) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._run, work, origin or Origin())

    def _run(self, work: Callable[[UnitOfWork], T], origin: Origin) -> T:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            uow = UnitOfWork(connection, self._clock.now(), origin)
            result = work(uow)
            flush_events(uow)
            connection.commit()
        for listener in self._listeners:
            listener(uow.stored)
        return result


class Nothing:
    """Units of work look and compute, and change nothing. The work Daybeat does by itself is skipped altogether."""

    def __init__(self, ours: Store) -> None:
        self._ours = ours

    def on_commit(self, listener: OnCommit) -> None:
        """Nothing is ever committed, so nobody is told."""

    def on_hint(self, topic: str, listener: OnHint) -> None:
        """Nothing is ever committed, so nobody is woken."""

    async def read(self, look: Callable[[Connection], T]) -> T:
        return await self._ours.read(look)

    async def write(self, work: Callable[[UnitOfWork], T], origin: Origin | None = None) -> T | None:
        if origin is None:  # what Daybeat does by itself, not what somebody asked for
            return None

        return await self._ours.write(lambda uow: work(_blind(uow)), origin)


def _blind(uow: UnitOfWork) -> UnitOfWork:
    """Give a unit of work that sees everything and changes nothing; the facts it records stay with it."""
    return UnitOfWork(cast("Connection", _Unchanging(uow.connection)), uow.now, uow.origin)


class _Unchanging:
    """A connection that takes no changes. Looking goes through untouched."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.dialect = connection.dialect

    def execute(self, statement: Any, *values: Any) -> Any:
        if isinstance(statement, Insert | Update | Delete):
            return None
        return self._connection.execute(statement, *values)
