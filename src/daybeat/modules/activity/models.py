"""The tables of activity. They have a database of their own if one is set, on SQLite, PostgreSQL or MariaDB/MySQL."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeDecorator

from daybeat.infra.db import schema

metadata = MetaData(naming_convention=schema.metadata.naming_convention)


class Key(TypeDecorator[UUID]):
    """A UUID. MariaDB and MySQL keep its sixteen bytes: their texts compare in ways nobody wants of a key."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(mysql.BINARY(16) if _is_mysql(dialect) else Uuid())

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        return value.bytes if value is not None and _is_mysql(dialect) else value

    def process_result_value(self, value: Any, _dialect: Dialect) -> UUID | None:
        return UUID(bytes=value) if isinstance(value, bytes) else value


class Instant(schema.Instant):
    """An instant with microseconds, on every engine."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(mysql.DATETIME(fsp=6)) if _is_mysql(dialect) else self.impl_instance

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        bound = super().process_bind_param(value, dialect)
        return bound.replace(tzinfo=None) if bound is not None and _is_mysql(dialect) else bound


def _is_mysql(dialect: Dialect) -> bool:
    return dialect.name in {"mysql", "mariadb"}


Serial = BigInteger().with_variant(Integer, "sqlite")
Exact = String(50).with_variant(mysql.VARCHAR(50, charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb")
Body = LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")

user_activities = Table(
    "user_activities",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("user_id", BigInteger, nullable=False),
    Column("event_type", Exact, nullable=False),
    Column("timestamp", Instant, nullable=False),
    Column("metadata", JSON, key="said"),
    Column("event_id", Key, nullable=False),
    Column("account_id", Key, nullable=False),  # whose token sent it; all zeros: sent without one
    Column("received_at", Instant, nullable=False),
    UniqueConstraint("event_id", "account_id"),
    Index("ix_user_activities_account_id_id", "account_id", "id"),
    sqlite_autoincrement=True,
)
"""What the recorder stores. Numbers are given in the order of the commits, since one batch is written at a time."""

activity_turn = Table("activity_turn", metadata, Column("no", Integer, primary_key=True, autoincrement=False))
"""One row, which whoever writes holds until the commit."""

activity_counts = Table(
    "activity_counts",
    metadata,
    Column("account_id", Key, primary_key=True),
    Column("event_type", Exact, primary_key=True),
    Column("hour", Instant, primary_key=True),
    Column("n", BigInteger, nullable=False),
)
"""How many events of a type happened in an hour (UTC)."""

activity_refused = Table(
    "activity_refused",
    metadata,
    Column("id", Key, primary_key=True),
    Column("account_id", Key, nullable=False),
    Column("body", Body, nullable=False),
    Column("reason", Text, nullable=False),
    Column("since", Instant, nullable=False, index=True),
)
"""What came over the queue and is no event. The id is made from the message, so that it stands here once."""
