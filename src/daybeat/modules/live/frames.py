"""A fact as it goes over the wire."""

import json
from typing import Any

from sqlalchemy import Row

from daybeat.infra.db.unit_of_work import StoredEvent
from daybeat.infra.events.codec import encode


def frame_of(stored: StoredEvent) -> str:
    """Write a fact that was committed a moment ago."""
    return _write(
        seq=stored.user_seq,
        type=stored.event.name,
        id=str(stored.id),
        occurred_at=stored.occurred_at.isoformat(),
        correlation_id=stored.origin.correlation_id,
        source=stored.origin.source,
        device=stored.origin.device,
        data=encode(stored.event),
    )


def frame_of_row(row: Row[Any]) -> str:
    """Write a fact from the log: the same fact gives the same frame."""
    return _write(
        seq=row.user_seq,
        type=row.type,
        id=str(row.id),
        occurred_at=row.occurred_at.isoformat(),
        correlation_id=row.correlation_id,
        source=row.source,
        device=row.device,
        data=row.data,
    )


def _write(**frame: Any) -> str:
    return json.dumps(frame, separators=(",", ":"), ensure_ascii=False)
