"""MariaDB and MySQL: one INSERT with many rows, in pieces the server's packets take."""

from collections.abc import Iterator, Sequence
from datetime import UTC

import msgspec
from sqlalchemy import Connection

from daybeat.modules.activity.engines import Engine
from daybeat.modules.activity.event import ActivityEvent

LARGEST_STATEMENT = 4 * 1024 * 1024  # characters; servers take 16 MiB and more unless told otherwise

_INSERT = (
    "INSERT INTO user_activities (user_id, event_type, timestamp, metadata, event_id, account_id, received_at) VALUES "
)
_THERE = " ON DUPLICATE KEY UPDATE id = user_activities.id"  # INSERT IGNORE would hide other mistakes too
_COUNT = """
INSERT INTO activity_counts (account_id, event_type, hour, n)
SELECT account_id, event_type, date_format(timestamp, '%Y-%m-%d %H:00:00') AS hour, count(*) AS more
FROM user_activities WHERE id > :before GROUP BY account_id, event_type, hour
ON DUPLICATE KEY UPDATE n = activity_counts.n + VALUES(n)
"""
_QUOTED = str.maketrans({"'": "\\'", "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\x1a": "\\Z", "\0": "\\0"})
_encode = msgspec.json.encode


def _insert(connection: Connection, events: Sequence[ActivityEvent]) -> None:
    for rows in _in_pieces([_row(event) for event in events]):
        statement = f"{_INSERT}{','.join(rows)}{_THERE}"
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _row(event: ActivityEvent) -> str:
    """Write a row. All that can hold a quote is quoted; the rest is numbers, digits and dates of our own making."""
    assert event.event_id is not None  # noqa: S101 - filled in by whoever took it
    assert event.account is not None  # noqa: S101
    assert event.received_at is not None  # noqa: S101
    at = event.timestamp if event.timestamp.tzinfo is UTC else event.timestamp.astimezone(UTC)
    said = "NULL" if event.metadata is None else f"'{_encode(event.metadata).decode().translate(_QUOTED)}'"
    return (
        f"({event.user_id},'{event.event_type.translate(_QUOTED)}','{at.isoformat(' ')[:26].removesuffix('+00:00')}',"
        f"{said},x'{event.event_id.hex}',x'{event.account.hex}',"
        f"'{event.received_at.isoformat(' ')[:26].removesuffix('+00:00')}')"
    )


def _in_pieces(rows: Sequence[str]) -> Iterator[Sequence[str]]:
    piece: list[str] = []
    size = 0
    for row in rows:
        if piece and size + len(row) > LARGEST_STATEMENT:
            yield piece
            piece, size = [], 0
        piece.append(row)
        size += len(row)
    yield piece


ENGINE = Engine(_insert, _COUNT)
