"""Feeding subscribers from the embedded log: position, receipts and effect in one transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, Row, String, Table, bindparam, delete, func, select

from daybeat.infra.db.schema import metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put
from daybeat.infra.events import quarantine
from daybeat.infra.events.handling import forget_receipts, handle
from daybeat.infra.events.log import event_log, newest_seq
from daybeat.infra.events.subscriptions import Subscriber

BATCH = 200

subscriber_offset = Table(
    "subscriber_offset",
    metadata,
    Column("subscriber", String(80), primary_key=True),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
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
    handle(subscriber, rows, uow)
    reached = rows[-1].seq if len(rows) == BATCH else newest
    put(uow.connection, subscriber_offset, {"subscriber": subscriber.name, "seq": reached})
    return int(reached - position)


def start_over(subscriber: Subscriber, uow: UnitOfWork) -> None:
    """Empty the read model and go back to the first fact."""
    subscriber.forget(uow.connection)
    forget_receipts(subscriber, uow)
    uow.connection.execute(delete(quarantine.quarantine).where(quarantine.quarantine.c.reader == subscriber.name))
    put(uow.connection, subscriber_offset, {"subscriber": subscriber.name, "seq": 0})
