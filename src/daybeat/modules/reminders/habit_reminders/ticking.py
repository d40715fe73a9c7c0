"""The clock of habit reminders: looks once a second, and writes only when there is something to do."""

import asyncio
from datetime import timedelta
from functools import partial

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.clock import Clock
from daybeat.kit.errors import DomainError
from daybeat.modules.reminders.habit_reminders.ports import Habits
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.telling import STEPS

log = structlog.get_logger()

TICK = 1.0
KEPT_FOR = timedelta(days=400)


class ReminderTicker:
    """Tells reminders that are due, in this process."""

    def __init__(self, store: Store, clock: Clock, habits: Habits) -> None:
        self._store, self._clock, self._habits = store, clock, habits

    async def run(self) -> None:
        """Tick for ever; a database that is away is tried again at the next tick."""
        while True:
            try:
                await self.tick()
            except DomainError as trouble:
                log.warning("reminders wait", reason=str(trouble))
            except Exception:
                log.exception("reminders wait")
            await asyncio.sleep(TICK - self._clock.now().timestamp() % TICK)

    async def tick(self) -> None:
        """Do everything that is due now."""
        now = self._clock.now()
        while await self._store.read(lambda connection: ReminderRepository(connection).anything_to_do(now)):
            for step in STEPS:
                while await self._store.write(partial(step, self._habits)):
                    pass


def tell_now(store: Store, clock: Clock, habits: Habits) -> None:
    """Do the same from a plain thread."""
    now = clock.now()
    while store.read_now(lambda connection: ReminderRepository(connection).anything_to_do(now)):
        for step in STEPS:
            while store.write_now(partial(step, habits)):
                pass


def forget_old_reminders(uow: UnitOfWork) -> None:
    """Drop reminders that are more than a year old."""
    ReminderRepository(uow.connection).forget_before(uow.now - KEPT_FOR)
