"""Events for open pages: those who watch are handed what is new, a few at a time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row

from daybeat.infra.wakeup import WakeUp, keep_going
from daybeat.modules.activity.exporting import fields_of
from daybeat.modules.activity.queries import latest_of, newest
from daybeat.modules.activity.store import ActivityStore

LOOK_EVERY = 0.1  # seconds: events may have been stored by another process, which tells nobody
AT_ONCE = 50  # nobody reads more than that in a blink; a page says how many it did not get
APART = 0.2

_encode = msgspec.json.encode


class Feed:
    """Looks for new events while anybody watches."""

    def __init__(self, store: ActivityStore) -> None:
        self._store = store
        self._watchers: set[asyncio.Event] = set()
        self._newest = 0

    async def run(self) -> None:
        """Look for ever."""
        news = WakeUp(LOOK_EVERY)
        self._store.on_commit(news.wake)

        async def look() -> None:
            news.clear()
            if self._watchers:
                await self._look()
            await news.wait()

        await keep_going(look, "activity feed", first_wait=0.5, longest=5)

    async def frames(self, user_id: UUID) -> AsyncIterator[str]:
        """Give what is stored for an account from now on."""
        woken = asyncio.Event()
        after = await self._store.read(newest)
        self._watchers.add(woken)
        try:
            while True:
                await woken.wait()
                woken.clear()
                last = self._newest
                rows = await self._store.read(partial(latest_of, account=user_id, after=after, last=last))
                after = last
                if rows:
                    yield _frame(rows)
                    await asyncio.sleep(APART)
        finally:
            self._watchers.discard(woken)

    async def _look(self) -> None:
        last = await self._store.read(newest)
        if last != self._newest:
            self._newest = last
            for woken in self._watchers:
                woken.set()


def _frame(rows: Sequence[Row[Any]]) -> str:
    """Write the newest of these, and say how many there were besides."""
    shown = rows[-AT_ONCE:]
    said = {"type": "activity.events", "items": [fields_of(row) for row in shown], "skipped": len(rows) - len(shown)}
    return _encode(said).decode()
