"""Moods and the prompts that ask for them."""

import sqlalchemy as sa
from alembic import op

from daybeat.infra.db.schema import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _moods()
    _prompts()
    _due()


def _moods() -> None:
    op.create_table(
        "moods",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("prompt_id", sa.Uuid()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moods")),
    )
    op.create_index("ix_moods_user_id_day_at", "moods", ["user_id", "day", "at"])
    op.create_table(
        "mood_settings",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("faces", sa.JSON(), nullable=False),
        sa.Column("share_on_wall", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_mood_settings")),
    )


def _prompts() -> None:
    op.create_table(
        "prompt_settings",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("every_seconds", sa.Integer()),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("quiet_from", sa.String(5)),
        sa.Column("quiet_to", sa.String(5)),
        sa.Column("follow_up_seconds", sa.Integer(), nullable=False),
        sa.Column("max_follow_ups", sa.Integer(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("paused_until", Instant()),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("silences", sa.Integer(), nullable=False),
        sa.Column("rests", sa.Integer(), nullable=False),
        sa.Column("resting_until", Instant()),
        sa.Column("doubted", sa.Boolean(), nullable=False),
        sa.Column("due_at", Instant()),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_prompt_settings")),
    )
    op.create_table(
        "prompts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("asked_at", Instant()),
        sa.Column("expires_at", Instant()),
        sa.Column("step_at", Instant()),
        sa.Column("follow_ups", sa.Integer(), nullable=False),
        sa.Column("follow_up_seconds", sa.Integer(), nullable=False),
        sa.Column("max_follow_ups", sa.Integer(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(12)),
        sa.Column("answered_at", Instant()),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("mood_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompts")),
        sa.UniqueConstraint("user_id", "due_at", "request_id", name=op.f("uq_prompts_user_id_due_at_request_id")),
    )
    op.create_index(op.f("ix_prompts_step_at"), "prompts", ["step_at"])
    op.create_index("ix_prompts_user_id_state", "prompts", ["user_id", "state"])


def _due() -> None:
    op.create_table(
        "prompt_dues",
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("ask_before", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("due_at", "user_id", name=op.f("pk_prompt_dues")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "prompt_claims",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("ask_before", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_prompt_claims")),
    )
