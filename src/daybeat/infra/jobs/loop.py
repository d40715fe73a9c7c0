"""The embedded job runner: looks once a second, runs what is due."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.jobs.table import Recurring, Task, plan_next, run_due_job
from daybeat.kit.errors import DomainError

log = structlog.get_logger()

TICK = 1.0


class JobLoop:
    """Runs due jobs in this process."""

    def __init__(self, store: Store, recurring: Sequence[Recurring]) -> None:
        self._store = store
        self._recurring = recurring
        self._tasks: Mapping[str, Task] = {each.name: each for each in recurring}

    async def run(self) -> None:
        """Plan what recurs, then run what is due for ever. A database that is away is waited for."""
        planned = False
        while True:
            try:
                planned = planned or await self._plan()
                await self.run_due()
            except DomainError as trouble:
                log.warning("jobs wait", reason=str(trouble))
            except Exception:
                log.exception("jobs wait")
            await asyncio.sleep(TICK)

    async def _plan(self) -> bool:
        for each in self._recurring:
            await self._store.write(partial(plan_next, recurring=each))
        return True

    async def run_due(self) -> None:
        """Run everything that is due now."""
        while await self._store.write(partial(run_due_job, self._tasks)):
            pass
