"""How far the readers of plain queues have come. A queue belongs to whoever puts into it, so not all of it is ours."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from daybeat.bootstrap.operations.facts import DROPPED, MOST_COUNTED, WINDOW
from daybeat.bootstrap.operations.schemas import Reader
from daybeat.infra.events.handling import inbox
from daybeat.infra.events.quarantine import quarantine
from daybeat.infra.queues.delivery import QUEUE, QueueReader
from daybeat.infra.queues.table import queue_messages, queue_positions


def mark_of(reference: str) -> UUID:
    """Give the key under which it is noted that a message or fact was dropped."""
    try:
        return UUID(reference)
    except ValueError:
        return UUID(int=int(reference)) if reference.isdecimal() else uuid5(NAMESPACE_OID, reference)


def count_messages(connection: Connection, reader: QueueReader, now: datetime) -> Reader:
    """Count what a reader has of its queue, as far as our tables know."""
    counting = _count_embedded if connection.dialect.name == "sqlite" else _count_shared
    return counting(connection, reader, now - WINDOW)


def with_ready(reader: Reader, ready: int | None) -> Reader:
    """Add what waits in the broker's queue."""
    return reader.model_copy(update={"pending": reader.pending + (ready or 0)})


def _count_embedded(connection: Connection, reader: QueueReader, since: datetime) -> Reader:
    """Count by the position. Messages stay in their table for days after they were read."""
    message = queue_messages.c
    where = select(queue_positions.c.no).where(
        queue_positions.c.queue == reader.queue, queue_positions.c.reader == reader.name
    )
    position = connection.execute(where).scalar_one_or_none() or 0
    newest = connection.execute(select(func.max(message.no)).where(message.queue == reader.queue)).scalar_one() or 0
    lately = and_(message.queue == reader.queue, message.no > newest - MOST_COUNTED, message.at >= since)
    waits = message.no > position
    figures = select(
        func.count().label("accepted"),
        func.count(case((waits, 1))).label("pending"),
        func.min(case((waits, message.at))).label("oldest"),
    )
    row = connection.execute(figures.where(lately)).one()
    set_aside = _among(connection, lately, _set_aside_numbers(connection, reader))
    dropped = _among(connection, lately, _dropped_numbers(connection, reader))
    received = row.accepted - row.pending
    return Reader(
        name=reader.name,
        kind="queue",
        queue=None,
        can_replay=False,
        accepted=row.accepted,
        stored=received - set_aside - dropped,
        set_aside=set_aside,
        dropped=dropped,
        pending=row.pending,
        oldest_pending_at=row.oldest,
        difference=0,
        balance="even",
    )


def _among(connection: Connection, lately: ColumnElement[bool], numbers: Sequence[int]) -> int:
    if not numbers:
        return 0
    those = select(func.count()).select_from(queue_messages).where(lately, queue_messages.c.no.in_(numbers))
    return connection.execute(those).scalar_one()


def _set_aside_numbers(connection: Connection, reader: QueueReader) -> list[int]:
    those = select(quarantine.c.reference).where(quarantine.c.reader == f"{QUEUE}{reader.name}")
    newest = those.order_by(quarantine.c.since.desc()).limit(MOST_COUNTED)
    return [int(each) for each in connection.execute(newest).scalars() if each.isdecimal()]


def _dropped_numbers(connection: Connection, reader: QueueReader) -> list[int]:
    those = select(inbox.c.event_id).where(inbox.c.subscriber == f"{DROPPED}{QUEUE}{reader.name}")
    return [each.int for each in connection.execute(those).scalars() if each.int < 1 << 63]


def _count_shared(connection: Connection, reader: QueueReader, since: datetime) -> Reader:
    """Count receipts. Messages that came without an id have none, and the broker alone knows what waits."""
    own = f"{QUEUE}{reader.name}"
    received = _received(connection, own, since)
    dropped = _received(connection, f"{DROPPED}{own}", since)
    aside = select(func.count()).select_from(quarantine).where(quarantine.c.reader == own, quarantine.c.since >= since)
    set_aside = connection.execute(aside.where(quarantine.c.reference != "")).scalar_one()
    row = connection.execute(
        select(func.count().label("n"), func.min(queue_messages.c.at).label("oldest")).where(
            queue_messages.c.queue == reader.queue
        )
    ).one()
    return Reader(
        name=reader.name,
        kind="queue",
        queue=reader.queue,
        can_replay=False,
        accepted=None,
        stored=max(received - set_aside - dropped, 0),
        set_aside=connection.execute(aside).scalar_one(),
        dropped=dropped,
        pending=row.n,
        oldest_pending_at=row.oldest,
        difference=None,
        balance=None,
    )


def _received(connection: Connection, name: str, since: datetime) -> Any:
    those = select(func.count()).where(inbox.c.subscriber == name, inbox.c.handled_at >= since)
    return connection.execute(those).scalar_one()
