"""Where people are told, what they are told, and their own words for it."""

import sqlalchemy as sa
from alembic import op

from daybeat.infra.db.schema import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _channels()
    _deliveries()
    op.create_table(
        "notification_templates",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "kind", "language", "channel", name=op.f("pk_notification_templates")),
    )
    _telegram()
    op.create_table(
        "report_plans",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("report", sa.String(8), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "report", name=op.f("pk_report_plans")),
    )
    op.create_index(op.f("ix_report_plans_due_at"), "report_plans", ["due_at"])


def _telegram() -> None:
    op.create_table(
        "telegram_links",
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_telegram_links")),
    )
    op.create_index(op.f("ix_telegram_links_user_id"), "telegram_links", ["user_id"])
    op.create_table(
        "notification_bot",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("username", sa.String(64), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=True),
        sa.Column("handled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("bot_id", name=op.f("pk_notification_bot")),
    )
    op.create_table(
        "telegram_chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hinted_at", Instant(), nullable=True),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("wrong_since", Instant(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_telegram_chats")),
    )
    op.create_index(op.f("ix_telegram_chats_seen_at"), "telegram_chats", ["seen_at"])


def _channels() -> None:
    op.create_table(
        "notification_channels",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("place", sa.String(64), nullable=True),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.Column("last_error", sa.String(300), nullable=True),
        sa.Column("last_sent_at", Instant(), nullable=True),
        sa.Column("hold_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_channels")),
        sa.UniqueConstraint("place", name=op.f("uq_notification_channels_place")),
    )
    op.create_index(op.f("ix_notification_channels_user_id"), "notification_channels", ["user_id"])


def _deliveries() -> None:
    table = "notification_deliveries"
    op.create_table(
        table,
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("habit_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.String(10), nullable=True),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(300), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Integer(), nullable=False),
        sa.Column("waiting_since", Instant(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("reference", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_notification_deliveries")),
        sa.UniqueConstraint("id", name=op.f("uq_notification_deliveries_id")),
        sa.UniqueConstraint("event_id", "channel_id", name=op.f("uq_notification_deliveries_event_id_channel_id")),
    )
    op.create_index("ix_notification_deliveries_waiting_since_no", table, ["waiting_since", "no"])
    op.create_index("ix_notification_deliveries_user_id_no", table, ["user_id", "no"])
    op.create_index("ix_notification_deliveries_channel_id_state", table, ["channel_id", "state"])
