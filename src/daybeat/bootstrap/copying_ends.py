"""The two ends of a copy: a data folder nobody works on, and a PostgreSQL database in which nothing stands."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Error as SQLiteError

import psycopg
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from daybeat.bootstrap.shared import MIGRATING
from daybeat.bootstrap.tables import metadata
from daybeat.infra.db.migrate import current_revision, newest_revision, upgrade
from daybeat.infra.db.postgresql import CONNECT_SECONDS, Careless, check_careful, dialect_url
from daybeat.infra.db.sqlite import DataFolderBusy, DataFolderLock, open_sqlite

SQLITE, DATABASE = "sqlite:///", "daybeat.db"
# A long copy is no reason to give up; a lock that somebody else holds on an empty database is.
_SESSION = (
    "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=10s "
    "-c synchronous_commit=on -c timezone=UTC"
)


class CannotCopy(Exception):
    """Nothing was copied; the message says why, and what to do."""


@contextmanager
def opened_folder(given: str) -> Iterator[Connection]:
    """Open the database of a folder and keep every Daybeat away from it. All that is read is one snapshot."""
    path = database_of(given)
    try:
        with DataFolderLock(path.parent), _in_words(f"{path} cannot be read", SQLiteError), _opened(path) as connection:
            yield connection
    except DataFolderBusy:
        raise CannotCopy(f"A Daybeat works on {path.parent}: stop it, so that nothing changes meanwhile.") from None


def database_of(given: str) -> Path:
    """Find the database of a data folder, or the one that an address names."""
    named = Path(given.removeprefix(SQLITE))
    path = named / DATABASE if named.is_dir() else named
    if not path.is_file():
        raise CannotCopy(f"There is no database {path}: name a data folder, or {SQLITE}path/to/{DATABASE}.")
    return path


@contextmanager
def opened_target(url: str) -> Iterator[Connection]:
    """Open an empty database with this version's tables, in one transaction that holds all of it."""
    engine = _engine(url)
    try:
        with _in_words("The target does not take it", psycopg.Error):
            check_careful(engine)
            with engine.begin() as connection:
                _make_tables(connection)
                yield connection
    except Careless as reason:
        raise CannotCopy(str(reason)) from None
    finally:
        engine.dispose()


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    engine = open_sqlite(path, connections=1)
    try:
        _check_revision(current_revision(engine), path)
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection
    finally:
        engine.dispose()


def _check_revision(found: str | None, path: Path) -> None:
    if found is None:
        raise CannotCopy(f"{path} is no database of Daybeat's.")
    if found < newest_revision():
        raise CannotCopy(f"{path} was written by an older Daybeat: run `daybeat migrate` on it first.")
    if found > newest_revision():
        raise CannotCopy(f"{path} was written by a newer Daybeat: copy it with that one.")


def _engine(url: str) -> Engine:
    """Make ready to connect. A server that is slow to take a batch is waited for, unlike in a request."""
    try:
        address = dialect_url(url)
    except ArgumentError:
        raise CannotCopy("The target's address cannot be read: it looks like postgresql://user@host/name.") from None
    if address.drivername != "postgresql+psycopg":
        raise CannotCopy("The target has to be a PostgreSQL: postgresql://user@host/name.")
    told = {"connect_timeout": CONNECT_SECONDS, "application_name": "daybeat copy", "options": _SESSION}
    return create_engine(address, poolclass=NullPool, connect_args=told)


def _make_tables(target: Connection) -> None:
    """Bring the tables up to date and keep everybody else out of them; a row in one of them ends it all."""
    target.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATING})
    there = sorted(set(inspect(target).get_table_names()) & set(metadata.tables))
    if there:
        target.execute(text(f"LOCK TABLE {', '.join(there)} IN EXCLUSIVE MODE"))
        _refuse_rows(target, there)
    upgrade(target)


def _refuse_rows(target: Connection, tables: Sequence[str]) -> None:
    filled = [each for each in tables if target.execute(metadata.tables[each].select().limit(1)).first() is not None]
    if filled:
        raise CannotCopy(f"The target holds rows already, in {', '.join(filled)}: give an empty database.")


@contextmanager
def _in_words(what: str, kind: type[Exception]) -> Iterator[None]:
    """Say in one line what one of the two databases said, without the statement and its values."""
    try:
        yield
    except (DBAPIError, kind) as trouble:
        said = trouble.orig if isinstance(trouble, DBAPIError) else trouble
        if not isinstance(said, kind):
            raise
        raise CannotCopy(f"{what}: {str(said).strip().splitlines()[0]}.") from trouble
