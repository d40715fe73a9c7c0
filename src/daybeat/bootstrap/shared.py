"""Opening PostgreSQL and Redis for one of many processes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import Engine, text
from sqlalchemy.exc import InterfaceError, OperationalError

from daybeat.bootstrap.settings import ConfigurationError, Settings
from daybeat.infra.cache.redis_link import RedisLink
from daybeat.infra.db.migrate import current_revision, newest_revision, upgrade
from daybeat.infra.db.postgresql import Careless, check_careful, open_postgresql
from daybeat.infra.db.shared import SharedStore
from daybeat.kit.clock import Clock

log = structlog.get_logger()

WAIT_FOR_DATABASE = 60.0
LOOK_EVERY = 0.5
MIGRATING = 7_305_823_011
"""The number of the lock under which one process migrates while the others wait."""


@contextmanager
def open_shared(settings: Settings, clock: Clock, role: str) -> Iterator[tuple[SharedStore, RedisLink | None]]:
    """Open the store with its tables up to date. A database that is not up yet is waited for."""
    assert settings.database_url is not None  # noqa: S101 - settings without one are embedded
    url = settings.database_url.get_secret_value()
    _prepare(url)
    store = SharedStore(url, clock, name=f"daybeat {role}")
    redis = RedisLink(settings.redis_url.get_secret_value()) if settings.redis_url else None
    try:
        yield store, redis
    finally:
        store.close()


def _prepare(url: str) -> None:
    engine = open_postgresql(url, connections=1, name="daybeat migrate")
    try:
        _wait_for(engine)
        check_careful(engine)
        if current_revision(engine) != newest_revision():
            _migrate(engine)
    except Careless as reason:
        raise ConfigurationError(str(reason)) from None
    finally:
        engine.dispose()


def _wait_for(engine: Engine) -> None:
    until, said = time.monotonic() + WAIT_FOR_DATABASE, False
    while True:
        try:
            with engine.connect():
                return
        except (OperationalError, InterfaceError) as trouble:
            if time.monotonic() > until:
                reason = str(trouble.orig).strip().splitlines()[0]
                raise ConfigurationError(f"The database of DAYBEAT_DATABASE_URL does not answer: {reason}") from None
            if not said:
                said = True
                log.warning("waiting for the database")
            time.sleep(LOOK_EVERY)


def _migrate(engine: Engine) -> None:
    """Bring the tables up to date; of many processes that start together one does it."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATING})
        upgrade(connection)
