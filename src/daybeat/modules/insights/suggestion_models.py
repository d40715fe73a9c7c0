"""The table of suggestions: those that are open, those that were decided about, and those that no longer fit."""

from sqlalchemy import JSON, Column, Integer, String, Table, Uuid

from daybeat.infra.db.schema import Instant, metadata

suggestions = Table(
    "insight_suggestions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("habit_id", Uuid, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("basis", String(500), nullable=False),
    Column("text", String(400), nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("button", String(100)),
    Column("change", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("place", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("kept", JSON(none_as_null=True)),
)
"""`state` is open, away (its evidence went), applied, dismissed or undone. `place` orders open ones, the most useful 0.

`basis` names what it rests on, `change` is what a tap does, and `kept` what it takes to put back what a tap did.
"""
