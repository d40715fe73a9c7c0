"""The tables of habits. Rules and pauses are read whole with their habit, so they live in its row."""

from sqlalchemy import JSON, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text, Uuid

from daybeat.infra.db.schema import Instant, metadata

habits = Table(
    "habits",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("name", String(100), nullable=False),
    Column("question", String(300), nullable=False, default=""),
    Column("icon", String(16)),
    Column("color", String(16)),
    Column("unit", String(30)),
    Column("tags", JSON, nullable=False),
    Column("reminders", JSON, nullable=False),
    Column("start", Date, nullable=False),
    Column("rules", JSON, nullable=False),
    Column("pauses", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    Column("archived_on", Date),
    Column("created_at", Instant, nullable=False),
)

check_ins = Table(
    "check_ins",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("habit_id", Uuid, ForeignKey("habits.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("day", Date, nullable=False),
    Column("state", String(4), nullable=False),
    Column("amount", Float),
    Column("note", Text),
    Column("at", Instant, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("source", String(20), nullable=False),
    Index("ix_check_ins_habit_id_day", "habit_id", "day"),
    Index("ix_check_ins_user_id_day", "user_id", "day"),
)

tallies = Table(
    "habit_tallies",
    metadata,
    Column("habit_id", Uuid, ForeignKey("habits.id", ondelete="CASCADE"), primary_key=True),
    Column("through", Date, nullable=False),
    Column("streak", Integer, nullable=False),
    Column("best", Integer, nullable=False),
    Column("successes", Integer, nullable=False),
    Column("due", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("strength", Float, nullable=False),
    Column("due_days", Integer, nullable=False),
    Column("met_days", Integer, nullable=False),
)

turns = Table(
    "habit_turns",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("due_at", Instant, nullable=False, index=True),  # when what devices see of the habits grows old
    Column("begin", Integer, nullable=False),  # how many habits were shown in this turn already
)
