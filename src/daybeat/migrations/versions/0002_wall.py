"""The wall: its queue, its counts."""

import sqlalchemy as sa
from alembic import op

from daybeat.infra.db.schema import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "queue_messages",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("queue", sa.String(length=80), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_queue_messages")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_queue_messages_queue_no", "queue_messages", ["queue", "no"])
    op.create_table(
        "queue_positions",
        sa.Column("queue", sa.String(length=80), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("queue", "reader", name=op.f("pk_queue_positions")),
    )
    op.create_table(
        "wall_messages",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("counted_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_wall_messages")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "wall_counts",
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_wall_counts")),
    )
    op.create_table(
        "wall_minutes",
        sa.Column("minute", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("minute", "kind", name=op.f("pk_wall_minutes")),
    )
    op.create_table(
        "wall_waiting",
        sa.Column("mood_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.PrimaryKeyConstraint("mood_id", name=op.f("pk_wall_waiting")),
    )
    op.create_index("ix_wall_waiting_user_id", "wall_waiting", ["user_id"])
