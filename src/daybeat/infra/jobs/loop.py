"""The embedded job runner: looks once a second, runs what is due."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.jobs.table import Recurring, Task, plan_next, run_due_job

log = structlog.get_logger()

TICK = 1.0


def with_next_run(recurring: Recurring) -> Task:
    """Let a recurring task plan its next run when it runs."""

    def task(uow: UnitOfWork, args: Mapping[str, object]) -> None:
        plan_next(uow, recurring)
        recurring.task(uow, args)

    return task


class JobLoop:
    """Runs due jobs in this process."""

    def __init__(self, store: Store, tasks: Mapping[str, Task], recurring: Sequence[Recurring]) -> None:
        self._store = store
        self._recurring = recurring
        self._tasks = {**tasks, **{each.name: with_next_run(each) for each in recurring}}

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
