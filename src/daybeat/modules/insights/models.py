"""The read models of insights: what days came to, copied from facts or asked of their owners when facts say so."""

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, String, Table, Uuid

from daybeat.infra.db.schema import metadata

lived_days = Table(
    "insight_lived_days",
    metadata,
    Column("habit_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("state", String(10), nullable=False),
    Column("amount", Float),
    Index("ix_insight_lived_days_user_id_day", "user_id", "day"),
)
"""What was said of every day, as the facts told it."""

habit_days = Table(
    "insight_habit_days",
    metadata,
    Column("habit_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("state", String(10), nullable=False),
    Column("due", Boolean, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("strength", Float, nullable=False),
    Column("verdict", Boolean),
    Column("since", Date),
    Column("unit", String(5), nullable=False),
    # With all that sums over a span need, so that they read the index alone.
    Index("ix_insight_habit_days_user_id_day", "user_id", "day", "habit_id", "verdict"),
)
"""Every day of every habit from its start to its user's present day, or to the day on which it was archived.

A day that closes an occurrence (itself, or the week or month that it ends) has a `verdict`, and `since` is the
occurrence's first day. `due` is what the day asked for; a quota asks for no day in particular, so with one only days
on which it was done are due.
"""

user_days = Table(
    "insight_days",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("due", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("strength", Float, nullable=False),
    Column("habits", Integer, nullable=False),
)
"""What a day came to over all habits. `strength` is the mean over the habits that were there."""

mood_days = Table(
    "insight_mood_days",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    *(Column(f"n{score}", Integer, nullable=False) for score in range(1, 6)),
)
"""How often each mood, 1 to 5, was said on a day."""

hours = Table(
    "insight_hours",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("source", String(10), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("n", Integer, nullable=False),
    Column("total", Integer, nullable=False),
)
"""At what hour of the wall's clock something was said: `source` is moods (summed up in `total`) or times."""

marks = Table(
    "insight_marks",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("source", String(36), primary_key=True),
    Column("stale_from", Date),
    Column("through", Date),
)
"""How far each source of a user was read: `through` is the last closed day, `stale_from` the first day that changed.

A source is a habit by its id, or what `sources` names.
"""
