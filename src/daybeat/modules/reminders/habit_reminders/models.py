"""The tables of habit reminders: what people want, what is due, what was claimed, and what became of every slot."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from daybeat.infra.db.schema import Instant, metadata

reminder_settings = Table(
    "reminder_settings",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("enabled", Boolean, nullable=False),
    Column("quiet_from", String(5)),
    Column("quiet_to", String(5)),
    Column("vacation_until", Date),  # the last day of it
    Column("milestones", Boolean, nullable=False),
    Column("daily_summary", String(5)),
    Column("weekly_day", Integer),
    Column("weekly_at", String(5)),
    Column("monthly_day", Integer),
    Column("monthly_at", String(5)),
)

habit_nudges = Table(
    "habit_nudges",
    metadata,
    Column("habit_id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("enabled", Boolean, nullable=False),
    Column("own", Integer, nullable=False),  # minutes of the day
    Column("at", Integer, nullable=False),
    Column("weights", JSON, nullable=False),
    Column("moved_on", Date),
    Column("seen", Integer, nullable=False),  # check-ins it learned from
    Column("asked_on", Date),  # the day of the last nudge, until the user says something about that day
    Column("silences", Integer, nullable=False),
    Column("rests", Integer, nullable=False),
    Column("resting_until", Instant),
    Column("doubted", Boolean, nullable=False),
)

reminder_dues = Table(
    "reminder_dues",
    metadata,
    Column("due_at", Instant, nullable=False),
    Column("habit_id", Uuid, nullable=False, index=True),
    Column("why", String(12), nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("tell_before", Instant, nullable=False),  # from then on it is too late, or something else forbids it
    # Clustered by time, as the dues of prompts are: a claim is one sweep.
    PrimaryKeyConstraint("due_at", "habit_id", "why"),
    sqlite_with_rowid=False,
)

reminder_claims = Table(
    "reminder_claims",
    metadata,
    Column("no", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("habit_id", Uuid, nullable=False),
    Column("why", String(12), nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("tell_before", Instant, nullable=False),
)

habit_reminders = Table(
    "habit_reminders",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("habit_id", Uuid, nullable=False),
    Column("title", String(100), nullable=False),
    Column("date", Date, nullable=False),  # the habit day of the slot
    Column("due_at", Instant, nullable=False),
    Column("why", String(12), nullable=False),
    Column("state", String(8), nullable=False),
    Column("reason", String(12)),
    Column("told_at", Instant),
    Column("expires_at", Instant),
    Column("acted", String(8)),  # what was last done with it: done, skip or snooze
    Column("snoozed_to", Instant),
    UniqueConstraint("habit_id", "due_at", "why"),  # a slot is told once
    Index("ix_habit_reminders_user_id_due_at", "user_id", "due_at"),
)

reminder_risks = Table(
    "reminder_risks",
    metadata,
    Column("habit_id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("reason", String(400), nullable=False),
)
"""What the next reminder of a habit at risk is to say, on the habit days on which that can still be done."""

habit_milestones = Table(
    "habit_milestones",
    metadata,
    Column("habit_id", Uuid, primary_key=True),
    Column("streak", Integer, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("begun_on", Date, nullable=False),  # the first day of the run it was told for
)
