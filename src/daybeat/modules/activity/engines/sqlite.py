"""SQLite: the whole batch is one JSON parameter, so that Python's lock is let go once and not at every row."""

from collections.abc import Sequence
from datetime import UTC

import msgspec
from sqlalchemy import Connection

from daybeat.modules.activity.engines import Engine
from daybeat.modules.activity.event import ActivityEvent

_INSERT = """
INSERT INTO user_activities (user_id, event_type, timestamp, metadata, event_id, account_id, received_at)
SELECT value ->> 0, value ->> 1, value ->> 2, nullif(value -> 3, 'null'), value ->> 4, value ->> 5, value ->> 6
FROM json_each(?) WHERE true ON CONFLICT DO NOTHING
"""
_COUNT = """
INSERT INTO activity_counts (account_id, event_type, hour, n)
SELECT account_id, event_type, substr(timestamp, 1, 13) || ':00:00.000000' AS hour, count(*) AS n
FROM user_activities WHERE id > :before GROUP BY account_id, event_type, hour
ON CONFLICT (account_id, event_type, hour) DO UPDATE SET n = activity_counts.n + excluded.n
"""
_encode = msgspec.json.Encoder(uuid_format="hex").encode


def _insert(connection: Connection, events: Sequence[ActivityEvent]) -> None:
    connection.exec_driver_sql(_INSERT, (_encode([_row(event) for event in events]).decode(),))


def _row(event: ActivityEvent) -> tuple[object, ...]:
    assert event.received_at is not None  # noqa: S101 - filled in by whoever took it
    at = event.timestamp if event.timestamp.tzinfo is UTC else event.timestamp.astimezone(UTC)
    return (
        event.user_id,
        event.event_type,
        at.isoformat(" ", "microseconds")[:26],
        event.metadata,
        event.event_id,
        event.account,
        event.received_at.isoformat(" ", "microseconds")[:26],
    )


ENGINE = Engine(_insert, _COUNT)
