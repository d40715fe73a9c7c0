"""Jobs: planned once, done once, tried again, and set aside when nothing helps."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Row, insert, select

from daybeat.bootstrap.core import Core, recurring_tasks
from daybeat.contracts.accounts import PasswordChanged
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.log import newest_seq
from daybeat.infra.events.quarantine import set_aside_items
from daybeat.infra.jobs.table import (
    MOST_ATTEMPTS,
    Recurring,
    Task,
    enqueue,
    forget_done_jobs,
    jobs,
    plan_next,
    run_due_job,
)
from daybeat.modules.accounts.models import invites
from tests.support.clock import SetClock

NAME = "test.job"


class Worker:
    """Does one kind of job, and fails while it is told to."""

    def __init__(self, core: Core) -> None:
        self.core, self.done, self.fails = core, 0, False
        self.clock: SetClock = core.clock  # type: ignore[assignment]

    def task(self, uow: UnitOfWork, args: Mapping[str, Any]) -> None:
        uow.connection.execute(insert(invites).values(code_hash=f"{args} {uow.now}".encode(), expires_at=uow.now))
        uow.record(PasswordChanged(user_id=UUID(int=1)))
        if self.fails:
            raise RuntimeError("not today")
        self.done += 1

    def run(self, task: Task | None = None) -> int:
        """Run what is due; gives how many jobs ran, well or not."""
        ran = 0
        while self.core.store.write_now(partial(run_due_job, {NAME: task or self.task})):
            ran += 1
        return ran

    def plan(self, key: str = "a", **later: float) -> None:
        run_at = self.clock.now() + timedelta(**later)
        self.core.store.write_now(partial(enqueue, name=NAME, key=key, run_at=run_at, args={"key": key}))

    def rows(self) -> list[Row[Any]]:
        return self.core.store.read_now(lambda c: list(c.execute(select(jobs).order_by(jobs.c.run_at)).all()))


@pytest.fixture
def worker(core: Core) -> Worker:
    return Worker(core)


def test_a_job_runs_once_when_it_is_due(worker: Worker) -> None:
    worker.plan(minutes=5)
    assert worker.run() == 0
    worker.clock.forward(minutes=5)
    assert (worker.run(), worker.run()) == (1, 0)
    assert worker.done == 1


def test_the_same_key_is_planned_once_even_when_it_is_done(worker: Worker) -> None:
    worker.plan("a")
    worker.plan("a")
    worker.run()
    worker.plan("a")
    worker.run()
    assert worker.done == 1


def test_a_job_that_fails_is_tried_again_later_and_leaves_nothing_behind(worker: Worker) -> None:
    worker.plan()
    worker.fails = True
    assert worker.run() == 1
    assert worker.core.store.read_now(lambda c: c.execute(select(invites)).all()) == []
    assert worker.core.store.read_now(newest_seq) == 0
    worker.fails = False
    assert worker.run() == 0
    worker.clock.forward(minutes=1)
    assert worker.run() == 1
    assert worker.done == 1


def test_a_job_that_always_fails_ends_in_quarantine(worker: Worker) -> None:
    worker.plan()
    worker.fails = True
    tries = 0
    for _ in range(MOST_ATTEMPTS + 3):
        tries += worker.run()
        worker.clock.forward(hours=3)
    assert tries == MOST_ATTEMPTS
    (item,) = worker.core.store.read_now(set_aside_items)
    assert (item.reader, item.reference, item.error) == (f"job:{NAME}", "a", "RuntimeError: not today")


def test_a_failing_job_does_not_stop_the_next(worker: Worker) -> None:
    worker.plan("a")
    worker.plan("b", seconds=1)
    worker.clock.forward(seconds=1)

    def fail_first(uow: UnitOfWork, args: Mapping[str, Any]) -> None:
        worker.fails = args["key"] == "a"
        worker.task(uow, args)

    assert worker.run(fail_first) == 2
    assert worker.done == 1


def test_two_starts_plan_a_recurring_job_once(worker: Worker) -> None:
    recurring = Recurring(NAME, timedelta(hours=6), worker.task)
    worker.core.store.write_now(partial(plan_next, recurring=recurring))
    worker.core.store.write_now(partial(plan_next, recurring=recurring))
    assert len(worker.rows()) == 1


def test_a_recurring_job_plans_its_next_run(worker: Worker) -> None:
    recurring = Recurring(NAME, timedelta(hours=6), worker.task)
    worker.core.store.write_now(partial(plan_next, recurring=recurring))
    for _ in range(3):
        worker.clock.forward(hours=6)
        worker.run(recurring)
    assert worker.done == 3
    assert len(worker.rows()) == 4


def test_a_recurring_job_that_keeps_failing_still_recurs(worker: Worker) -> None:
    recurring = Recurring(NAME, timedelta(hours=6), worker.task)
    worker.core.store.write_now(partial(plan_next, recurring=recurring))
    worker.fails = True
    for _ in range(MOST_ATTEMPTS + 2):
        worker.clock.forward(hours=6)
        worker.run(recurring)
    worker.fails = False
    worker.clock.forward(hours=6)
    worker.run(recurring)
    assert worker.done >= 1


def _run_without_arguments(task: Task, uow: UnitOfWork) -> None:
    task(uow, {})


def test_daybeat_keeps_its_own_house(core: Core) -> None:
    names = {each.name for each in recurring_tasks()}
    assert names == {"habits.keep_tallies_up", "insights.think", "reminders.tell_reports", "core.housekeeping"}
    for each in recurring_tasks():
        core.store.write_now(partial(_run_without_arguments, each.task))


def test_done_jobs_are_forgotten_after_a_month(worker: Worker) -> None:
    worker.plan()
    worker.run()
    worker.clock.forward(days=29)
    worker.core.store.write_now(forget_done_jobs)
    assert len(worker.rows()) == 1
    worker.clock.forward(days=2)
    worker.core.store.write_now(forget_done_jobs)
    assert worker.rows() == []
