"""The embedded job runner: looks once a second, runs what is due."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.jobs.table import Recurring, Task, plan_next, run_due_job

log = structlog.get_logger()

TICK = 1.0


class JobLoop:
    """Runs due jobs in this process."""

    def __init__(self, store: Store, recurring: Sequence[Recurring]) -> None:
        self._store = store
        self._recurring = recurring
        self._tasks: Mapping[str, Task] = {each.name: each for each in recurring}

    async def run(self) -> None:
        """Plan what recurs, then run what is due for ever."""
        for each in self._recurring:
            await self._store.write(partial(plan_next, recurring=each))
        while True:
            try:
                await self.run_due()
            except Exception:
                log.exception("jobs wait")
            await asyncio.sleep(TICK)

    async def run_due(self) -> None:
        """Run everything that is due now."""
        while await self._store.write(partial(run_due_job, self._tasks)):
            pass
