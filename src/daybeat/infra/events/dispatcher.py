"""The embedded relay: wakes after each commit and brings every subscriber up to date."""

import asyncio
from collections.abc import Sequence
from functools import partial

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import StoredEvent
from daybeat.infra.events.delivery import deliver_batch, pass_over
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.wakeup import WakeUp, keep_going

SAFETY_NET = 5.0  # seconds between looks when nobody woke us
GATHERING = 0.02  # seconds in which facts gather before they are delivered together


class Dispatcher:
    """Feeds all subscribers from the log in this process."""

    def __init__(self, store: Store, subscribers: Sequence[Subscriber]) -> None:
        self._store = store
        self._subscribers = subscribers
        self._news = WakeUp(SAFETY_NET)
        store.on_commit(self._wake)

    async def run(self) -> None:
        """Deliver for ever."""
        await keep_going(self._deliver, "dispatcher")

    async def catch_up(self) -> None:
        """Bring every subscriber to the end of the log."""
        self._news.clear()
        for subscriber in await self._store.write(partial(pass_over, self._subscribers)):
            while await self._store.write(partial(deliver_batch, subscriber)):
                pass

    async def _deliver(self) -> None:
        await self.catch_up()
        if await self._news.wait():
            await asyncio.sleep(GATHERING)

    def _wake(self, facts: Sequence[StoredEvent]) -> None:
        if facts:
            self._news.wake()
