"""INSERT … ON CONFLICT, spelled for the engine at hand and built once: building costs more than running."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_on(dialect: str, table: Table) -> Any:
    """Give the dialect's own insert, which knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def put(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Write a whole row, in place of one with the same primary key."""
    connection.execute(_put(connection.dialect.name, table), row)


def put_new(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Write a row unless one with the same unique values is there; tells whether it is new."""
    return connection.execute(_put_new(connection.dialect.name, table), row).first() is not None


@cache
def _put(dialect: str, table: Table) -> Any:
    statement = insert_on(dialect, table)
    rest = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest)


@cache
def _put_new(dialect: str, table: Table) -> Any:
    return insert_on(dialect, table).on_conflict_do_nothing().returning(*table.primary_key)
