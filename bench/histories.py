"""Long histories of every kind of habit, made through the import route as a newcomer with old data would."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bench.http import Connection
from bench.people import Person, begin_habit, today

A_POST = 1000
KINDS: tuple[dict[str, Any], ...] = (
    {"schedule": {"kind": "daily"}},
    {"schedule": {"kind": "daily"}, "target": 20, "unit": "pages"},
    {"schedule": {"kind": "weekdays", "days": [0, 1, 2, 3, 4]}},
    {"schedule": {"kind": "per_week", "n": 4, "week_start": 0}},
    {"schedule": {"kind": "daily"}},
    {"schedule": {"kind": "daily"}, "target": 2, "direction": "at_most", "unit": "coffees"},
    {"schedule": {"kind": "every_n_days", "n": 2}},
    {"schedule": {"kind": "per_month", "n": 20}},
    {"schedule": {"kind": "weekly_total", "week_start": 0}, "target": 150, "unit": "minutes"},
    {"schedule": {"kind": "avoid"}},
)
"""Ten kinds in turn: yes/no, amounts, limits, quotas of a week and of a month, totals, something to leave alone."""


async def fill(connection: Connection, person: Person, habits: int, years: float) -> None:
    """Begin habits of mixed kinds and check in to each nearly every day, up to yesterday."""
    chance = random.Random(1)
    for number in range(habits):
        await add(connection, person, KINDS[number % len(KINDS)], round(years * 365.25), chance)


async def add(connection: Connection, person: Person, kind: dict[str, Any], days: int, chance: random.Random) -> str:
    """Begin one habit some days ago, with its history."""
    start = today() - timedelta(days=days)
    habit = await begin_habit(connection, person, start, **kind)
    said = list(_said(kind, start, days, chance))
    for first in range(0, len(said), A_POST):
        body = {"check_ins": said[first : first + A_POST]}
        await connection.ask("POST", f"/habits/{habit}/check-ins/import", person.token, body)
    return habit


def _said(kind: dict[str, Any], start: date, days: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Somebody faithful: nine days of ten are done, some are skipped, slips are rare."""
    for number in range(days):
        day = {"date": (start + timedelta(days=number)).isoformat()}
        luck = chance.random()
        if kind["schedule"]["kind"] == "avoid":
            if luck < 0.03:
                yield {**day, "state": "no"}
        elif luck < 0.03:
            yield {**day, "state": "skip"}
        elif luck < 0.93:
            amount = {"amount": chance.randint(1, 30)} if "target" in kind else {}
            yield {**day, "state": "done", **amount}
