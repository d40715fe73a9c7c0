"""Feeding subscribers from the log: position, inbox and effect in one transaction.

A fact that cannot be handled goes to quarantine and the next one follows. A database that is away is no fault of
the fact: the whole batch is taken back and tried again.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import BigInteger, Column, Integer, Row, String, Table, Uuid, bindparam, delete, func, insert, select
from sqlalchemy.exc import InterfaceError, OperationalError

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.db.upsert import put, put_new
from daybeat.infra.events import quarantine
from daybeat.infra.events.codec import decode
from daybeat.infra.events.log import event_log, newest_seq
from daybeat.infra.events.subscriptions import Subscriber

log = structlog.get_logger()

BATCH = 200
INFRASTRUCTURE = (OperationalError, InterfaceError)  # the database is away, which is no fault of the fact
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


_NEXT = (
    select(event_log)
    .where(
        event_log.c.seq > bindparam("position"),
        event_log.c.seq <= bindparam("newest"),
        event_log.c.type.in_(bindparam("types", expanding=True)),
    )
    .order_by(event_log.c.seq)
    .limit(BATCH)
)
_KINDS = (
    select(event_log.c.type, func.max(event_log.c.seq).label("last"))
    .where(event_log.c.seq > bindparam("position"), event_log.c.seq <= bindparam("newest"))
    .group_by(event_log.c.type)
)
_POSITION = select(subscriber_offset.c.seq).where(subscriber_offset.c.subscriber == bindparam("name"))
_RECEIVED = insert(inbox)


def pass_over(subscribers: Sequence[Subscriber], uow: UnitOfWork) -> list[Subscriber]:
    """Move subscribers past facts that do not concern them; gives those who have something to hear."""
    positions = {row.subscriber: row.seq for row in uow.connection.execute(select(subscriber_offset))}
    newest = newest_seq(uow.connection)
    behind = [each for each in subscribers if positions.get(each.name, 0) < newest]
    if not behind:
        return []
    oldest = min(positions.get(each.name, 0) for each in behind)
    fresh = uow.connection.execute(_KINDS, {"position": oldest, "newest": newest}).all()
    waiting = [each for each in behind if _concerns(each, fresh, positions.get(each.name, 0))]
    for each in (each for each in behind if each not in waiting):
        put(uow.connection, subscriber_offset, {"subscriber": each.name, "seq": newest})
    return waiting


def _concerns(subscriber: Subscriber, kinds: Sequence[Row[Any, Any]], position: int) -> bool:
    names = {kind.name for kind in subscriber.handlers}
    return any(row.type in names and row.last > position for row in kinds)


def deliver_batch(subscriber: Subscriber, uow: UnitOfWork) -> int:
    """Handle the next facts and move the position; gives how far it moved, 0 when the subscriber is up to date."""
    position = uow.connection.execute(_POSITION, {"name": subscriber.name}).scalar_one_or_none() or 0
    newest = newest_seq(uow.connection)
    if newest <= position:
        return 0
    span = {"position": position, "newest": newest, "types": [kind.name for kind in subscriber.handlers]}
    rows = uow.connection.execute(_NEXT, span).all()
    if rows and not _handle_together(subscriber, rows, uow):
        for row in rows:
            handle_once(subscriber, row, uow)
    reached = rows[-1].seq if len(rows) == BATCH else newest
    put(uow.connection, subscriber_offset, {"subscriber": subscriber.name, "seq": reached})
    return int(reached - position)


def handle_once(subscriber: Subscriber, row: Row[Any], uow: UnitOfWork) -> None:
    """Handle one fact unless it was handled before; set it aside when it cannot be handled."""
    if not put_new(uow.connection, inbox, _receipt(subscriber, row, uow)):
        return
    try:
        with uow.attempt():
            run_handler(subscriber, row, uow)
    except INFRASTRUCTURE:
        raise
    except Exception as failure:
        log.exception(
            "event set aside",
            subscriber=subscriber.name,
            fact=row.type,
            fact_id=str(row.id),
            correlation_id=row.correlation_id,
        )
        content = {"type": row.type, "seq": row.seq, "data": row.data}
        quarantine.set_aside(
            uow,
            reader=subscriber.name,
            reference=str(row.id),
            content=content,
            error=failure,
            user_id=row.user_id,
        )


def _handle_together(subscriber: Subscriber, rows: Sequence[Row[Any]], uow: UnitOfWork) -> bool:
    """Try the common case: all are new and all can be handled. Otherwise nothing of it happened."""
    try:
        with uow.attempt():
            uow.connection.execute(_RECEIVED, [_receipt(subscriber, row, uow) for row in rows])
            for row in rows:
                run_handler(subscriber, row, uow)
    except INFRASTRUCTURE:
        raise
    except Exception:  # noqa: BLE001 - which one it was is found out one by one
        return False
    return True


def _receipt(subscriber: Subscriber, row: Row[Any], uow: UnitOfWork) -> dict[str, Any]:
    return {"subscriber": subscriber.name, "event_id": row.id, "handled_at": uow.now}


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
    put(uow.connection, subscriber_offset, {"subscriber": subscriber.name, "seq": 0})


def forget_old_receipts(uow: UnitOfWork) -> None:
    """Drop inbox rows that the position has long passed."""
    uow.connection.execute(delete(inbox).where(inbox.c.handled_at < uow.now - RECEIPTS_KEPT_FOR))
