"""Activity: the events, how many there were, and what was none."""

import sqlalchemy as sa
from alembic import op

from daybeat.modules.activity.models import Body, Exact, Instant, Key, Serial

revision = "0001"
down_revision = None


def upgrade() -> None:
    # A server without transactional DDL may have been killed half way.
    op.create_table(
        "user_activities",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("event_type", Exact, nullable=False),
        sa.Column("timestamp", Instant(), nullable=False),
        sa.Column("metadata", sa.JSON(), nullable=True),
        sa.Column("event_id", Key(), nullable=False),
        sa.Column("account_id", Key(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_activities")),
        sa.UniqueConstraint("event_id", "account_id", name=op.f("uq_user_activities_event_id_account_id")),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
    op.create_table(
        "activity_counts",
        sa.Column("account_id", Key(), nullable=False),
        sa.Column("event_type", Exact, nullable=False),
        sa.Column("hour", Instant(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "event_type", "hour", name=op.f("pk_activity_counts")),
        if_not_exists=True,
    )
    op.create_table(
        "activity_refused",
        sa.Column("id", Key(), nullable=False),
        sa.Column("account_id", Key(), nullable=False),
        sa.Column("body", Body, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_refused")),
        if_not_exists=True,
    )
    turn = op.create_table(
        "activity_turn",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_activity_turn")),
        if_not_exists=True,
    )
    _index("ix_user_activities_account_id_id", "user_activities", ["account_id", "id"])
    _index("ix_activity_refused_since", "activity_refused", ["since"])
    op.execute(turn.delete())
    op.execute(turn.insert().values(no=1))


def _index(name: str, table: str, columns: list[str]) -> None:
    if name not in {index["name"] for index in sa.inspect(op.get_bind()).get_indexes(table)}:
        op.create_index(name, table, columns)
