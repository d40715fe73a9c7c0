"""Where events are stored. One batch is written at a time, so that their numbers grow in the order of the commits.

Whoever reads by number therefore misses nothing: there is never a commit that comes late with a lower number.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from daybeat.infra.db.store import StoreUnavailable
from daybeat.infra.events.handling import INFRASTRUCTURE
from daybeat.kit.clock import Clock
from daybeat.modules.activity import engines
from daybeat.modules.activity.batch import Batch, Sayings
from daybeat.modules.activity.event import ActivityEvent
from daybeat.modules.activity.models import activity_turn, user_activities
from daybeat.modules.activity.preparing import prepare
from daybeat.modules.activity.refused import set_aside, stumbled

T = TypeVar("T")

READERS = 4
AWAY = (*INFRASTRUCTURE, PoolTimeout)

_TURN = select(activity_turn.c.no).with_for_update()
_NEWEST = select(func.max(user_activities.c.id))


class ActivityStore:
    """The events, in a database of their own or beside everything else."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine, self._clock = engine, clock
        self._ways = engines.engine_of(engine.dialect.name)
        self._count = text(self._ways.count)
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="activity")
        self._sayings = Sayings()
        self._prepared = False
        self._listeners: list[Callable[[], None]] = []

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call the listener, from any thread, after something new was stored by this process."""
        self._listeners.append(listener)

    def append(self, batch: Batch) -> None:
        """Store what is not there yet, and set aside what is no event, in one commit."""
        try:
            self._commit(batch)
        except INFRASTRUCTURE:
            raise
        except DBAPIError as trouble:
            self._append_the_rest(batch, trouble)
        for listener in self._listeners:
            listener()

    def insert(self, connection: Connection, events: Sequence[ActivityEvent]) -> None:
        """Store what is not there yet, and count it; whoever calls holds the turn."""
        if events:
            before = connection.execute(_NEWEST).scalar_one() or 0
            self._ways.insert(connection, events)
            connection.execute(self._count, {"before": before})

    def now(self) -> datetime:
        return self._clock.now()

    async def read(self, look: Callable[[Connection], T]) -> T:
        """Run a query; StoreUnavailable when the database does not answer."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.read_now, look)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Change something else than events, in the same turn as they are written."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.write_now, work)

    def read_now(self, look: Callable[[Connection], T]) -> T:
        with _in_words():
            self.prepare()
            with self.engine.connect() as connection:
                return look(connection)

    def write_now(self, work: Callable[[Connection], T]) -> T:
        with _in_words(), self._begun() as connection:
            return work(connection)

    def prepare(self) -> None:
        """Bring the tables up to date, unless that has been done."""
        if not self._prepared:
            prepare(self.engine)
            self._prepared = True

    def close(self) -> None:
        self._threads.shutdown()
        self.engine.dispose()

    def _append_the_rest(self, batch: Batch, trouble: DBAPIError) -> None:
        """Find out which event it was that the database did not take, and set that one aside."""
        if len(batch.events) == 1:
            self._commit(Batch((), [*batch.refused, stumbled(batch.events[0], trouble)]))
            return
        self._commit(Batch((), batch.refused))
        for event in batch.events:
            self.append(Batch([event]))

    def _commit(self, batch: Batch) -> None:
        with self._begun() as connection:
            now = self._clock.now()
            if not batch.in_doubt:
                self._sayings.name(batch, connection, now)
            self.insert(connection, batch.events)
            set_aside(connection, batch.refused, now)
            batch.in_doubt = True

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        """Begin in our turn; the commit ends it."""
        self.prepare()
        with self.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.execute(_TURN)
            yield connection
            connection.commit()


@contextmanager
def _in_words() -> Iterator[None]:
    """Say that the database is away."""
    try:
        yield
    except AWAY as trouble:
        raise StoreUnavailable(retry_after=1) from trouble
