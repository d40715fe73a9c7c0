"""Looking into a running Daybeat's database from outside: what stands in every table."""

import time
from typing import Any

from sqlalchemy import Connection, func, select

from daybeat.bootstrap.readers import SUBSCRIBERS
from daybeat.bootstrap.tables import metadata
from daybeat.infra.events.delivery import subscriber_offset
from daybeat.infra.events.log import event_log
from tests.support.daybeat import Daybeat

Contents = dict[str, list[tuple[Any, ...]]]


def contents(daybeat: Daybeat) -> Contents:
    """Give every row of every table, once all subscribers have caught up."""
    caught_up(daybeat)

    def look(connection: Connection) -> Contents:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }

    return daybeat.core.store.read_now(look)


def caught_up(daybeat: Daybeat, within: float = 10.0) -> None:
    """Wait until every subscriber has seen every fact."""
    deadline = time.monotonic() + within
    while daybeat.core.store.read_now(_behind):
        assert time.monotonic() < deadline, "subscribers did not catch up"
        time.sleep(0.01)


def _behind(connection: Connection) -> bool:
    newest = connection.execute(select(func.max(event_log.c.seq))).scalar_one() or 0
    positions = connection.execute(select(subscriber_offset.c.seq)).scalars().all()
    return newest > 0 and (len(positions) < len(SUBSCRIBERS) or min(positions) < newest)
