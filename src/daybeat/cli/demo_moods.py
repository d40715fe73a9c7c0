"""The moods of the demo account: a year of them, in waves, a little lower on Mondays, with what went along."""

import random
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daybeat.cli.api import Api

DAYS = 365
MONDAY, FRIDAY = 0, 4
LIFT = 0.45
TAGS = {"sleep": 0.3, "friends": 0.6, "work": -0.35, "sport": 0.4, "rain": -0.25, "family": 0.35}
"""What goes along with a mood, and how much it lifts it."""
NOTES = ("A long walk helped.", "Slept badly.", "A good talk at lunch.", "Too many meetings.", "Cooked something new.")


def feel_for_a_year(api: Api, today: date, zone: str, dice: random.Random, lifted: Collection[str]) -> None:
    """Say one or two moods on most days, the last one yesterday; better ones on some days."""
    for mood in _moods(today, ZoneInfo(zone), dice, lifted):
        api.ask("POST", "/moods", mood)


def _moods(today: date, zone: ZoneInfo, dice: random.Random, lifted: Collection[str]) -> Iterator[dict[str, Any]]:
    wave = 0.0
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        wave = 0.93 * wave + dice.gauss(0, 0.22)
        if dice.random() < 0.9:  # noqa: PLR2004 - some days pass without a word
            for hour in dice.sample((9, 13, 18, 21), dice.choice((1, 1, 2))):
                form = wave + LIFT * (str(day) in lifted)
                yield _mood(datetime.combine(day, time(hour, dice.randrange(60)), zone), form, dice)


def _mood(at: datetime, wave: float, dice: random.Random) -> dict[str, Any]:
    tags = [tag for tag in TAGS if dice.random() < 0.18]  # noqa: PLR2004
    weekday = -0.4 if at.weekday() == MONDAY else 0.25 if at.weekday() >= FRIDAY else 0.0
    feeling = 3.4 + wave + weekday + sum(TAGS[tag] for tag in tags) + dice.gauss(0, 0.5)
    note = {"note": dice.choice(NOTES)} if dice.random() < 0.05 else {}  # noqa: PLR2004
    return {"score": min(5, max(1, round(feeling))), "tags": tags, "at": at.isoformat(), **note}
