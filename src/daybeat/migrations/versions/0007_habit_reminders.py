"""Reminders of habits, nudges and milestones."""

import sqlalchemy as sa
from alembic import op

from daybeat.infra.db.schema import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _wishes()
    _due()
    _told()
    _plan_what_stands()


def _wishes() -> None:
    op.create_table(
        "reminder_settings",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.String(5)),
        sa.Column("quiet_to", sa.String(5)),
        sa.Column("vacation_until", sa.Date()),
        sa.Column("milestones", sa.Boolean(), nullable=False),
        sa.Column("daily_summary", sa.String(5)),
        sa.Column("weekly_day", sa.Integer()),
        sa.Column("weekly_at", sa.String(5)),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_reminder_settings")),
    )
    op.create_table(
        "habit_nudges",
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("own", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("moved_on", sa.Date()),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date()),
        sa.Column("silences", sa.Integer(), nullable=False),
        sa.Column("rests", sa.Integer(), nullable=False),
        sa.Column("resting_until", Instant()),
        sa.Column("doubted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("habit_id", name=op.f("pk_habit_nudges")),
    )
    op.create_index(op.f("ix_habit_nudges_user_id"), "habit_nudges", ["user_id"])


def _due() -> None:
    op.create_table(
        "reminder_dues",
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(12), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tell_before", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("due_at", "habit_id", "why", name=op.f("pk_reminder_dues")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reminder_dues_habit_id"), "reminder_dues", ["habit_id"])
    op.create_table(
        "reminder_claims",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(12), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("tell_before", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_reminder_claims")),
    )


def _told() -> None:
    op.create_table(
        "habit_reminders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("why", sa.String(12), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(12)),
        sa.Column("told_at", Instant()),
        sa.Column("expires_at", Instant()),
        sa.Column("acted", sa.String(8)),
        sa.Column("snoozed_to", Instant()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_habit_reminders")),
        sa.UniqueConstraint("habit_id", "due_at", "why", name=op.f("uq_habit_reminders_habit_id_due_at_why")),
    )
    op.create_index("ix_habit_reminders_user_id_due_at", "habit_reminders", ["user_id", "due_at"])
    op.create_table(
        "habit_milestones",
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("habit_id", "streak", name=op.f("pk_habit_milestones")),
    )
    op.create_index(op.f("ix_habit_milestones_user_id"), "habit_milestones", ["user_id"])


def _plan_what_stands() -> None:
    """Habits of before have times already: each is due to be planned, which the first tick does."""
    op.execute(
        "INSERT INTO reminder_dues (due_at, habit_id, why, user_id, tell_before) "
        "SELECT created_at, id, 'plan', user_id, created_at FROM habits WHERE archived_on IS NULL"
    )
