"""The embedded queue: messages in a table, numbered in the order of their commits, and how far each reader has come.

One writer numbers them without a gap, so a position is enough to know what was read. Where there are many writers there
is a broker, and the table holds what has not reached it yet: the relay takes it from here.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    select,
)

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork

KEPT_FOR = timedelta(days=3)

queue_messages = Table(
    "queue_messages",
    metadata,
    Column("no", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("queue", String(80), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_queue_messages_queue_no", "queue", "no"),
    sqlite_autoincrement=True,
)

queue_positions = Table(
    "queue_positions",
    metadata,
    Column("queue", String(80), primary_key=True),
    Column("reader", String(80), primary_key=True),
    Column("no", BigInteger, nullable=False),
)

_PUT = insert(queue_messages)
_READ_BY_ALL = select(queue_positions.c.queue, func.min(queue_positions.c.no).label("no")).group_by(
    queue_positions.c.queue
)


ANY_QUEUE = "queues"
"""The hint that something was put into some queue."""


def topic_of(queue: str) -> str:
    """Name the hint that wakes the readers of a queue."""
    return f"queue:{queue}"


def put(uow: UnitOfWork, queue: str, bodies: Iterable[bytes]) -> None:
    """Append messages in this unit of work; no bodies, no effect."""
    rows = [{"queue": queue, "body": body, "at": uow.now} for body in bodies]
    if rows:
        uow.connection.execute(_PUT, rows)
        uow.hint(topic_of(queue))
        uow.hint(ANY_QUEUE)


class TableOutlet:
    """The way into an embedded queue for those who have no unit of work of their own."""

    def __init__(self, store: Store, queue: str) -> None:
        self._store, self._queue = store, queue

    async def put(self, *bodies: bytes) -> None:
        await self._store.write(partial(put, queue=self._queue, bodies=bodies))


def unread(connection: Connection, queue: str, reader: str) -> int:
    """Count what a reader has not read yet."""
    position = select(queue_positions.c.no).where(queue_positions.c.queue == queue, queue_positions.c.reader == reader)
    reached = connection.execute(position).scalar_one_or_none() or 0
    behind = select(func.count()).where(queue_messages.c.queue == queue, queue_messages.c.no > reached)
    return connection.execute(behind).scalar_one()


def forget_read_messages(uow: UnitOfWork) -> None:
    """Drop what every reader of its queue read days ago. What nobody reads is kept."""
    for queue, no in uow.connection.execute(_READ_BY_ALL).all():
        read = (queue_messages.c.queue == queue) & (queue_messages.c.no <= no)
        uow.connection.execute(delete(queue_messages).where(read, queue_messages.c.at < uow.now - KEPT_FOR))


def leaving(connection: Connection, most: int) -> Sequence[Row[Any]]:
    """List what is on its way to the broker, lowest number first."""
    return connection.execute(select(queue_messages).order_by(queue_messages.c.no).limit(most)).all()


def has_left(connection: Connection, numbers: Sequence[int]) -> None:
    """Note that the broker has these."""
    connection.execute(delete(queue_messages).where(queue_messages.c.no.in_(numbers)))
