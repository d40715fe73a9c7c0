"""Moods on the queue, and what the wall makes of them, without a socket."""

import time
from functools import partial

from sqlalchemy import select

from daybeat.bootstrap.core import Core
from daybeat.infra.queues.delivery import QueueReader, deliver_batch
from daybeat.infra.queues.table import put, queue_messages, unread
from daybeat.modules.wall.counting import counter
from daybeat.modules.wall.domain.messages import QUEUE
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
    """Give everything that was put for the wall."""
    query = select(queue_messages.c.body).where(queue_messages.c.queue == QUEUE).order_by(queue_messages.c.no)
    return core.store.read_now(lambda connection: list(connection.execute(query).scalars()))


def queue_is_read(core: Core, within: float = 10.0) -> None:
    """Wait until the wall has counted everything."""
    deadline = time.monotonic() + within
    while core.store.read_now(partial(unread, queue=QUEUE, reader=counter.name)):
        assert time.monotonic() < deadline, "the wall did not catch up"
        time.sleep(0.01)
