"""What was set aside: looking at it, trying it again, dropping it."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, Row, Select, select, update

from daybeat.bootstrap.operations.facts import DROPPED
from daybeat.bootstrap.operations.messages import mark_of
from daybeat.bootstrap.operations.schemas import Retried, SetAside, SetAsideItem
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put
from daybeat.infra.events.handling import INFRASTRUCTURE, inbox
from daybeat.infra.events.quarantine import find_set_aside, quarantine, release
from daybeat.kit.errors import NotFound

log = structlog.get_logger()

Again = Callable[[UUID, UnitOfWork], None]
"""Handles one item and forgets it; raises when it fails again."""

FIRST_LINE = 200
MOST_ERROR = 2000

_TYPE = quarantine.c.content["type"].as_string().label("type")
_SHOWN = [column for column in quarantine.columns if column.name != "content"]


def newest_first(connection: Connection, most: int) -> Sequence[Row[Any]]:
    """List what is set aside, without what is in it."""
    query: Select[Any] = select(*_SHOWN, _TYPE).order_by(quarantine.c.since.desc(), quarantine.c.id.desc())
    return connection.execute(query.limit(most)).all()


def in_short(row: Row[Any]) -> SetAside:
    """Say what is wrong in a line: the lines after it often repeat what somebody wrote."""
    first_line = row.error.partition("\n")[0][:FIRST_LINE]
    return SetAside(**{**row._asdict(), "error": first_line})


def in_full(connection: Connection, item_id: UUID) -> SetAsideItem:
    query = select(quarantine, _TYPE).where(quarantine.c.id == item_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return SetAsideItem(**row._asdict())


def try_again(item_id: UUID, again: Again, uow: UnitOfWork) -> Retried:
    """Handle an item now. What fails again leaves nothing behind but the reason."""
    _in_its_turn(item_id, uow)
    try:
        with uow.attempt():
            again(item_id, uow)
    except INFRASTRUCTURE:
        raise
    except Exception as failure:  # noqa: BLE001 - whatever it is, a human asked and is told
        reason = _reason(failure)
        changed = {"attempts": quarantine.c.attempts + 1, "error": reason}
        uow.connection.execute(update(quarantine).where(quarantine.c.id == item_id).values(**changed))
        return Retried(handled=False, error=reason)
    return Retried(handled=True, error=None)


def drop(item_id: UUID, by: UUID, uow: UnitOfWork) -> None:
    """Forget an item for good. That it was dropped is kept as long as receipts are, so that figures stay true."""
    item = _in_its_turn(item_id, uow)
    release(uow.connection, item_id)
    if item.reference:
        mark = {"subscriber": f"{DROPPED}{item.reader}", "event_id": mark_of(item.reference), "handled_at": uow.now}
        put(uow.connection, inbox, mark)
    log.warning("set-aside item dropped", reader=item.reader, reference=item.reference, by=str(by))


def _in_its_turn(item_id: UUID, uow: UnitOfWork) -> Row[Any]:
    """Find an item while nobody else works for its reader or its user."""
    item = find_set_aside(uow.connection, item_id)
    if item is not None and uow.in_turn_of(item.reader, *([item.user_id] if item.user_id else [])):
        item = find_set_aside(uow.connection, item_id)
    if item is None:
        raise NotFound
    return item


def _reason(failure: Exception) -> str:
    if isinstance(failure, StopIteration):
        return "Nothing of this name is there any more to handle it."
    return f"{type(failure).__name__}: {failure}"[:MOST_ERROR]
