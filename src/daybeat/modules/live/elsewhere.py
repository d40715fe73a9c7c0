"""What was committed in other processes: told by hints, and looked up now and then in case one got lost."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from daybeat.infra.cache.port import Hint
from daybeat.infra.db.store import Store
from daybeat.infra.events.log import last_seqs
from daybeat.infra.wakeup import keep_going
from daybeat.modules.live.hub import Hub

LOOK_EVERY = 2.0  # seconds; what a listener waits at most when hints fail


class Elsewhere:
    """Keeps the listeners of this process up to date with the commits of all others."""

    def __init__(self, hub: Hub, store: Store, heard: Callable[[datetime], None]) -> None:
        self._hub, self._store, self._heard = hub, store, heard

    def hear(self, hint: Hint) -> None:
        """Take a hint."""
        if self._hub.hear_of(hint.user_id, hint.seq):
            self._heard(hint.at)

    async def look(self) -> None:
        """Look for ever how far the facts of our listeners have come."""
        await keep_going(self._look, "live", longest=LOOK_EVERY)

    async def _look(self) -> None:
        users = self._hub.users()
        if users:
            for row in await self._store.read(partial(last_seqs, user_ids=users)):
                self._hub.hear_of(row.user_id, row.seq)
        await asyncio.sleep(LOOK_EVERY)
