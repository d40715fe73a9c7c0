"""Goals, and the done check-ins that count towards them."""

import sqlalchemy as sa
from alembic import op

from daybeat.infra.db.schema import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _goals()
    op.create_table(
        "goal_check_ins",
        sa.Column("check_in_id", sa.Uuid(), nullable=False),
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.Float()),
        sa.PrimaryKeyConstraint("check_in_id", name=op.f("pk_goal_check_ins")),
    )
    op.create_index("ix_goal_check_ins_habit_id_day", "goal_check_ins", ["habit_id", "day"])
    op.create_index(op.f("ix_goal_check_ins_user_id"), "goal_check_ins", ["user_id"])
    _count_what_stands()


def _goals() -> None:
    op.create_table(
        "goals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(30)),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date()),
        sa.Column("milestones", sa.JSON(), nullable=False),
        sa.Column("ended", sa.String(9)),
        sa.Column("ended_on", sa.Date()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("told_progress", sa.Float(), nullable=False),
        sa.Column("told_done", sa.Boolean(), nullable=False),
        sa.Column("told_milestones", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    op.create_index(op.f("ix_goals_user_id"), "goals", ["user_id"])
    op.create_table(
        "goal_habits",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("habit_id", sa.Uuid(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("counts", sa.String(9), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_goal_habits_goal_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("goal_id", "habit_id", name=op.f("pk_goal_habits")),
    )
    op.create_index(op.f("ix_goal_habits_habit_id"), "goal_habits", ["habit_id"])
    op.create_table(
        "goal_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_goal_entries_goal_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_entries")),
    )
    op.create_index("ix_goal_entries_goal_id_day", "goal_entries", ["goal_id", "day"])


def _count_what_stands() -> None:
    """A queue that is new hears nothing of the past, so what stands is copied.

    Where facts are read from the log, all of them come again, and end in the same rows.
    """
    op.execute(
        "INSERT INTO goal_check_ins (check_in_id, habit_id, user_id, day, amount) "
        "SELECT id, habit_id, user_id, day, amount FROM check_ins WHERE state = 'done'"
    )
