"""The table of risks: what is expected of every habit, and what it took to know."""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, String, Table, Uuid

from daybeat.infra.db.schema import metadata

risks = Table(
    "insight_risks",
    metadata,
    Column("habit_id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("stale_from", Date),  # the first day that is another than when the habit was judged
    Column("through", Date),
    Column("known", JSON(none_as_null=True)),
    Column("name", String(100)),
    Column("day", Date),
    Column("unit", String(5)),
    Column("miss", Float),
    Column("flagged", Boolean, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("missing", Integer),
    Column("reasons", JSON, nullable=False),
    Column("action", String(200)),
    Column("last_chance", Boolean, nullable=False),
)
"""One row a habit. `known` is the forecaster once it saw what was closed up to the day `through`.

The rest is the verdict on the next occurrence, which begins on `day`; without a day there is none. `miss` is a chance,
0 to 1, and `missing` how many closed occurrences it still takes to have one. `told` says that it was told since it is
`flagged`.
"""

UNJUDGED: dict[str, Any] = {
    "name": None,
    "day": None,
    "unit": None,
    "miss": None,
    "flagged": False,
    "told": False,
    "missing": None,
    "reasons": [],
    "action": None,
    "last_chance": False,
}
"""The verdict on a habit of which nothing is expected."""
