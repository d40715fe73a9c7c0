"""What the wall shows right now, brought to every open wall when it changes."""

import asyncio
from contextlib import suppress
from functools import partial

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.web.streams import Streams
from daybeat.kit.clock import Clock
from daybeat.modules.wall.counting import CHANGED
from daybeat.modules.wall.queries import wall_stats
from daybeat.modules.wall.schemas import WallStats

log = structlog.get_logger()

APART = 0.05  # seconds between two frames: faster than this nobody sees, and the last one is never left out
QUIET = 15.0  # seconds without news after which a beat says that we are there
AGAIN = 1.0


class Board:
    """Reads the counts once a change and pushes them to all."""

    def __init__(self, store: Store, clock: Clock, streams: Streams) -> None:
        self._store, self._clock, self.streams = store, clock, streams
        self._news = asyncio.Event()
        self._shown = b""

    async def run(self) -> None:
        """Show what is, for ever; while the database is away the walls keep what they have."""
        self._loop = asyncio.get_running_loop()
        self._store.on_hint(CHANGED, self._wake)
        while True:
            try:
                await self.show()
                await asyncio.sleep(APART)
                await self._next_news()
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("the wall waits")
                await asyncio.sleep(AGAIN)

    async def stats(self) -> WallStats:
        return await self._store.read(partial(wall_stats, now=self._clock.now()))

    async def show(self) -> None:
        """Push what is different; when nothing is, say at least that we are there."""
        self._news.clear()
        frame = b"data: %b\n\n" % (await self.stats()).model_dump_json().encode()
        if frame == self._shown:
            await self.streams.beat()
        else:
            self._shown = frame
            await self.streams.show(frame)

    async def _next_news(self) -> None:
        try:
            async with asyncio.timeout(QUIET):
                await self._news.wait()
        except TimeoutError:
            return

    def _wake(self) -> None:
        with suppress(RuntimeError):  # the loop has ended, and nobody looks any more
            self._loop.call_soon_threadsafe(self._news.set)
