"""The worked examples of what a streak is: one table, read by the unit tests and by the tests through the API."""

import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]

_TABLE: dict[str, list[Row]] = json.loads(Path(__file__).with_suffix(".json").read_text())

STREAKS = _TABLE["streaks"]
HABIT_DAYS = _TABLE["day_assignment"]
TRAVELS = _TABLE["travel"]


def told(row: Row) -> str:
    """Name a row in test reports."""
    return " ".join(filter(None, [row["id"], row.get("desc")]))


def expected(row: Row) -> tuple[int, int, str, float]:
    """Give what a row says: streak, best streak, progress, strength."""
    return row["streak"], row["best"], row["progress"], row["strength"]


def figures(stats: Row) -> tuple[int, int, str, float]:
    """Give the same four figures out of an answer of the API."""
    progress = stats["progress"]
    fraction = f"{progress['successes']:g}/{progress['due']:g}"
    return stats["streak"], stats["best_streak"], fraction, stats["strength"]
