"""Feeding subscribers from the log: position, inbox and effect in one transaction.

A fact that cannot be handled goes to quarantine and the next one follows. A database that is away is no fault of
the fact: the whole batch is taken back and tried again.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.db.upsert import insert_on
from daybeat.infra.events import quarantine
from daybeat.infra.events.codec import decode
from daybeat.infra.events.log import event_log
from daybeat.infra.events.subscriptions import Subscriber

log = structlog.get_logger()

BATCH = 200
RECEIPTS_KEPT_FOR = timedelta(days=30)

subscriber_offset = Table(
    "subscriber_offset",
    metadata,
    Column("subscriber", String(80), primary_key=True),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("subscriber", String(80), primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("handled_at", Instant, nullable=False, index=True),
)


def deliver_batch(subscriber: Subscriber, uow: UnitOfWork) -> int:
    """Handle the next facts and move the position; gives how many were read, 0 when the subscriber is up to date."""
    position = _position(subscriber, uow)
    query = select(event_log).where(event_log.c.seq > position).order_by(event_log.c.seq).limit(BATCH)
    rows = uow.connection.execute(query).all()
    for row in _wanted(subscriber, rows):
        handle_once(subscriber, row, uow)
    if rows:
        _move(subscriber, rows[-1].seq, uow)
    return len(rows)


def handle_once(subscriber: Subscriber, row: Row[Any], uow: UnitOfWork) -> None:
    """Handle one fact unless it was handled before; set it aside when it cannot be handled."""
    new = insert_on(uow.connection, inbox).values(subscriber=subscriber.name, event_id=row.id, handled_at=uow.now)
    if uow.connection.execute(new.on_conflict_do_nothing().returning(inbox.c.event_id)).first() is None:
        return
    try:
        with uow.connection.begin_nested():
            run_handler(subscriber, row, uow)
    except DBAPIError:
        raise
    except Exception as failure:
        log.exception(
            "event set aside",
            subscriber=subscriber.name,
            event=row.type,
            event_id=str(row.id),
        )
        content = {"type": row.type, "seq": row.seq, "data": row.data}
        quarantine.set_aside(
            uow,
            reader=subscriber.name,
            reference=str(row.id),
            content=content,
            error=failure,
        )


def run_handler(subscriber: Subscriber, row: Row[Any], uow: UnitOfWork) -> None:
    """Decode one fact and hand it to the subscriber, as a consequence of that fact."""
    event = decode(row.type, row.version, row.user_id, row.data)
    uow.origin = Origin(correlation_id=row.correlation_id, causation_id=row.id)
    subscriber.handlers[type(event)](event, uow)


def start_over(subscriber: Subscriber, uow: UnitOfWork) -> None:
    """Empty the read model and go back to the first fact."""
    subscriber.forget(uow.connection)
    uow.connection.execute(delete(inbox).where(inbox.c.subscriber == subscriber.name))
    uow.connection.execute(delete(quarantine.quarantine).where(quarantine.quarantine.c.reader == subscriber.name))
    _move(subscriber, 0, uow)


def _wanted(subscriber: Subscriber, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    names = {kind.name for kind in subscriber.handlers}
    return [row for row in rows if row.type in names]


def _position(subscriber: Subscriber, uow: UnitOfWork) -> int:
    query = select(subscriber_offset.c.seq).where(subscriber_offset.c.subscriber == subscriber.name)
    position: int | None = uow.connection.execute(query).scalar_one_or_none()
    if position is None:
        uow.connection.execute(insert(subscriber_offset).values(subscriber=subscriber.name, seq=0))
        return 0
    return position


def _move(subscriber: Subscriber, seq: int, uow: UnitOfWork) -> None:
    moved = insert_on(uow.connection, subscriber_offset).values(subscriber=subscriber.name, seq=seq)
    uow.connection.execute(moved.on_conflict_do_update(index_elements=["subscriber"], set_={"seq": seq}))


def forget_old_receipts(uow: UnitOfWork) -> None:
    """Drop inbox rows that the position has long passed."""
    uow.connection.execute(delete(inbox).where(inbox.c.handled_at < uow.now - RECEIPTS_KEPT_FOR))
