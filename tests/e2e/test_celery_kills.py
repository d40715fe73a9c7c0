"""Workers and beats are killed while jobs are due: each job has exactly one effect."""

import os
import random
import time
from collections import Counter
from functools import partial
from pathlib import Path

import psycopg
import pytest

from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.jobs.table import enqueue
from tests.support.counting_celery_names import COUNT, MODULE
from tests.support.services import services
from tests.support.soak.roles import Role

KILLS = int(os.environ.get("DAYBEAT_CELERY_KILLS", "12"))
JOBS = 40 * KILLS
WITHIN = 150.0


def celery(folder: Path, settings: Settings) -> list[Role]:
    """Two workers and two beats."""
    environment = {
        "DAYBEAT_DATABASE_URL": _told(settings.database_url),
        "DAYBEAT_AMQP_URL": _told(settings.amqp_url),
        "DAYBEAT_SECRET_KEY": _told(settings.secret_key),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    worker = ("celery", "-A", MODULE, "worker", "--concurrency=1", "--loglevel=WARNING")
    beat = ("celery", "-A", MODULE, "beat", "--loglevel=WARNING")
    return [
        *(Role(f"worker-{n}", (*worker, f"--hostname=w{n}@here"), environment, folder) for n in (1, 2)),
        *(Role(f"beat-{n}", beat, environment, folder) for n in (1, 2)),
    ]


def plan_jobs(core: Core) -> None:
    def plan(uow: UnitOfWork, *, first: int) -> None:
        for number in range(first, first + 20):
            enqueue(uow, COUNT, key=f"count:{number}", run_at=uow.now, args={"word": str(number)})

    for first in range(0, JOBS, 20):
        core.store.write_now(partial(plan, first=first))


def effects(url: str) -> Counter[str]:
    with psycopg.connect(url) as database:
        return Counter(row[0] for row in database.execute("SELECT word FROM counted").fetchall())


@pytest.mark.e2e
def test_each_job_has_exactly_one_effect_whoever_is_killed(tmp_path: Path) -> None:
    dice = random.Random(7)  # noqa: S311
    with services().corner() as corner:
        settings = Settings(data_dir=tmp_path, **corner)  # type: ignore[arg-type]
        url = _told(settings.database_url)
        with open_core(settings) as core, psycopg.connect(url, autocommit=True) as database:
            database.execute("CREATE TABLE counted (word text)")
            roles = celery(tmp_path, settings)
            try:
                for role in roles:
                    role.launch()
                plan_jobs(core)
                for _ in range(KILLS):
                    time.sleep(dice.uniform(0.3, 1.5))
                    role = dice.choice(roles)
                    role.kill()
                    role.launch()
                until = time.monotonic() + WITHIN
                while sum(effects(url).values()) < JOBS and time.monotonic() < until:
                    time.sleep(0.5)
            finally:
                for role in roles:
                    role.kill()
        assert effects(url) == Counter(str(number) for number in range(JOBS))


def _told(secret: object) -> str:
    assert hasattr(secret, "get_secret_value")
    return str(secret.get_secret_value())
