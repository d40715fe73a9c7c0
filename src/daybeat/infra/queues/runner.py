"""Keeps one reader of an embedded queue up to date: woken by each commit that put something, never in a hurry."""

import asyncio
from contextlib import suppress
from functools import partial

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.queues.delivery import QueueReader, deliver_batch
from daybeat.infra.queues.table import topic_of

log = structlog.get_logger()

SAFETY_NET = 5.0  # seconds between looks when nobody woke us
LONGEST_WAIT = 30.0


class QueueRunner:
    """Feeds one reader in this process. Each reader has a runner, so that a slow one holds up nobody."""

    def __init__(self, store: Store, reader: QueueReader) -> None:
        self._store, self._reader = store, reader
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        store.on_hint(topic_of(reader.queue), self._wake)

    async def run(self) -> None:
        """Deliver for ever; a failing database is waited for, a little longer each time."""
        wait = 1.0
        while True:
            try:
                await self.catch_up()
                wait = 1.0
                await self._next_news()
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("queue waits", reader=self._reader.name, seconds=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    async def catch_up(self) -> None:
        """Read to the end of the queue."""
        self._news.clear()
        while await self._store.write(partial(deliver_batch, self._reader)):
            pass

    async def _next_news(self) -> None:
        try:
            async with asyncio.timeout(SAFETY_NET):
                await self._news.wait()
        except TimeoutError:
            return

    def _wake(self) -> None:
        with suppress(RuntimeError):  # the loop has ended: who reads next finds everything in the table
            self._loop.call_soon_threadsafe(self._news.set)
