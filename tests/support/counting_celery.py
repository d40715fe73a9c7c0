"""The Celery of Daybeat with one more task, whose every effect is a row. Nothing keeps a second row out."""

import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from daybeat.bootstrap.celery import make_celery
from daybeat.bootstrap.settings import load_settings
from daybeat.infra.db.unit_of_work import UnitOfWork
from tests.support.counting_celery_names import COUNT


def count(uow: UnitOfWork, args: Mapping[str, Any]) -> None:
    """Take a moment, so that a kill finds somebody at work."""
    uow.connection.execute(text("INSERT INTO counted (word) VALUES (:word)"), dict(args))
    time.sleep(0.02)


app = make_celery(load_settings("worker"), [], {COUNT: count})
