"""Looking into a running Daybeat's database from outside: what stands in every table."""

import time
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from daybeat.bootstrap.readers import SUBSCRIBERS
from daybeat.bootstrap.tables import metadata
from daybeat.infra.events.delivery import subscriber_offset
from daybeat.infra.events.handling import inbox
from daybeat.infra.events.log import event_log
from daybeat.infra.events.outbox import waiting_in_outbox
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.jobs.table import jobs
from tests.support.daybeat import Daybeat

Contents = dict[str, list[tuple[Any, ...]]]


def contents(daybeat: Daybeat) -> Contents:
    """Give every row of every table, once all subscribers have caught up and no job is due."""
    settled(daybeat)

    def look(connection: Connection) -> Contents:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
            if name != "processes"  # they say every few seconds that they are there
        }

    return daybeat.core.store.read_now(look)


def settled(daybeat: Daybeat) -> None:
    """Wait until nothing is left to do: a job may publish, and what is published may plan a job."""
    deadline = time.monotonic() + 30.0
    caught_up(daybeat)
    while daybeat.core.store.read_now(partial(_is_due, now=daybeat.clock.now())):
        assert time.monotonic() < deadline, "jobs that are due did not run"
        time.sleep(0.02)
        caught_up(daybeat)


def caught_up(daybeat: Daybeat, within: float = 10.0) -> None:
    """Wait until every subscriber has seen every fact."""
    deadline = time.monotonic() + within
    while daybeat.core.store.read_now(_behind):
        assert time.monotonic() < deadline, "subscribers did not catch up"
        time.sleep(0.01)


def unhandled(subscriber: Subscriber) -> Select[int]:
    """Count the facts without a receipt."""
    handled = select(inbox.c.event_id).where(inbox.c.subscriber == subscriber.name)
    types = [kind.name for kind in subscriber.handlers]
    own = (event_log.c.type.in_(types), event_log.c.id.not_in(handled))
    return select(func.count()).select_from(event_log).where(*own)


def _is_due(connection: Connection, now: datetime) -> bool:
    due = (jobs.c.done_at.is_(None), jobs.c.run_at <= now)
    return connection.execute(select(exists().where(*due))).scalar_one()


def _behind(connection: Connection) -> bool:
    """Tell whether somebody has not handled everything yet."""
    if connection.dialect.name == "postgresql":
        if waiting_in_outbox(connection).n:
            return True
        return any(connection.execute(unhandled(each)).scalar_one() for each in SUBSCRIBERS)
    newest = connection.execute(select(func.max(event_log.c.seq))).scalar_one() or 0
    positions = connection.execute(select(subscriber_offset.c.seq)).scalars().all()
    return newest > 0 and (len(positions) < len(SUBSCRIBERS) or min(positions) < newest)
