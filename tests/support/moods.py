"""Moods on the queue, and what the wall makes of them, without a socket."""

import asyncio
import time
from functools import partial

from sqlalchemy import Connection, func, select

from daybeat.bootstrap.background import amqp_url
from daybeat.bootstrap.core import Core
from daybeat.infra.amqp.link import connected
from daybeat.infra.queues.delivery import QueueReader, deliver_batch
from daybeat.infra.queues.table import put, queue_messages, unread
from daybeat.modules.wall.counting import counter
from daybeat.modules.wall.domain.messages import QUEUE, Kind, Message, write_message
from daybeat.modules.wall.models import wall_messages
from daybeat.modules.wall.queries import wall_stats
from daybeat.modules.wall.schemas import WallStats

GOOD = b'{"type":"good","timestamp":"2026-03-02T11:59:00.000Z"}'
BAD = b'{"type":"bad","timestamp":"2026-03-02T11:59:30.000Z"}'


def send(core: Core, *bodies: bytes, queue: str = QUEUE) -> None:
    core.store.write_now(partial(put, queue=queue, bodies=bodies))


def deliver(core: Core, reader: QueueReader = counter) -> int:
    """Let a reader read to the end; gives how many messages it was handed."""
    read = 0
    while batch := core.store.write_now(partial(deliver_batch, reader)):
        read += batch
    return read


def stats(core: Core) -> WallStats:
    return core.store.read_now(partial(wall_stats, now=core.clock.now()))


def counts(core: Core) -> tuple[int, int]:
    """Give happy and sad."""
    now = stats(core)
    return now.happy, now.sad


def read_queue(core: Core) -> list[bytes]:
    """Give everything that was put for the wall. What is with a broker is known by what the wall made of it."""
    if core.settings.is_embedded:
        query = select(queue_messages.c.body).where(queue_messages.c.queue == QUEUE).order_by(queue_messages.c.no)
        return core.store.read_now(lambda connection: list(connection.execute(query).scalars()))
    queue_is_read(core)
    counted = select(wall_messages.c.kind, wall_messages.c.sent_at).order_by(wall_messages.c.no)
    rows = core.store.read_now(lambda connection: connection.execute(counted).all())
    return [write_message(Message(Kind(row.kind), row.sent_at)) for row in rows]


def queue_is_read(core: Core, within: float = 10.0) -> None:
    """Wait until the wall has counted everything."""
    deadline = time.monotonic() + within
    waits = partial(unread, queue=QUEUE, reader=counter.name) if core.settings.is_embedded else _on_its_way
    while core.store.read_now(waits) or (not core.settings.is_embedded and asyncio.run(_with_the_broker(core))):
        assert time.monotonic() < deadline, "the wall did not catch up"
        time.sleep(0.01)


def _on_its_way(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(queue_messages)).scalar_one()


async def _with_the_broker(core: Core) -> int:
    """Count what is in the queue; what has been handed out is given a moment."""
    async with connected(amqp_url(core), "test") as connection:
        channel = await connection.channel()
        queue = await channel.declare_queue(QUEUE, durable=True)
    await asyncio.sleep(0.15)
    return queue.declaration_result.message_count or 0
