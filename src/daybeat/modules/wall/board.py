"""What the wall shows right now, brought to every open wall when it changes."""

import asyncio
from functools import partial

from daybeat.infra.db.store import Store
from daybeat.infra.wakeup import WakeUp, keep_going
from daybeat.infra.web.streams import Streams
from daybeat.kit.clock import Clock
from daybeat.modules.wall.counting import CHANGED
from daybeat.modules.wall.queries import wall_stats
from daybeat.modules.wall.schemas import WallStats

APART = 0.05  # seconds between two frames: faster than this nobody sees, and the last one is never left out
QUIET = 15.0  # seconds without news after which a beat says that we are there
AGAIN = 1.0


class Board:
    """Reads the counts once a change and pushes them to all."""

    def __init__(self, store: Store, clock: Clock, streams: Streams) -> None:
        self._store, self._clock, self.streams = store, clock, streams
        self._shown = b""

    async def run(self) -> None:
        """Show what is, for ever; while the database is away the walls keep what they have."""
        news = WakeUp(QUIET)
        self._store.on_hint(CHANGED, news.wake)
        await keep_going(partial(self._show_next, news), "wall", longest=AGAIN)

    async def stats(self) -> WallStats:
        return await self._store.read(partial(wall_stats, now=self._clock.now()))

    async def show(self) -> None:
        """Push what is different; when nothing is, say at least that we are there."""
        frame = b"data: %b\n\n" % (await self.stats()).model_dump_json().encode()
        if frame == self._shown:
            await self.streams.beat()
        else:
            self._shown = frame
            await self.streams.show(frame)

    async def _show_next(self, news: WakeUp) -> None:
        news.clear()
        await self.show()
        await asyncio.sleep(APART)
        await news.wait()
