"""The embedded relay: wakes after each commit and brings every subscriber up to date."""

import asyncio
from collections.abc import Sequence
from functools import partial

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import StoredEvent
from daybeat.infra.events.delivery import deliver_batch, pass_over
from daybeat.infra.events.subscriptions import Subscriber

log = structlog.get_logger()

SAFETY_NET = 5.0  # seconds between looks when nobody woke us
GATHERING = 0.02  # seconds in which facts gather before they are delivered together
LONGEST_WAIT = 30.0


class Dispatcher:
    """Feeds all subscribers from the log in this process."""

    def __init__(self, store: Store, subscribers: Sequence[Subscriber]) -> None:
        self._store = store
        self._subscribers = subscribers
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        store.on_commit(self._wake)

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
                log.exception("delivery waits", seconds=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    async def catch_up(self) -> None:
        """Bring every subscriber to the end of the log."""
        self._news.clear()
        for subscriber in await self._store.write(partial(pass_over, self._subscribers)):
            while await self._store.write(partial(deliver_batch, subscriber)):
                pass

    async def _next_news(self) -> None:
        try:
            # Not wait_for: in Python 3.11 it can swallow a cancellation, and then the process never stops.
            async with asyncio.timeout(SAFETY_NET):
                await self._news.wait()
            await asyncio.sleep(GATHERING)
        except TimeoutError:
            return

    def _wake(self, facts: Sequence[StoredEvent]) -> None:
        if facts:
            self._loop.call_soon_threadsafe(self._news.set)
