"""Takes the turns of those who listen: woken when somebody is due at once, and looking now and then by itself."""

import asyncio
import contextlib
from functools import partial

from daybeat.infra.db.store import Store
from daybeat.infra.mqtt.link import Link
from daybeat.kit.clock import Clock
from daybeat.modules.habits.ports import CalendarOf
from daybeat.modules.habits.states import NEWS, is_turn_due, take_turn

LOOK_EVERY = 15.0  # seconds


class Turner:
    """Runs beside a connection to the broker."""

    def __init__(self, store: Store, clock: Clock, calendar_of: CalendarOf, *, every: float = LOOK_EVERY) -> None:
        self._store, self._clock, self._calendar_of, self._every = store, clock, calendar_of, every
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        store.on_hint(NEWS, self._wake)

    async def serve(self, link: Link) -> None:
        """Take turns until the connection ends."""
        while not link.closed.is_set():
            self._news.clear()
            if await self._store.read(partial(is_turn_due, now=self._clock.now())):
                while await self._store.write(partial(take_turn, calendar_of=self._calendar_of)):
                    pass
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._news.wait()

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self._news.set)
