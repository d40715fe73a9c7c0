"""Bringing a database to this version's tables, with a copy of the old one kept beside it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table


@dataclass(frozen=True, slots=True)
class Lineage:
    """Tables that are migrated together: the package with the steps, and the table that says how far a database is."""

    steps: str
    table: str


MAIN = Lineage("daybeat.migrations.versions", "alembic_version")
_ENTRY = "daybeat.migrations"


def newest_revision(lineage: Lineage = MAIN) -> str:
    """Give the revision this version of Daybeat needs; files are numbered, so the last one is the newest."""
    files = (file.name for file in resources.files(lineage.steps).iterdir())
    return max(name.split("_")[0] for name in files if name[0].isdigit())


def current_revision(engine: Engine, lineage: Lineage = MAIN) -> str | None:
    """Give the revision a database has, None for an empty one."""
    with engine.connect() as connection:
        return revision_of(connection, lineage)


def revision_of(connection: Connection, lineage: Lineage = MAIN) -> str | None:
    """Give the revision a database has, None for an empty one."""
    if not inspect(connection).has_table(lineage.table):
        return None
    return connection.execute(select(column("version_num")).select_from(table(lineage.table))).scalar_one_or_none()


def upgrade(connection: Connection, lineage: Lineage = MAIN) -> None:
    """Run what is missing in this transaction. Alembic is only loaded when there is something to do."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(str(resources.files(_ENTRY)))))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(Path(str(resources.files(lineage.steps)))))
    config.attributes.update(connection=connection, table=lineage.table)
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
