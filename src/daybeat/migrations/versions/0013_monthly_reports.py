"""A report once a month, for those who want one."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("reminder_settings", sa.Column("monthly_day", sa.Integer()))
    op.add_column("reminder_settings", sa.Column("monthly_at", sa.String(5)))
