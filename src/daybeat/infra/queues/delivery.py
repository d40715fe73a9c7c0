"""Feeding a reader from its queue: effect and position in one transaction, so each message has one effect.

A message its reader refuses goes to quarantine and the next one follows. A database that is away is no fault of the
message: the whole batch is taken back and tried again.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Row, bindparam, select

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put
from daybeat.infra.events import quarantine
from daybeat.infra.events.delivery import INFRASTRUCTURE
from daybeat.infra.queues.table import queue_messages, queue_positions

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
    if not _handle_together(reader, rows, uow):
        for row in rows:
            _handle_or_set_aside(reader, row, uow)
    put(uow.connection, queue_positions, {**who, "no": rows[-1].no})
    return len(rows)


def handle_again(reader: QueueReader, kept: Mapping[str, Any], uow: UnitOfWork) -> None:
    """Handle a message that was set aside."""
    body = base64.b64decode(kept["base64"]) if "base64" in kept else str(kept["text"]).encode()
    reader.handle([body], uow)


def _handle_together(reader: QueueReader, rows: Sequence[Row[Any, Any]], uow: UnitOfWork) -> bool:
    """Try the common case: all of them can be handled. Otherwise nothing of it happened."""
    try:
        with uow.attempt():
            reader.handle([row.body for row in rows], uow)
    except INFRASTRUCTURE:
        raise
    except Exception:  # noqa: BLE001 - which one it was is found out one by one
        return False
    return True


def _handle_or_set_aside(reader: QueueReader, row: Row[Any, Any], uow: UnitOfWork) -> None:
    try:
        with uow.attempt():
            reader.handle([row.body], uow)
    except INFRASTRUCTURE:
        raise
    except Exception as failure:  # noqa: BLE001 - a message nobody foresaw must not stop the queue either
        log.warning("message set aside", queue=reader.queue, reader=reader.name, no=row.no, reason=str(failure))
        quarantine.set_aside(
            uow, reader=f"{QUEUE}{reader.name}", reference=str(row.no), content=_readable(row.body), error=failure
        )


def _readable(body: bytes) -> dict[str, str]:
    """Keep a message so that people can read it, and so that it can be handled again to the byte."""
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}
