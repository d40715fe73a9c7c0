"""Rules by which events check habits in, and whose events are to be erased."""

import sqlalchemy as sa
from alembic import op

from daybeat.infra.db.schema import Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "activity_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("event_type", sa.String(50), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("amount", sa.Float(), nullable=True),
        sa.Column("amount_from", sa.String(100), nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("fired", sa.Integer(), nullable=False),
        sa.Column("last_fired_at", Instant(), nullable=True),
        sa.Column("last_refusal", sa.String(300), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_rules")),
    )
    op.create_index(op.f("ix_activity_rules_user_id"), "activity_rules", ["user_id"])
    op.create_table(
        "activity_leavers",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_activity_leavers")),
    )
