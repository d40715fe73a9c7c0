"""The store on SQLite: one thread writes, first come first served, and shares each disk flush among all who wait.

Units of work are run one after another inside one transaction, each under a savepoint of its own, so that one
which fails takes back only itself. Then one commit answers all of them. Readers have connections of their own and
never wait for the writer.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine

from daybeat.infra.db.sqlite import open_sqlite
from daybeat.infra.db.store import OnCommit, OnHint, StoreUnavailable
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.events.log import flush_events
from daybeat.kit.clock import Clock

log = structlog.get_logger()

T = TypeVar("T")

MOST_AT_ONCE = 64
MOST_WAITING = 2000
READERS = 3


@dataclass(slots=True)
class _Unit:
    work: Callable[[UnitOfWork], Any]
    origin: Origin
    future: Future[Any] = field(default_factory=Future)
    result: Any = None
    failure: BaseException | None = None


class EmbeddedStore:
    """SQLite in this process. `read` and `write` for asyncio, `read_now` and `write_now` for plain threads."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.engine: Engine = open_sqlite(path, connections=READERS + 1)
        self._clock = clock
        self._listeners: list[OnCommit] = []
        self._hinted: dict[str, list[OnHint]] = defaultdict(list)
        self._waiting: SimpleQueue[_Unit | None] = SimpleQueue()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._writer = threading.Thread(target=self._write_loop, name="write", daemon=True)
        self._writer.start()

    def on_commit(self, listener: OnCommit) -> None:
        self._listeners.append(listener)

    def on_hint(self, topic: str, listener: OnHint) -> None:
        self._hinted[topic].append(listener)

    async def read(self, look: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, look)

    async def write(self, work: Callable[[UnitOfWork], T], origin: Origin | None = None) -> T:
        result: T = await asyncio.wrap_future(self._submit(work, origin))
        return result

    def read_now(self, look: Callable[[Connection], T]) -> T:
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            return look(connection)

    def write_now(self, work: Callable[[UnitOfWork], T], origin: Origin | None = None) -> T:
        result: T = self._submit(work, origin).result()
        return result

    def close(self) -> None:
        """Finish what was accepted, then let go of the file."""
        self._waiting.put(None)
        self._writer.join()
        self._readers.shutdown()
        self.engine.dispose()

    def _submit(self, work: Callable[[UnitOfWork], Any], origin: Origin | None) -> Future[Any]:
        if self._waiting.qsize() >= MOST_WAITING:
            raise StoreUnavailable(retry_after=1)
        unit = _Unit(work, origin or Origin())
        self._waiting.put(unit)
        return unit.future

    def _write_loop(self) -> None:
        with self.engine.connect() as connection:
            while (first := self._waiting.get()) is not None:
                self._commit_together(connection, first)

    def _commit_together(self, connection: Connection, first: _Unit) -> None:
        done: list[_Unit] = []
        true: list[UnitOfWork] = []
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            unit: _Unit | None = first
            while unit is not None:
                if unit.future.set_running_or_notify_cancel():
                    done.append(unit)
                    true += self._run(connection, unit)
                unit = self._next() if len(done) < MOST_AT_ONCE else None
            _raw(connection, "COMMIT")
        except Exception as failure:
            log.exception("commit failed", units=len(done))
            _fail(done or [first], failure)
            return
        finally:
            connection.rollback()
        self._tell(true)
        _answer(done)

    def _tell(self, true: Iterable[UnitOfWork]) -> None:
        """Pass on what is true now. A listener that fails has missed a hint, which the tables make good."""
        facts = [fact for uow in true for fact in uow.stored]
        for listener in self._listeners:
            _call(partial(listener, facts))
        for topic in {topic for uow in true for topic in uow.hints}:
            for wake in self._hinted.get(topic, ()):
                _call(wake)

    def _next(self) -> _Unit | None:
        try:
            unit = self._waiting.get_nowait()
        except Empty:
            return None
        if unit is None:
            self._waiting.put(None)
        return unit

    def _run(self, connection: Connection, unit: _Unit) -> Iterable[UnitOfWork]:
        """Run one unit; gives it when it stands, nothing when it was taken back."""
        uow = UnitOfWork(connection, self._clock.now(), unit.origin)
        stands = [uow]
        _raw(connection, "SAVEPOINT unit")
        try:
            unit.result = unit.work(uow)
            flush_events(uow)
        except Exception as failure:  # noqa: BLE001 - whatever it is belongs to the caller, not to the loop
            _raw(connection, "ROLLBACK TO unit")
            unit.failure, stands = failure, []
        _raw(connection, "RELEASE unit")
        return stands


def _call(listener: Callable[[], None]) -> None:
    try:
        listener()
    except Exception:
        log.exception("listener failed")


def _raw(connection: Connection, statement: str) -> None:
    connection.connection.driver_connection.execute(statement)  # type: ignore[union-attr]


def _answer(units: list[_Unit]) -> None:
    for unit in units:
        if unit.future.cancelled():
            continue
        if unit.failure is None:
            unit.future.set_result(unit.result)
        else:
            unit.future.set_exception(unit.failure)


def _fail(units: list[_Unit], cause: Exception) -> None:
    for unit in units:
        unit.failure = StoreUnavailable(retry_after=1)
        unit.failure.__cause__ = cause
    _answer(units)
