"""Where a fact or job that cannot be handled waits for a human, so that it stops nobody else."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Connection, Integer, Row, String, Table, Text, Uuid, delete, func, insert, select

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id

MESSAGE = "message:"
"""Begins the reader's name when what waits came as a message and is no fact."""

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid),  # whom an event is about; jobs are about nobody
    Column("reader", String(80), nullable=False),  # the subscriber or job that could not handle it
    Column("reference", String(80), nullable=False),  # the event's id or the job's key
    Column("content", JSON, nullable=False),
    Column("error", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=1),
    Column("since", Instant, nullable=False),
)


def set_aside(
    uow: UnitOfWork, *, reader: str, reference: str, content: Any, error: BaseException, user_id: UUID | None = None
) -> None:
    """Keep what could not be handled, with the reason."""
    kept = {"id": new_id(), "user_id": user_id, "reader": reader, "reference": reference, "content": content}
    reason = f"{type(error).__name__}: {error}"[:2000].replace("\0", "\\0")  # PostgreSQL keeps no NUL in a text
    uow.connection.execute(insert(quarantine), {**kept, "error": reason, "attempts": 1, "since": uow.now})


def forget_set_aside(connection: Connection, user_id: UUID) -> None:
    """Erase what waits about a user."""
    connection.execute(delete(quarantine).where(quarantine.c.user_id == user_id))


def set_aside_items(connection: Connection, limit: int = 100) -> Sequence[Row[Any]]:
    """List what waits, oldest first."""
    return connection.execute(select(quarantine).order_by(quarantine.c.since).limit(limit)).all()


def count_set_aside(connection: Connection) -> int:
    """Count what waits."""
    return connection.execute(select(func.count()).select_from(quarantine)).scalar_one()


def find_set_aside(connection: Connection, item_id: UUID) -> Row[Any] | None:
    """Find one waiting item."""
    return connection.execute(select(quarantine).where(quarantine.c.id == item_id)).one_or_none()


def release(connection: Connection, item_id: UUID) -> None:
    """Forget an item that has been handled at last."""
    connection.execute(delete(quarantine).where(quarantine.c.id == item_id))
