"""Looking at everything at once: the tables in one snapshot, and beside it the broker, Redis and this process."""

import asyncio
import os
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import Connection, Row, func, select

from daybeat import __version__
from daybeat.bootstrap.core import Core
from daybeat.bootstrap.operations import schemas
from daybeat.bootstrap.operations.facts import Counts, Span, count_facts, last_day, reader_of
from daybeat.bootstrap.operations.messages import count_messages, with_ready
from daybeat.bootstrap.operations.tap_to_live import TapToLive
from daybeat.bootstrap.readers import QUEUE_READERS, SUBSCRIBERS
from daybeat.infra.db.processes import GONE_AFTER, LISTED_FOR, listed_processes
from daybeat.infra.events.outbox import waiting_in_outbox
from daybeat.infra.events.quarantine import count_set_aside
from daybeat.infra.jobs.table import jobs
from daybeat.modules.activity.messages import QUEUE as EVENTS

if TYPE_CHECKING:
    from daybeat.infra.amqp.depths import Depth

SHOWN_FOR = 1.0  # seconds, however many look
SHARE = 5  # and at least this many times as long as looking took
HOST = socket.gethostname()[:80]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What the tables say."""

    span: Span
    facts: Sequence[Counts]
    messages: Sequence[schemas.Reader]
    processes: Sequence[Row[Any]]
    outbox: schemas.Waiting
    jobs: schemas.Waiting
    quarantined: int
    seconds: float


class Lookout:
    """Looks when somebody asks. Those who ask at the same time, or soon after, share an answer."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._core: Core = app.state.core
        self._started_at = self._core.clock.now()
        self._live = TapToLive(app.state.registry, self._started_at)
        self._looking = asyncio.Lock()
        self._seen: schemas.Operations | None = None
        self._good_until = 0.0

    async def look(self) -> schemas.Operations:
        """Say how everything is."""
        async with self._looking:
            began = time.monotonic()
            if self._seen is None or began >= self._good_until:
                self._seen = await self._look()
                took = time.monotonic() - began
                self._good_until = time.monotonic() + max(SHOWN_FOR, took * SHARE)
            return self._seen

    def forget(self) -> None:
        """Look again next time: somebody has changed something."""
        self._good_until = 0.0

    async def _look(self) -> schemas.Operations:
        now = self._core.clock.now()
        depths, redis, seen = await asyncio.gather(
            self._depths(), self._redis(), self._core.store.read(lambda connection: self._read(connection, now))
        )
        processes = self._processes(seen.processes, now)
        embedded = self._core.settings.is_embedded
        return schemas.Operations(
            at=now,
            version=__version__,
            mode="one process" if embedded else "separate services",
            processes=processes,
            counted=schemas.Counted(since=seen.span.since, whole_day=seen.span.whole_day),
            readers=self._readers(seen, depths, now),
            quarantined=seen.quarantined,
            outbox=None if embedded else seen.outbox,
            jobs=seen.jobs,
            database=schemas.Database(kind="sqlite" if embedded else "postgresql", seconds=seen.seconds),
            rabbitmq=None if embedded else _rabbitmq(depths),
            redis=redis,
            mqtt=self._mqtt(),
            connections=self._connections(processes),
            live=self._live.lately(now),
        )

    def _read(self, connection: Connection, now: datetime) -> _Snapshot:
        began = time.monotonic()
        span = last_day(connection, now)
        outbox = waiting_in_outbox(connection)
        due = select(func.count().label("n"), func.min(jobs.c.run_at).label("since"))
        row = connection.execute(due.where(jobs.c.done_at.is_(None), jobs.c.run_at <= now)).one()
        return _Snapshot(
            span=span,
            facts=count_facts(connection, SUBSCRIBERS, span),
            messages=[count_messages(connection, each, now) for each in QUEUE_READERS],
            processes=listed_processes(connection),
            outbox=schemas.Waiting(waiting=outbox.n, oldest_at=outbox.since),
            jobs=schemas.Waiting(waiting=row.n, oldest_at=row.since),
            quarantined=count_set_aside(connection),
            seconds=time.monotonic() - began,
        )

    async def _depths(self) -> "Mapping[str, Depth] | None":
        if self._core.settings.amqp_url is None:
            return None
        from daybeat.infra.amqp.depths import depths_of

        return await depths_of(self._core.settings.amqp_url.get_secret_value(), _queues())

    async def _redis(self) -> schemas.Redis | None:
        redis = self._core.redis
        if redis is None:
            return None
        return schemas.Redis(reachable=bool(await redis.attempt(redis.client.ping, otherwise=False)))

    def _readers(self, seen: _Snapshot, depths: "Mapping[str, Depth] | None", now: datetime) -> list[schemas.Reader]:
        if self._core.settings.is_embedded:
            return [*(reader_of(each, None, 0, now) for each in seen.facts), *seen.messages]
        from daybeat.infra.amqp.topology import queue_of

        facts = ((counts, queue_of(counts.subscriber)) for counts in seen.facts)
        messages = ((counts, counts.queue or "") for counts in seen.messages)
        return [
            *(reader_of(counts, queue, _ready(depths, queue), now) for counts, queue in facts),
            *(with_ready(counts, _ready(depths, queue)) for counts, queue in messages),
        ]

    def _processes(self, rows: Sequence[Row[Any]], now: datetime) -> list[schemas.Process]:
        if self._core.settings.is_embedded:
            return [self._this_process(now)]
        return [self._process(row, now) for row in rows if row.seen_at > now - LISTED_FOR]

    def _this_process(self, now: datetime) -> schemas.Process:
        """Describe the one process there is, which tells nobody that it is there."""
        return schemas.Process(
            id=str(UUID(int=os.getpid())),
            role="serve",
            host=HOST,
            pid=os.getpid(),
            port=getattr(self._app.state, "port", None),
            started_at=self._started_at,
            seen_at=now,
            state="running",
            sockets=self._sockets,
        )

    def _process(self, row: Row[Any], now: datetime) -> schemas.Process:
        own = (row.host, row.pid) == (HOST, os.getpid())
        return schemas.Process(
            id=str(row.id),
            role=row.role,
            host=row.host,
            pid=row.pid,
            port=row.says.get("port"),
            started_at=row.started_at,
            seen_at=row.seen_at,
            state="missing" if row.seen_at < now - GONE_AFTER else "running",
            sockets=self._sockets if own else row.says.get("sockets"),
        )

    @property
    def _sockets(self) -> int:
        live = self._app.state.live
        return live.hub.open_sockets if live is not None else 0

    def _connections(self, processes: Sequence[schemas.Process]) -> schemas.Connections:
        sockets = sum(each.sockets or 0 for each in processes if each.state == "running")
        return schemas.Connections(sockets=sockets, walls=len(self._app.state.streams))

    def _mqtt(self) -> schemas.Mqtt:
        status = self._app.state.mqtt.status("")
        return schemas.Mqtt(state=status.state, connected=status.connected)


def _queues() -> list[str]:
    from daybeat.infra.amqp.topology import LIVE_QUEUE, queue_of

    return [*(queue_of(each) for each in SUBSCRIBERS), LIVE_QUEUE, *(each.queue for each in QUEUE_READERS), EVENTS]


def _rabbitmq(depths: "Mapping[str, Depth] | None") -> schemas.RabbitMQ:
    if depths is None:
        return schemas.RabbitMQ(reachable=False, queues=[])
    return schemas.RabbitMQ(reachable=True, queues=[_queue(name, depths.get(name)) for name in _queues()])


def _queue(name: str, depth: "Depth | None") -> schemas.Queue:
    if depth is None:
        return schemas.Queue(name=name, declared=False, ready=0, consumers=0)
    return schemas.Queue(name=name, declared=True, ready=depth.ready, consumers=depth.consumers)


def _ready(depths: "Mapping[str, Depth] | None", queue: str) -> int | None:
    """Give how many messages are ready; None when the broker does not answer. A queue that is not there has none."""
    if depths is None:
        return None
    return depths[queue].ready if queue in depths else 0
