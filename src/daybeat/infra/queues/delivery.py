"""Feeding a reader from its queue: effect and position in one transaction, so each message has one effect.

A message its reader refuses goes to quarantine and the next one follows. A database that is away is no fault of the
message: the whole batch is taken back and tried again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import bindparam, select

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put
from daybeat.infra.events import quarantine
from daybeat.infra.events.handling import INFRASTRUCTURE
from daybeat.infra.queues.table import queue_messages, queue_positions
from daybeat.infra.readable import as_bytes, readable

log = structlog.get_logger()

QUEUE = "queue:"


@dataclass(frozen=True, slots=True)
class QueueReader:
    """A named reader with a position of its own: every reader of a queue sees every message.

    `handle` gets up to `batch` bodies in order and changes everything or, when it raises, nothing; then they come
    again one by one, so that only the one it cannot handle is set aside.
    """

    queue: str
    name: str
    handle: Callable[[Sequence[bytes], UnitOfWork], None]
    batch: int = 200


_POSITION = select(queue_positions.c.no).where(
    queue_positions.c.queue == bindparam("queue"), queue_positions.c.reader == bindparam("reader")
)
_NEXT = (
    select(queue_messages.c.no, queue_messages.c.body)
    .where(queue_messages.c.queue == bindparam("queue"), queue_messages.c.no > bindparam("position"))
    .order_by(queue_messages.c.no)
    .limit(bindparam("batch"))
)


def deliver_batch(reader: QueueReader, uow: UnitOfWork) -> int:
    """Hand over the next messages and move the position; gives how many there were."""
    who = {"queue": reader.queue, "reader": reader.name}
    position = uow.connection.execute(_POSITION, who).scalar_one_or_none() or 0
    span = {"queue": reader.queue, "position": position, "batch": reader.batch}
    rows = uow.connection.execute(_NEXT, span).all()
    if not rows:
        return 0
    handle_all(reader, [(str(row.no), row.body) for row in rows], uow)
    put(uow.connection, queue_positions, {**who, "no": rows[-1].no})
    return len(rows)


def handle_all(reader: QueueReader, messages: Sequence[tuple[str, bytes]], uow: UnitOfWork) -> None:
    """Handle messages, each with a reference under which people find it, and set aside what cannot be handled."""
    if messages and not _handle_together(reader, [body for _, body in messages], uow):
        for reference, body in messages:
            _handle_or_set_aside(reader, reference, body, uow)


def handle_again(reader: QueueReader, kept: Mapping[str, Any], uow: UnitOfWork) -> None:
    """Handle a message that was set aside."""
    reader.handle([as_bytes(kept)], uow)


def _handle_together(reader: QueueReader, bodies: Sequence[bytes], uow: UnitOfWork) -> bool:
    """Try the common case: all of them can be handled. Otherwise nothing of it happened."""
    try:
        with uow.attempt():
            reader.handle(bodies, uow)
    except INFRASTRUCTURE:
        raise
    except Exception:  # noqa: BLE001 - which one it was is found out one by one
        return False
    return True


def _handle_or_set_aside(reader: QueueReader, reference: str, body: bytes, uow: UnitOfWork) -> None:
    try:
        with uow.attempt():
            reader.handle([body], uow)
    except INFRASTRUCTURE:
        raise
    except Exception as failure:  # noqa: BLE001 - a message nobody foresaw must not stop the queue either
        told = {"queue": reader.queue, "reader": reader.name, "reference": reference}
        log.warning("message set aside", **told, reason=str(failure))
        quarantine.set_aside(
            uow, reader=f"{QUEUE}{reader.name}", reference=reference, content=readable(body), error=failure
        )
