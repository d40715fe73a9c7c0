"""The tables of rules. They stand beside habits and goals: a rule's effect and how far it has read are one commit."""

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, String, Table, Uuid

from daybeat.infra.db.schema import Instant, metadata

activity_rules = Table(
    "activity_rules",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("habit_id", Uuid),  # what it checks in, or
    Column("goal_id", Uuid),  # what it adds to
    Column("event_type", String(50), nullable=False),
    Column("conditions", JSON, nullable=False),
    Column("amount", Float),
    Column("amount_from", String(100)),
    Column("enabled", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("fired", Integer, nullable=False),
    Column("last_fired_at", Instant),
    Column("last_refusal", String(300)),
    Index("ix_activity_rules_user_id", "user_id"),
)

activity_leavers = Table(
    "activity_leavers", metadata, Column("user_id", Uuid, primary_key=True), Column("since", Instant, nullable=False)
)
"""Whose events have to be erased: they are in another database, so that takes a moment longer than the account."""
