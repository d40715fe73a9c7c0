"""Which messages of a broker's queue a reader has handled.

A message with an id has a receipt like any fact. Other people's programs send messages without one: of those, the last
minutes' are remembered by what they say, and only a message the broker delivers *again* is looked up there. Two that
say the same in the same millisecond, of which just one was handled when the connection broke, are the one case this
cannot tell apart; a `message_id` can.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import Column, Connection, Integer, String, Table, bindparam, delete, select

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import insert_on, put_new
from daybeat.infra.events.handling import inbox

UNACKNOWLEDGED_FOR = timedelta(minutes=10)  # longer than any broker waits before it gives a connection up

queue_sayings = Table(
    "queue_sayings",
    metadata,
    Column("reader", String(80), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

_OF_READER = select(queue_sayings.c.digest, queue_sayings.c.n).where(queue_sayings.c.reader == bindparam("reader"))


def key_of(message_id: str, body: bytes) -> UUID:
    """Give the key of a message: its id, or what it says when it has none."""
    return uuid5(NAMESPACE_OID, message_id or hashlib.sha256(body).hexdigest())


def is_new(uow: UnitOfWork, reader: str, key: UUID) -> bool:
    """Write a receipt; False when there was one."""
    return put_new(uow.connection, inbox, {"subscriber": reader, "event_id": key, "handled_at": uow.now})


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def handled_lately(connection: Connection, reader: str) -> dict[str, int]:
    """Tell how often a reader handled each saying in the last minutes."""
    return {row.digest: row.n for row in connection.execute(_OF_READER, {"reader": reader})}


def remember(uow: UnitOfWork, reader: str, said: Mapping[str, int]) -> None:
    """Note what a reader handles in this unit of work, and forget what cannot come again."""
    old = queue_sayings.c.at < uow.now - UNACKNOWLEDGED_FOR
    uow.connection.execute(delete(queue_sayings).where(queue_sayings.c.reader == reader, old))
    statement = insert_on(uow.connection.dialect.name, queue_sayings)
    more = {"n": queue_sayings.c.n + statement.excluded.n, "at": statement.excluded.at}
    counting = statement.on_conflict_do_update(index_elements=["reader", "digest"], set_=more)
    rows = [{"reader": reader, "digest": digest, "n": n, "at": uow.now} for digest, n in Counter(said).items()]
    if rows:
        uow.connection.execute(counting, rows)
