"""What the person of the demo wants to reach: one goal on its way, one with room to spare, one reached long ago."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from daybeat.cli.api import Api

ENTRIES = ((-200, 18.0, "The long way home"), (-121, 21.1, "Half marathon"), (-40, 15.0, "Along the river"))


def set_goals(api: Api, today: date, habits: Mapping[str, str]) -> None:
    """Set the goals; `habits` gives the ids by name."""
    _goal(api, "A shelf of books", {"target": 6000, "unit": "pages"}, today, -180, 120, {habits["Read 20 pages"]: 1})
    runs = {"target": 1000, "unit": "km", "milestones": [{"at": 250}, {"at": 500, "name": "Half way"}]}
    running = _goal(api, "A thousand kilometres", runs, today, -300, 240, {habits["Run"]: 5})
    for back, amount, note in ENTRIES:
        said = {"date": str(today + timedelta(back)), "amount": amount, "note": note}
        api.ask("POST", f"/goals/{running}/entries", said)
    _goal(api, "A hundred stretches", {"target": 100}, today, -400, None, {habits["Morning stretch"]: 1})


def _goal(
    api: Api,
    name: str,
    aim: dict[str, Any],
    today: date,
    begun: int,
    due: int | None,
    habits: Mapping[str, float],
) -> str:
    """Set one goal, begun and due so many days from today; gives its id."""
    links = [{"habit_id": habit, "weight": weight} for habit, weight in habits.items()]
    deadline = None if due is None else str(today + timedelta(due))
    body = {"name": name, "start": str(today + timedelta(begun)), "deadline": deadline, "habits": links, **aim}
    return str(api.ask("POST", "/goals", body)["id"])
