"""Takes the turns of those who listen: woken when somebody is due at once, and looking now and then by itself."""

from functools import partial

from daybeat.infra.db.store import Store
from daybeat.infra.mqtt.link import Link
from daybeat.infra.wakeup import WakeUp
from daybeat.kit.clock import Clock
from daybeat.modules.habits.ports import CalendarOf
from daybeat.modules.habits.states import NEWS, is_turn_due, take_turn

LOOK_EVERY = 15.0  # seconds


class Turner:
    """Runs beside a connection to the broker."""

    def __init__(self, store: Store, clock: Clock, calendar_of: CalendarOf, *, every: float = LOOK_EVERY) -> None:
        self._store, self._clock, self._calendar_of = store, clock, calendar_of
        self._news = WakeUp(every)
        store.on_hint(NEWS, self._news.wake)

    async def serve(self, link: Link) -> None:
        """Take turns until the connection ends."""
        while not link.closed.is_set():
            self._news.clear()
            if await self._store.read(partial(is_turn_due, now=self._clock.now())):
                while await self._store.write(partial(take_turn, calendar_of=self._calendar_of)):
                    pass
            await self._news.wait()
