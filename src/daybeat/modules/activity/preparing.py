"""Bringing the tables of activity up to date, on whichever database they live: they have a lineage of their own."""

import threading

from sqlalchemy import Connection, Engine, inspect, text

from daybeat.infra.db.migrate import Lineage, current_revision, newest_revision, revision_of, upgrade
from daybeat.kit.errors import DomainError, Kind

TABLES = Lineage("daybeat.migrations.activity", "activity_version")
EVENTS = "user_activities"


class NotOurs(DomainError):
    """Here stands a table `user_activities` of somebody else's: rename it, or give events another database."""

    kind = Kind.UNAVAILABLE


_ALONE = {
    "postgresql": "SELECT pg_advisory_xact_lock(7305823012)",
    "mysql": "SELECT get_lock('daybeat activity', 30)",
    "mariadb": "SELECT get_lock('daybeat activity', 30)",
}


_one_thread = threading.Lock()  # Alembic keeps what it works on in one place for all threads


def prepare(engine: Engine) -> None:
    """Run what is missing; of many processes that start together one does it."""
    with _one_thread:
        if current_revision(engine, TABLES) != newest_revision(TABLES):
            _prepare(engine)


def _prepare(engine: Engine) -> None:
    with engine.connect() as connection:
        _wait_for_others(connection)
        if revision_of(connection, TABLES) != newest_revision(TABLES):
            _check_whose(connection)
            upgrade(connection, TABLES)
        connection.commit()
        connection.invalidate()  # and with the connection goes the lock


def _check_whose(connection: Connection) -> None:
    """Touch nothing that somebody else has made, the activity tracker's own table least of all."""
    looking = inspect(connection)
    if looking.has_table(EVENTS) and "event_id" not in {each["name"] for each in looking.get_columns(EVENTS)}:
        raise NotOurs


def _wait_for_others(connection: Connection) -> None:
    statement = _ALONE.get(connection.dialect.name)
    if statement is not None:
        connection.execute(text(statement))
