"""PostgreSQL: the whole batch is one JSON parameter, which the server takes apart."""

from collections.abc import Sequence

from sqlalchemy import Connection

from daybeat.modules.activity.engines import Engine
from daybeat.modules.activity.event import ActivityEvent, write_events

_INSERT = """
INSERT INTO user_activities (user_id, event_type, timestamp, metadata, event_id, account_id, received_at)
SELECT user_id, event_type, timestamp, metadata, event_id, account, received_at
FROM json_to_recordset(%s) AS said (user_id bigint, event_type text, timestamp timestamptz, metadata json,
                                    event_id uuid, account uuid, received_at timestamptz)
ON CONFLICT DO NOTHING
"""
_COUNT = """
INSERT INTO activity_counts (account_id, event_type, hour, n)
SELECT account_id, event_type, date_trunc('hour', timestamp, 'UTC'), count(*)
FROM user_activities WHERE id > :before GROUP BY 1, 2, 3
ON CONFLICT (account_id, event_type, hour) DO UPDATE SET n = activity_counts.n + excluded.n
"""


def _insert(connection: Connection, events: Sequence[ActivityEvent]) -> None:
    connection.exec_driver_sql(_INSERT, (write_events(events).decode(),))


ENGINE = Engine(_insert, _COUNT)
