"""Rules by which events add to a goal instead of checking a habit in."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    with op.batch_alter_table("activity_rules", schema=None) as rules:
        rules.add_column(sa.Column("goal_id", sa.Uuid(), nullable=True))
        rules.alter_column("habit_id", existing_type=sa.Uuid(), nullable=True)
