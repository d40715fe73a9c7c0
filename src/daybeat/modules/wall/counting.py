"""How messages become counts. Counts can be thrown away: what was counted is kept, and makes them again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import insert_on
from daybeat.infra.queues.delivery import QueueReader
from daybeat.modules.wall.domain.messages import QUEUE, Message, read_message
from daybeat.modules.wall.models import wall_counts, wall_messages, wall_minutes

CHANGED = "wall"
"""The hint that what the wall shows is different."""

_KEEP = insert(wall_messages)


def count(bodies: Sequence[bytes], uow: UnitOfWork) -> None:
    """Count messages once for ever. One that cannot be read raises, and none of them is counted."""
    messages = [read_message(body, uow.now) for body in bodies]
    uow.connection.execute(_KEEP, [_row(message, uow.now) for message in messages])
    _add_to_counts(uow.connection, messages, uow.now)
    _add_to_minutes(uow.connection, messages)
    uow.hint(CHANGED)


counter = QueueReader(QUEUE, "wall.counts", count)


def recount(uow: UnitOfWork) -> None:
    """Drop the counts and make them again from what was counted."""
    kept = wall_messages.c
    for table, summary in (
        (wall_counts, select(kept.kind, func.count(), func.max(kept.counted_at)).group_by(kept.kind)),
        (wall_minutes, select(kept.minute, kept.kind, func.count()).group_by(kept.minute, kept.kind)),
    ):
        uow.connection.execute(delete(table))
        uow.connection.execute(insert(table).from_select(list(table.columns), summary))
    uow.hint(CHANGED)


def minute_of(at: datetime) -> int:
    """Number the minute of an instant, from 1970 on."""
    return int(at.timestamp() // 60)


def _row(message: Message, now: datetime) -> dict[str, Any]:
    kind, minute = message.kind.value, minute_of(message.at)
    return {"kind": kind, "sent_at": message.at, "minute": minute, "counted_at": now}


def _add_to_counts(connection: Connection, messages: Sequence[Message], now: datetime) -> None:
    found = Counter(message.kind.value for message in messages)
    rows = [{"kind": kind, "n": n, "updated_at": now} for kind, n in found.items()]
    connection.execute(_add(connection.dialect.name, wall_counts), rows)


def _add_to_minutes(connection: Connection, messages: Sequence[Message]) -> None:
    found = Counter((minute_of(message.at), message.kind.value) for message in messages)
    rows = [{"minute": minute, "kind": kind, "n": n} for (minute, kind), n in found.items()]
    connection.execute(_add(connection.dialect.name, wall_minutes), rows)


@cache
def _add(dialect: str, table: Table) -> Any:
    """Add n to the row with the same key, or begin it."""
    values: Mapping[str, Any] = {column.name: bindparam(column.name) for column in table.columns}
    statement = insert_on(dialect, table).values(**values)
    changed = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    changed["n"] = table.c.n + statement.excluded.n
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)
