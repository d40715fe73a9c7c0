"""Carrying rows from SQLite to PostgreSQL with COPY, parents first."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    Text,
    Uuid,
    and_,
    cast,
    func,
    or_,
    select,
    text,
)

from daybeat.bootstrap.copying_ends import CannotCopy
from daybeat.bootstrap.readers import QUEUE_READERS
from daybeat.bootstrap.tables import metadata
from daybeat.infra.queues.table import queue_messages, queue_positions

BATCH = 10_000
NOT_COPIED = {"subscriber_offset", "queue_positions", "event_outbox", "processes"}
"""How far readers have come in this SQLite, what is on its way, and who is running: nothing of it is true elsewhere."""

Progress = Callable[[int], None]
Watch = Callable[[str, str, int], Progress]
"""Told a step, a table and its rows before work on them begins; gives what hears how many are done."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The rows of one table that are copied. JSON comes as it was written and stays so; ids as text, which is fast."""

    table: Table
    rows: Select[Any]

    @property
    def name(self) -> str:
        return self.table.name

    def key(self, row: Sequence[Any]) -> str:
        """Name a row for people."""
        named = zip(self.table.columns, row, strict=True)
        return ", ".join(f"{column.name}={value}" for column, value in named if column.primary_key)


def parts(source: Connection) -> list[Part]:
    """List what is copied, in an order in which no row comes before one it refers to."""
    tables = [table for table in metadata.sorted_tables if table.name not in NOT_COPIED]
    limits = {queue_messages: _unread(source)}
    every = ((table, select(*(_plain(column) for column in table.columns))) for table in tables)
    return [Part(table, rows.where(limits[table]) if table in limits else rows) for table, rows in every]


def count_rows(source: Connection, part: Part) -> int:
    return source.execute(select(func.count()).select_from(part.rows.subquery())).scalar_one()


def copy_part(part: Part, source: Connection, target: Connection, progress: Progress) -> None:
    """Copy a table, batch by batch."""
    done = 0
    for batch in source.execute(part.rows.execution_options(yield_per=BATCH)).partitions():
        _put(part, batch, target)
        done += len(batch)
        progress(done)


def raise_numbers(source: Connection, target: Connection) -> None:
    """Let the target go on counting where the source has come, so that no number is given twice."""
    given = {row.name: row.seq for row in source.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    for column in _numbered(target):
        name = column.table.name
        highest = max(target.execute(select(func.max(column))).scalar_one() or 0, given.get(name, 0))
        if highest:
            target.execute(select(func.setval(func.pg_get_serial_sequence(name, column.name), highest)))


def _plain(column: Column[Any]) -> ColumnElement[Any]:
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON | Uuid) else column


def _unread(source: Connection) -> ColumnElement[bool]:
    """Tell which messages their queue's reader has not read: the relay publishes whatever it finds."""
    reached = {(row.queue, row.reader): row.no for row in source.execute(select(queue_positions))}
    positions = {each.queue: reached.get((each.queue, each.name), 0) for each in QUEUE_READERS}
    queue, no = queue_messages.c.queue, queue_messages.c.no
    behind = [and_(queue == name, no > position) for name, position in positions.items()]
    return or_(queue.not_in(positions), *behind)


def _put(part: Part, batch: Sequence[Row[Any]], target: Connection) -> None:
    driver = target.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - the target is PostgreSQL
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in part.table.columns)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(part.name), columns)
    last = 0
    try:
        with driver.cursor() as cursor, cursor.copy(into) as copy:
            for last, row in enumerate(batch):  # noqa: B007 - tells which row it was
                copy.write_row(row)
    except (psycopg.DataError, psycopg.IntegrityError) as refusal:
        raise _refused(part, batch, last, refusal) from refusal


def _refused(part: Part, batch: Sequence[Row[Any]], last: int, refusal: psycopg.Error) -> CannotCopy:
    """Name the row: the driver stops at it, the server says its line."""
    line = re.search(r"line (\d+)", refusal.diag.context or "")
    row = batch[int(line[1]) - 1 if line else last]
    reason = str(refusal).strip().splitlines()[0]
    return CannotCopy(f"PostgreSQL refuses the row {part.key(row)} of {part.name}: {reason}.")


def _numbered(target: Connection) -> Iterator[Column[Any]]:
    """Give the columns that the target numbers by itself."""
    for table in metadata.sorted_tables:
        for column in table.primary_key:
            if isinstance(column.type, Integer):
                sequence = select(func.pg_get_serial_sequence(table.name, column.name))
                if target.execute(sequence).scalar_one() is not None:
                    yield column
