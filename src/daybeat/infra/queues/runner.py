"""Keeps one reader of an embedded queue up to date: woken by each commit that put something, never in a hurry."""

from functools import partial

from daybeat.infra.db.store import Store
from daybeat.infra.queues.delivery import QueueReader, deliver_batch
from daybeat.infra.queues.table import topic_of
from daybeat.infra.wakeup import WakeUp, keep_going

SAFETY_NET = 5.0  # seconds between looks when nobody woke us


class QueueRunner:
    """Feeds one reader in this process. Each reader has a runner, so that a slow one holds up nobody."""

    def __init__(self, store: Store, reader: QueueReader) -> None:
        self._store, self._reader = store, reader
        self._news = WakeUp(SAFETY_NET)
        store.on_hint(topic_of(reader.queue), self._news.wake)

    async def run(self) -> None:
        """Deliver for ever."""
        await keep_going(self._deliver, f"queue {self._reader.name}")

    async def catch_up(self) -> None:
        """Read to the end of the queue."""
        self._news.clear()
        while await self._store.write(partial(deliver_batch, self._reader)):
            pass

    async def _deliver(self) -> None:
        await self.catch_up()
        await self._news.wait()
