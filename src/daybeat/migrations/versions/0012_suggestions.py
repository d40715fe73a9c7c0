"""What could help with a habit, and what was decided about it."""

import sqlalchemy as sa
from alembic import op

from daybeat.infra.db.schema import Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "insight_suggestions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("basis", sa.String(500), nullable=False),
        sa.Column("text", sa.String(400), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("button", sa.String(100)),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant()),
        sa.Column("kept", sa.JSON(none_as_null=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_suggestions")),
    )
    op.create_index(op.f("ix_insight_suggestions_user_id"), "insight_suggestions", ["user_id"])
