"""What days came to, kept for insights. It is read from its owners when it is first wanted, so nothing is copied."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "insight_habit_days",
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.Column("verdict", sa.Boolean()),
        sa.Column("since", sa.Date()),
        sa.Column("unit", sa.String(5), nullable=False),
        sa.PrimaryKeyConstraint("habit_id", "day", name=op.f("pk_insight_habit_days")),
    )
    op.create_index("ix_insight_habit_days_user_id_day", "insight_habit_days", ["user_id", "day", "habit_id", "verdict"])
    _days()
    op.create_table(
        "insight_hours",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "source", "day", "hour", name=op.f("pk_insight_hours")),
    )
    op.create_table(
        "insight_marks",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(36), nullable=False),
        sa.Column("stale_from", sa.Date()),
        sa.Column("through", sa.Date()),
        sa.PrimaryKeyConstraint("user_id", "source", name=op.f("pk_insight_marks")),
    )


def _days() -> None:
    op.create_table(
        "insight_days",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.Column("habits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "day", name=op.f("pk_insight_days")),
    )
    op.create_table(
        "insight_mood_days",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(f"n{score}", sa.Integer(), nullable=False) for score in range(1, 6)),
        sa.PrimaryKeyConstraint("user_id", "day", name=op.f("pk_insight_mood_days")),
    )
