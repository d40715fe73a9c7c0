"""Consuming: messages are handled in batches and acknowledged after the commit, never before.

While the database is away a batch is kept and tried again. It is never given back: a broker that is handed the same
message a few times in a row takes it for a bad one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue

from daybeat.infra.amqp.figures import ConsumerFigures
from daybeat.infra.amqp.link import Stay

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0

Declare = Callable[[AbstractChannel], Awaitable[AbstractQueue]]
Handle = Callable[[Sequence[AbstractIncomingMessage]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads which queue, and how. `alone` refuses to read beside another consumer of the same queue.

    `prefetch` messages are handed out before one is acknowledged; None: two batches. Behind the first of a batch others
    may gather for so many seconds: a commit costs more than one more message in it.
    """

    name: str
    declare: Declare
    handle: Handle
    batch: int = 50
    prefetch: int | None = None
    gathering: float = 0.0
    alone: bool = False


class Consumer:
    """Reads one queue for ever, over as many connections as it takes."""

    def __init__(self, url: str, reading: Reading, figures: ConsumerFigures) -> None:
        self._reading, self._figures = reading, figures
        self.link = Stay(url, f"daybeat {reading.name}", confirms=False)

    async def run(self) -> None:
        await self.link.run(self._consume)

    async def _consume(self, channel: AbstractChannel) -> None:
        reading, arrived = self._reading, asyncio.Queue[AbstractIncomingMessage]()
        await channel.set_qos(prefetch_count=reading.prefetch or reading.batch * 2)
        queue = await reading.declare(channel)
        await queue.consume(arrived.put, exclusive=reading.alone)
        while True:
            batch = [await arrived.get()]
            if reading.gathering and arrived.qsize() < reading.batch - 1:
                await asyncio.sleep(reading.gathering)
            while len(batch) < reading.batch and not arrived.empty():
                batch.append(arrived.get_nowait())
            await self._handle(batch)
            await batch[-1].ack(multiple=True)
            self._figures.handled.labels(reading.name).inc(len(batch))

    async def _handle(self, batch: Sequence[AbstractIncomingMessage]) -> None:
        """Have a batch handled, however long that takes."""
        self._figures.again.labels(self._reading.name).inc(sum(bool(each.redelivered) for each in batch))
        wait = FIRST_WAIT
        while True:
            try:
                return await self._reading.handle(batch)
            except asyncio.CancelledError:
                raise
            except Exception as failure:  # noqa: BLE001 - what is wrong with a message is settled further down
                self._figures.waits.labels(self._reading.name).inc()
                log.warning("consumer waits", reader=self._reading.name, seconds=wait, reason=repr(failure))
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
