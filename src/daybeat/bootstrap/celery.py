"""Celery as the job engine of separate services.

The jobs table is the truth: what is due is leased and told to a worker, and the worker does it in the transaction that
marks it done. A message may get lost or come twice, a worker or the beat may be killed at any moment, and there may be
two beats: a lease that runs out is told again, and a job that is done is not done again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from celery import Celery
from celery.signals import worker_process_init, worker_process_shutdown

from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.logs import set_up_logs
from daybeat.bootstrap.reminders import REMINDED
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.processes import presence_row, write_presence
from daybeat.infra.jobs.table import Recurring, Task, claim_due_jobs, plan_next, run_job
from daybeat.modules.reminders.habit_reminders.ticking import tell_now
from daybeat.modules.reminders.ticking import tick_now

QUEUE = "daybeat.jobs"
TICK = 1.0  # seconds
LEASE = timedelta(seconds=60)
STALE = 5.0  # seconds after which a tick that nobody took is worth nothing: the next one does the same
HARD_LIMIT = 300  # seconds

CLAIM = "daybeat.claim_due_jobs"
PROMPTS = "daybeat.put_due_prompts"
REMINDERS = "daybeat.tell_due_reminders"


def make_celery(settings: Settings, recurring: Sequence[Recurring], tasks: Mapping[str, Task]) -> Celery:
    """Make the application for `celery -A`; each worker process opens the database for itself.

    `tasks` are those that jobs name; what is recurring is planned by itself.
    """
    broker = settings.celery_broker_url or settings.amqp_url
    app = Celery("daybeat", broker=broker.get_secret_value() if broker else None, set_as_current=False)
    app.conf.update(CONFIGURATION)
    opened = _Opened(settings)
    worker_process_init.connect(opened.open, weak=False)
    worker_process_shutdown.connect(opened.close, weak=False)
    _add_ticks(app, opened, recurring)
    for name in tasks:
        app.task(_running(name, tasks, opened), name=name)
    return app


CONFIGURATION: Mapping[str, Any] = {
    "task_default_queue": QUEUE,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_time_limit": HARD_LIMIT,
    "task_ignore_result": True,
    "task_send_sent_event": True,
    "worker_send_task_events": True,
    "worker_prefetch_multiplier": 1,
    "worker_hijack_root_logger": False,
    "worker_cancel_long_running_tasks_on_connection_loss": True,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_transport_options": {"confirm_publish": True, "connect_timeout": 5},
    "broker_heartbeat": 10,
    "beat_scheduler": "celery.beat:Scheduler",  # in memory: a file of its own could be torn by a kill
    "beat_max_loop_interval": TICK,
    "beat_schedule": {
        "claim due jobs": {"task": CLAIM, "schedule": TICK, "options": {"expires": STALE}},
        "put due prompts": {"task": PROMPTS, "schedule": TICK, "options": {"expires": STALE}},
        "tell due reminders": {"task": REMINDERS, "schedule": TICK, "options": {"expires": STALE}},
    },
}


class _Opened:
    """The database as one worker process has it, after the fork."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._core: Core | None = None
        self._closing: Callable[..., Any] | None = None

    @property
    def core(self) -> Core:
        if self._core is None:
            self.open()
        assert self._core is not None  # noqa: S101 - opened just now
        return self._core

    def open(self, **_: Any) -> None:
        if self._core is None:
            set_up_logs(self._settings)
            opening = open_core(self._settings, role="worker")
            self._core, self._closing = opening.__enter__(), partial(opening.__exit__, None, None, None)
            self._row = presence_row(self._core.clock, "worker")

    def close(self, **_: Any) -> None:
        if self._closing is not None:
            self._closing()
        self._core = self._closing = None

    def say_so(self) -> None:
        """Let others know that this worker process is there."""
        self.core.store.write_now(partial(write_presence, self._row, {}))


def _add_ticks(app: Celery, opened: _Opened, recurring: Sequence[Recurring]) -> None:
    def claim() -> None:
        """Plan what recurs, lease what is due, and tell the workers."""
        opened.say_so()
        for each in recurring:
            opened.core.store.write_now(partial(plan_next, recurring=each))
        for job in opened.core.store.write_now(partial(claim_due_jobs, lease=LEASE)):
            app.send_task(job.name, [str(job.id)])

    def put_due_prompts() -> None:
        """Ask whoever is to be asked now."""
        tick_now(opened.core.store, opened.core.clock)

    def tell_due_reminders() -> None:
        """Remind whoever is to be reminded now."""
        tell_now(opened.core.store, opened.core.clock, REMINDED)

    app.task(claim, name=CLAIM)
    app.task(put_due_prompts, name=PROMPTS)
    app.task(tell_due_reminders, name=REMINDERS)


def _running(name: str, tasks: Mapping[str, Task], opened: _Opened) -> Callable[[str], bool]:
    def run(job_id: str) -> bool:
        return opened.core.store.write_now(partial(run_job, tasks, UUID(job_id)))

    run.__name__ = name.replace(".", "_")
    return run
