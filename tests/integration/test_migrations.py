"""Migrations and tables say the same, and an old database is kept before it is changed."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from daybeat.bootstrap.tables import metadata
from daybeat.infra.db.migrate import MAIN, Lineage, current_revision, migrate, newest_revision
from daybeat.infra.db.sqlite import open_sqlite
from daybeat.modules.activity import models
from daybeat.modules.activity.preparing import TABLES, prepare

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_the_migrations_make_exactly_the_tables(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "daybeat.db", connections=1)
    assert migrate(engine, tmp_path / "backups", NOW)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert current_revision(engine) == newest_revision()


@pytest.mark.parametrize("lineage", [MAIN, TABLES], ids=["everything", "activity"])
def test_the_newest_file_is_the_head(lineage: Lineage) -> None:
    steps = Path(__file__).parents[2] / "src" / lineage.steps.replace(".", "/")
    scripts = ScriptDirectory(str(steps.parent), version_locations=[str(steps)])
    assert scripts.get_current_head() == newest_revision(lineage)


def test_activitys_migrations_make_exactly_its_tables(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "activity.db", connections=1)
    prepare(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": TABLES.table})
        assert compare_metadata(context, models.metadata) == []


def test_a_database_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "daybeat.db", connections=1)
    migrate(engine, tmp_path / "backups", NOW)
    assert not migrate(engine, tmp_path / "backups", NOW)
    assert not (tmp_path / "backups").exists()


def test_an_older_database_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "daybeat.db") as older:
        older.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        older.execute("INSERT INTO alembic_version VALUES ('0000')")
    engine = open_sqlite(tmp_path / "daybeat.db", connections=1)
    with pytest.raises(CommandError):  # there never was a revision 0000 to go on from
        migrate(engine, tmp_path / "backups", NOW)
    (copy,) = (tmp_path / "backups").iterdir()
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
