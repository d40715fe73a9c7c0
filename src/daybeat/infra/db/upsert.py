"""INSERT … ON CONFLICT, spelled for the engine at hand."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_on(connection: Connection, table: Table) -> Any:
    """Give the dialect's own insert, which knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
