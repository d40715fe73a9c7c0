"""The tables of moods."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, Text, Uuid

from daybeat.infra.db.schema import Instant, metadata

moods = Table(
    "moods",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("score", Integer, nullable=False),
    Column("note", Text),
    Column("tags", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("source", String(20), nullable=False),
    Column("prompt_id", Uuid),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant),
    Index("ix_moods_user_id_day_at", "user_id", "day", "at"),
)

mood_settings = Table(
    "mood_settings",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("faces", JSON, nullable=False),
    Column("share_on_wall", Boolean, nullable=False),
)
