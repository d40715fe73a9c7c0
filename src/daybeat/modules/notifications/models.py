"""The tables of notifications: where people are, what they are told, and their own words for it."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint, Uuid

from daybeat.infra.db.schema import Instant, metadata

ANY_CHANNEL = "any"

notification_channels = Table(
    "notification_channels",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("name", String(100), nullable=False),
    Column("address", JSON, nullable=False),
    Column("place", String(64), unique=True),  # what only one account can have, such as a chat
    Column("kinds", JSON, nullable=False),  # what is told here
    Column("language", String(8), nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("state", String(12), nullable=False),
    Column("failing_since", Instant),
    Column("last_error", String(300)),
    Column("last_sent_at", Instant),
    Column("hold_until", Instant),  # nothing is sent here before: somebody is sending, or it was asked for
    Column("created_at", Instant, nullable=False),
)

notification_deliveries = Table(
    "notification_deliveries",
    metadata,
    Column("no", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),  # the order in which they were made
    Column("id", Uuid, nullable=False, unique=True),
    Column("user_id", Uuid, nullable=False),
    Column("channel_id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", Uuid),  # the reminder or prompt it speaks of
    Column("habit_id", Uuid),
    Column("day", String(10)),  # the habit day it speaks of
    Column("title", String(300), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", String(300)),
    Column("attempts", Integer, nullable=False),
    Column("uncertain", Integer, nullable=False),  # times the sender ended before it could write down what happened
    Column("waiting_since", Instant),  # NULL when nothing is to come; keeps the order of a channel
    Column("expires_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("reference", String(200)),
    UniqueConstraint("event_id", "channel_id"),  # a fact is told once in one place
    Index("ix_notification_deliveries_waiting_since_no", "waiting_since", "no"),
    Index("ix_notification_deliveries_user_id_no", "user_id", "no"),
    Index("ix_notification_deliveries_channel_id_state", "channel_id", "state"),
)

notification_templates = Table(
    "notification_templates",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("channel", String(16), primary_key=True),  # ANY_CHANNEL, or a kind of channel
    Column("title", String(500), nullable=False),
    Column("body", Text, nullable=False),
)
