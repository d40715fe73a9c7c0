"""The tables of the wall: what was counted, what that comes to, and app moods that wait for company."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Uuid

from daybeat.infra.db.schema import Instant, metadata

# The truth: one row a message that was counted. It says nothing of who sent it, because nobody knows.
wall_messages = Table(
    "wall_messages",
    metadata,
    Column("no", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("kind", String(4), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("minute", Integer, nullable=False),  # of sent_at, since 1970: so that the database can count by minutes
    Column("counted_at", Instant, nullable=False),
)

# What it comes to, kept so that looking costs the same after ten years as after ten minutes.
wall_counts = Table(
    "wall_counts",
    metadata,
    Column("kind", String(4), primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

wall_minutes = Table(
    "wall_minutes",
    metadata,
    Column("minute", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(4), primary_key=True),
    Column("n", Integer, nullable=False),
)

# Moods from the app that were shared, until enough people wait for nobody to be singled out.
wall_waiting = Table(
    "wall_waiting",
    metadata,
    Column("mood_id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("kind", String(4), nullable=False),
)
