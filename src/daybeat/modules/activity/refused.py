"""What came over the queue and is no event: kept with the reason, until somebody has looked at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, func, insert, select

from daybeat.kit.errors import NotFound
from daybeat.modules.activity.event import NOBODY, ActivityEvent, write_events
from daybeat.modules.activity.models import activity_refused

LONGEST_KEPT = 1024 * 1024  # bytes; the rest of what is longer says nothing more


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that is no event. What comes again has the same id, so it is kept once."""

    id: UUID
    account: UUID
    body: bytes
    reason: str


def stumbled(event: ActivityEvent, trouble: Exception) -> Refusal:
    """Make a refusal of an event that a database did not take although it looked right."""
    assert event.event_id is not None  # noqa: S101 - filled in by whoever took it
    reason = f"{type(trouble).__name__}: {getattr(trouble, 'orig', trouble)}"[:1000].replace("\0", "\\0")
    return Refusal(event.event_id, event.account or NOBODY, write_events([event])[1:-1], reason)


def set_aside(connection: Connection, refused: Sequence[Refusal], now: datetime) -> None:
    """Keep what is not kept yet; whoever calls is the only one who writes."""
    new = {each.id: each for each in refused}
    if new:
        known = select(activity_refused.c.id).where(activity_refused.c.id.in_(new))
        for known_id in connection.execute(known).scalars():
            del new[known_id]
    rows = [
        {"id": each.id, "account_id": each.account, "body": each.body[:LONGEST_KEPT], "reason": each.reason}
        for each in new.values()
    ]
    if rows:
        connection.execute(insert(activity_refused), [{**row, "since": now} for row in rows])


def refused_events(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """List what waits for somebody, the newest first."""
    query = select(activity_refused).order_by(activity_refused.c.since.desc(), activity_refused.c.id).limit(limit)
    return connection.execute(query).all()


def count_refused(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(activity_refused)).scalar_one()


def take_refused(connection: Connection, refused_id: UUID) -> Row[Any]:
    """Take one out: it is tried again, or nobody wants it."""
    found = connection.execute(select(activity_refused).where(activity_refused.c.id == refused_id)).one_or_none()
    if found is None:
        raise NotFound
    connection.execute(delete(activity_refused).where(activity_refused.c.id == refused_id))
    return found
