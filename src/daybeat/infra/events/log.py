"""The event log: every fact once, numbered for all and numbered again for its user."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from daybeat.contracts.event import Event
from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import Origin, StoredEvent, UnitOfWork
from daybeat.infra.db.upsert import insert_on
from daybeat.infra.events.codec import encode
from daybeat.kit.ids import new_id

event_log = Table(
    "event_log",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("type", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("user_seq", BigInteger, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("data", JSON, nullable=False),
    Column("source", String(20), nullable=False),
    Column("device", String(40)),
    Column("correlation_id", String(64), nullable=False),
    Column("causation_id", Uuid),
    Index("ix_event_log_user_id_user_seq", "user_id", "user_seq", unique=True),
    sqlite_autoincrement=True,
)

event_stream = Table(
    "event_stream", metadata, Column("user_id", Uuid, primary_key=True), Column("seq", BigInteger, nullable=False)
)


_ADD = insert(event_log)
_NEWEST = select(func.max(event_log.c.seq))


def flush_events(uow: UnitOfWork) -> None:
    """Write the unit's facts into the log, numbered in the order they were recorded."""
    uow.finish()
    stored: list[StoredEvent] = []
    for user_id, events in groupby(uow.events, key=lambda recorded: recorded[0].user_id):
        stored += _numbered(uow, user_id, list(events))
    if stored:
        uow.connection.execute(_ADD, [_row(item) for item in stored])
    uow.stored = stored


def last_seq(connection: Connection, user_id: UUID) -> int:
    """Give the number of the user's newest fact, 0 when there is none."""
    query = select(event_stream.c.seq).where(event_stream.c.user_id == user_id)
    return connection.execute(query).scalar_one_or_none() or 0


def last_seqs(connection: Connection, user_ids: Sequence[UUID]) -> Sequence[Row[Any]]:
    """Give the number of the newest fact of each of these users."""
    return connection.execute(select(event_stream).where(event_stream.c.user_id.in_(user_ids))).all()


def events_of(connection: Connection, user_id: UUID, after: int, limit: int) -> Sequence[Row[Any]]:
    """Read a user's facts after a number, in order."""
    query = (
        select(event_log)
        .where(event_log.c.user_id == user_id, event_log.c.user_seq > after)
        .order_by(event_log.c.user_seq)
        .limit(limit)
    )
    return connection.execute(query).all()


def facts_after(connection: Connection, position: int, types: Sequence[str], limit: int = 200) -> Sequence[Row[Any]]:
    """Read facts of these types after a position, over all users."""
    query = select(event_log).where(event_log.c.seq > position, event_log.c.type.in_(types))
    return connection.execute(query.order_by(event_log.c.seq).limit(limit)).all()


def forget_events(connection: Connection, user_id: UUID) -> None:
    """Erase everything the log says of a user. Their numbering goes on, so that nothing is numbered twice."""
    connection.execute(delete(event_log).where(event_log.c.user_id == user_id))


def newest_seq(connection: Connection) -> int:
    """Give the log's newest position over all users."""
    return connection.execute(_NEWEST).scalar_one_or_none() or 0


def _numbered(uow: UnitOfWork, user_id: UUID, events: list[tuple[Event, Origin]]) -> list[StoredEvent]:
    newest = uow.connection.execute(
        _next_numbers(uow.connection.dialect.name), {"user": user_id, "n": len(events)}
    ).scalar_one()
    first = newest - len(events) + 1
    return [
        StoredEvent(id=new_id(), user_seq=number, event=event, occurred_at=uow.now, origin=origin)
        for number, (event, origin) in enumerate(events, first)
    ]


@cache
def _next_numbers(dialect: str) -> Any:
    """Take the next n numbers of a user; the row stays locked until the commit, which keeps the user's order."""
    taken = insert_on(dialect, event_stream).values(user_id=bindparam("user"), seq=bindparam("n"))
    more = event_stream.c.seq + bindparam("n")
    return taken.on_conflict_do_update(index_elements=["user_id"], set_={"seq": more}).returning(event_stream.c.seq)


def _row(item: StoredEvent) -> dict[str, Any]:
    return {
        "id": item.id,
        "type": item.event.name,
        "version": item.event.version,
        "user_id": item.event.user_id,
        "user_seq": item.user_seq,
        "occurred_at": item.occurred_at,
        "data": encode(item.event),
        "source": item.origin.source,
        "device": item.origin.device,
        "correlation_id": item.origin.correlation_id,
        "causation_id": item.origin.causation_id,
    }
