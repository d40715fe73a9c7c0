"""The read model of lived days: what every habit day came to, copied from facts."""

from sqlalchemy import Column, Date, Float, Index, String, Table, Uuid

from daybeat.infra.db.schema import metadata

lived_days = Table(
    "insight_lived_days",
    metadata,
    Column("habit_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("state", String(10), nullable=False),
    Column("amount", Float),
    Index("ix_insight_lived_days_user_id_day", "user_id", "day"),
)
