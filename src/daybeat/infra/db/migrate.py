"""Bringing a database to this version's tables, with a copy of the old one kept beside it."""

import sqlite3
from datetime import datetime
from importlib import resources
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

MIGRATIONS = "daybeat.migrations"


def newest_revision() -> str:
    """Give the revision this version of Daybeat needs; files are numbered, so the last one is the newest."""
    files = (file.name for file in resources.files(f"{MIGRATIONS}.versions").iterdir())
    return max(name.split("_")[0] for name in files if name[0].isdigit())


def current_revision(engine: Engine) -> str | None:
    """Give the revision a database has, None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def upgrade(connection: Connection) -> None:
    """Run what is missing in this transaction. Alembic is only loaded when there is something to do."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(str(resources.files(MIGRATIONS)))))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def migrate(engine: Engine, backups: Path, now: datetime) -> bool:
    """Upgrade when needed; tells whether anything was done. Downgrades do not happen: the copy is the way back."""
    current = current_revision(engine)
    if current == newest_revision():
        return False
    if current is not None:
        _back_up(engine, backups / f"before-{newest_revision()}-{now:%Y%m%dT%H%M%S}.db")
    with engine.begin() as connection:
        upgrade(connection)
    return True


def _back_up(engine: Engine, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with engine.connect() as connection, sqlite3.connect(target) as copy:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)  # noqa: S101 - backups are SQLite's own
        source.backup(copy)
