"""What habits do by themselves: keep the tallies of untouched habits from falling behind."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.jobs.table import Recurring, Task, enqueue
from daybeat.modules.habits.handlers import keep_tallies_up
from daybeat.modules.habits.ports import CalendarOf

KEEP_UP = "habits.keep_tallies_up"
AT_ONCE = 50
EVERY = timedelta(hours=6)


def keeping_up(calendar_of: CalendarOf) -> Recurring:
    """Give the task that goes on in small steps, so that it never holds the writer for long."""
    return Recurring(KEEP_UP, EVERY, _task(calendar_of))


def _task(calendar_of: CalendarOf) -> Task:
    def task(uow: UnitOfWork, args: Mapping[str, Any]) -> None:
        if keep_tallies_up(uow, calendar_of, limit=AT_ONCE) == AT_ONCE:
            step = int(args.get("step", 0)) + 1
            enqueue(uow, KEEP_UP, key=f"{KEEP_UP}:{uow.now.isoformat()}:{step}", run_at=uow.now, args={"step": step})

    return task
