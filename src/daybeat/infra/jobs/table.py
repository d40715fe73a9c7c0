"""The jobs table. It is the truth about work to do; whatever runs jobs may lose everything else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import JSON, Column, Index, Integer, Row, String, Table, Uuid, delete, select, update

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put_new
from daybeat.infra.events import quarantine
from daybeat.kit.ids import new_id

log = structlog.get_logger()

MOST_ATTEMPTS = 5

jobs = Table(
    "jobs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("args", JSON, nullable=False),
    Column("key", String(120), nullable=False, unique=True),
    Column("run_at", Instant, nullable=False),
    Column("attempt", Integer, nullable=False, default=0),
    Column("leased_until", Instant),  # somebody was told to run it, and has until then
    Column("done_at", Instant),
    Index("ix_jobs_done_at_run_at", "done_at", "run_at"),
)

Task = Callable[[UnitOfWork, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Recurring:
    """A task that runs again and again; each run plans the next one, whether it succeeds or not."""

    name: str
    every: timedelta
    task: Task

    def __call__(self, uow: UnitOfWork, args: Mapping[str, Any]) -> None:
        self.task(uow, args)


def enqueue(uow: UnitOfWork, name: str, *, key: str, run_at: datetime, args: Mapping[str, Any] | None = None) -> None:
    """Plan a job; a key that is already planned or done changes nothing."""
    planned = {"id": new_id(), "name": name, "args": dict(args or {}), "key": key, "run_at": run_at, "attempt": 0}
    put_new(uow.connection, jobs, planned)


def plan_next(uow: UnitOfWork, recurring: Recurring) -> None:
    """Make sure the next run of a recurring task is planned. Runs are numbered, so two starts plan it once."""
    number = int(uow.now.timestamp() // recurring.every.total_seconds()) + 1
    run_at = datetime.fromtimestamp(number * recurring.every.total_seconds(), tz=uow.now.tzinfo)
    enqueue(uow, recurring.name, key=f"{recurring.name}:{number}", run_at=run_at)


def run_due_job(tasks: Mapping[str, Task], uow: UnitOfWork) -> bool:
    """Run the job that has been due longest and mark it done; False when nothing is due."""
    due = jobs.c.done_at.is_(None), jobs.c.run_at <= uow.now
    oldest = select(jobs).where(*due).order_by(jobs.c.run_at).limit(1).with_for_update(skip_locked=True)
    row = uow.connection.execute(oldest).first()
    if row is not None:
        _run(tasks, row, uow)
    return row is not None


def claim_due_jobs(uow: UnitOfWork, lease: timedelta, most: int = 50) -> Sequence[Row[Any]]:
    """Lease jobs that are due, to be run by whoever is told to; gives their ids and names.

    A lease that runs out is given again: nothing depends on the telling.
    """
    free = jobs.c.leased_until.is_(None) | (jobs.c.leased_until <= uow.now)
    due = select(jobs.c.id).where(jobs.c.done_at.is_(None), jobs.c.run_at <= uow.now, free)
    chosen = due.order_by(jobs.c.run_at).limit(most).with_for_update(skip_locked=True).cte("chosen")
    lent = update(jobs).where(jobs.c.id.in_(select(chosen.c.id))).values(leased_until=uow.now + lease)
    return uow.connection.execute(lent.returning(jobs.c.id, jobs.c.name)).all()


def run_job(tasks: Mapping[str, Task], job_id: UUID, uow: UnitOfWork) -> bool:
    """Run one job unless it is done, or being done; tells whether it was run."""
    open_job = select(jobs).where(jobs.c.id == job_id, jobs.c.done_at.is_(None), jobs.c.run_at <= uow.now)
    row = uow.connection.execute(open_job.with_for_update(skip_locked=True)).first()
    if row is not None:
        _run(tasks, row, uow)
    return row is not None


def _run(tasks: Mapping[str, Task], row: Row[Any], uow: UnitOfWork) -> None:
    """Do the work and mark it done, in the transaction that has the row locked."""
    done = {"done_at": uow.now, "attempt": row.attempt + 1}
    task = tasks.get(row.name, _unknown)
    if isinstance(task, Recurring):
        plan_next(uow, task)
    try:
        with uow.attempt():
            task(uow, row.args)
    except Exception as failure:
        log.exception("job failed", job=row.name, attempt=row.attempt + 1)
        done = _after_failure(uow, row, failure)
    uow.connection.execute(update(jobs).where(jobs.c.id == row.id).values(leased_until=None, **done))


def _unknown(_uow: UnitOfWork, _args: Mapping[str, Any]) -> None:
    raise LookupError("this version of Daybeat has no such task")


def _after_failure(uow: UnitOfWork, row: Row[Any], failure: Exception) -> dict[str, Any]:
    attempt = row.attempt + 1
    if attempt < MOST_ATTEMPTS:
        return {"attempt": attempt, "run_at": uow.now + timedelta(seconds=10 * 4**attempt)}
    quarantine.set_aside(uow, reader=f"job:{row.name}", reference=row.key, content=row.args, error=failure)
    return {"attempt": attempt, "done_at": uow.now}


def forget_done_jobs(uow: UnitOfWork) -> None:
    """Drop jobs that were done a month ago."""
    uow.connection.execute(delete(jobs).where(jobs.c.done_at < uow.now - timedelta(days=30)))
