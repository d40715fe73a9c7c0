"""The tables of reminders: what people want, what is due, what was claimed, what was asked."""

from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from daybeat.infra.db.schema import Instant, metadata

BY_SCHEDULE = UUID(int=0)

prompt_settings = Table(
    "prompt_settings",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("enabled", Boolean, nullable=False),
    Column("every_seconds", Integer),
    Column("times", JSON, nullable=False),
    Column("quiet_from", String(5)),
    Column("quiet_to", String(5)),
    Column("follow_up_seconds", Integer, nullable=False),
    Column("max_follow_ups", Integer, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("paused_until", Instant),
    Column("zone", String(64), nullable=False),
    Column("silences", Integer, nullable=False),
    Column("rests", Integer, nullable=False),
    Column("resting_until", Instant),
    Column("doubted", Boolean, nullable=False),
    Column("due_at", Instant),  # the key of the user's row among the dues, NULL without one
)

prompt_dues = Table(
    "prompt_dues",
    metadata,
    Column("due_at", Instant, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("ask_before", Instant, nullable=False),  # from then on it is too late, or something else forbids it
    # Clustered by time: what is due together lies together, so a claim is one sweep however many wait for later.
    PrimaryKeyConstraint("due_at", "user_id"),
    sqlite_with_rowid=False,
)

prompt_claims = Table(
    "prompt_claims",
    metadata,
    Column("no", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("ask_before", Instant, nullable=False),
)

prompts = Table(
    "prompts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("request_id", Uuid, nullable=False),  # BY_SCHEDULE unless the user asked to be asked
    Column("state", String(12), nullable=False),
    Column("asked_at", Instant),
    Column("expires_at", Instant),
    Column("step_at", Instant, index=True),  # when to follow up or to expire; NULL when nothing is to come
    Column("follow_ups", Integer, nullable=False),
    Column("follow_up_seconds", Integer, nullable=False),
    Column("max_follow_ups", Integer, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("reason", String(12)),
    Column("answered_at", Instant),
    Column("late", Boolean, nullable=False),
    Column("mood_id", Uuid),
    UniqueConstraint("user_id", "due_at", "request_id"),  # a slot is asked once
    Index("ix_prompts_user_id_state", "user_id", "state"),
)
