"""What is expected of each habit, and what its reminders say about it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "insight_risks",
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("stale_from", sa.Date()),
        sa.Column("through", sa.Date()),
        sa.Column("known", sa.JSON(none_as_null=True)),
        sa.Column("name", sa.String(100)),
        sa.Column("day", sa.Date()),
        sa.Column("unit", sa.String(5)),
        sa.Column("miss", sa.Float()),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("missing", sa.Integer()),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("action", sa.String(200)),
        sa.Column("last_chance", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("habit_id", name=op.f("pk_insight_risks")),
    )
    op.create_index(op.f("ix_insight_risks_user_id"), "insight_risks", ["user_id"])
    op.create_table(
        "reminder_risks",
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("habit_id", name=op.f("pk_reminder_risks")),
    )
    op.create_index(op.f("ix_reminder_risks_user_id"), "reminder_risks", ["user_id"])
