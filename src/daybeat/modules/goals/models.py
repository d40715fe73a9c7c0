"""The tables of goals: what people want, what they added by hand, and done check-ins as facts told them."""

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, String, Table, Text, Uuid

from daybeat.infra.db.schema import Instant, metadata

goals = Table(
    "goals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("name", String(100), nullable=False),
    Column("target", Float, nullable=False),
    Column("unit", String(30)),
    Column("start", Date, nullable=False),
    Column("deadline", Date),
    Column("milestones", JSON, nullable=False),
    Column("ended", String(9)),  # what its owner said: completed, archived, or reopened though it is reached
    Column("ended_on", Date),  # the last day that counts
    Column("created_at", Instant, nullable=False),
    Column("told_progress", Float, nullable=False),
    Column("told_done", Boolean, nullable=False),
    Column("told_milestones", JSON, nullable=False),
)

goal_habits = Table(
    "goal_habits",
    metadata,
    Column("goal_id", Uuid, ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True),
    Column("habit_id", Uuid, primary_key=True, index=True),
    Column("weight", Float, nullable=False),
    Column("counts", String(9), nullable=False),
)

goal_entries = Table(
    "goal_entries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("goal_id", Uuid, ForeignKey("goals.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("day", Date, nullable=False),
    Column("amount", Float, nullable=False),
    Column("note", Text),
    Column("at", Instant, nullable=False),
    Column("source", String(20), nullable=False),
    Index("ix_goal_entries_goal_id_day", "goal_id", "day"),
)

goal_check_ins = Table(
    "goal_check_ins",
    metadata,
    Column("check_in_id", Uuid, primary_key=True),
    Column("habit_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("amount", Float),
    Index("ix_goal_check_ins_habit_id_day", "habit_id", "day"),
)
"""The read model: every done check-in, of whatever habit, so that a goal may begin in the past."""
