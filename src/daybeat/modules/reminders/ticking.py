"""The clock of reminders: looks once a second, and writes only when there is something to do."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.clock import Clock
from daybeat.kit.errors import DomainError
from daybeat.modules.reminders.asking import ask_claimed, claim_due, pass_over_late, take_steps
from daybeat.modules.reminders.repository import PromptRepository

log = structlog.get_logger()

TICK = 1.0
KEPT_FOR = timedelta(days=400)
STEPS: tuple[Callable[[UnitOfWork], int], ...] = (take_steps, claim_due, ask_claimed, pass_over_late)
"""What was not answered expires before the next prompt is put. Each is run until it finds nothing."""


class PromptTicker:
    """Puts prompts that are due, in this process."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def run(self) -> None:
        """Tick for ever; a database that is away is tried again at the next tick."""
        while True:
            try:
                await self.tick()
            except DomainError as trouble:
                log.warning("prompts wait", reason=str(trouble))
            except Exception:
                log.exception("prompts wait")
            await asyncio.sleep(TICK - self._clock.now().timestamp() % TICK)  # slots are whole seconds: meet them

    async def tick(self) -> None:
        """Do everything that is due now."""
        now = self._clock.now()
        if await self._store.read(lambda connection: PromptRepository(connection).anything_to_do(now)):
            for step in STEPS:
                while await self._store.write(step):
                    pass


def tick_now(store: Store, clock: Clock) -> None:
    """Do the same from a plain thread."""
    now = clock.now()
    if store.read_now(lambda connection: PromptRepository(connection).anything_to_do(now)):
        for step in STEPS:
            while store.write_now(step):
                pass


def forget_old_prompts(uow: UnitOfWork) -> None:
    """Drop prompts that are over for more than a year."""
    PromptRepository(uow.connection).forget_before(uow.now - KEPT_FOR)
