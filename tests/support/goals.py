"""Goals of a running Daybeat: how they stand once every fact was heard, and what the slow way says."""

from math import fsum
from typing import Any

from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person


def goal(person: Person, *habits: str | dict[str, Any], **wishes: Any) -> str:
    """Set a goal and give its id. A habit's id alone means that it counts once."""
    links = [{"habit_id": each} if isinstance(each, str) else each for each in habits]
    body = {"name": "A hundred", "target": 100, "start": "2026-01-01", "habits": links, **wishes}
    return str(person.post("/goals", body)["id"])


def standing(daybeat: Daybeat, person: Person, goal_id: str) -> Any:
    caught_up(daybeat)
    return person.get(f"/goals/{goal_id}")


def progress(daybeat: Daybeat, person: Person, goal_id: str) -> float:
    return float(standing(daybeat, person, goal_id)["progress"])


def added_up(person: Person, shown: dict[str, Any]) -> float:
    """Add up a goal the slow way: from every check-in of its habits, and every entry."""
    said = [amount for link in shown["habits"] for amount in _of_habit(person, link, shown["start"])]
    entries = person.get(f"/goals/{shown['id']}/entries", limit=1000)["items"]
    said += [each["amount"] for each in entries if each["date"] >= shown["start"]]
    return round(fsum(said), 6)


def _of_habit(person: Person, link: dict[str, Any], start: str) -> list[float]:
    asked = {"from": start, "limit": 1000}
    found = person.get(f"/habits/{link['habit_id']}/check-ins", **asked)["items"]
    done = [each for each in found if each["state"] == "done"]
    by_amount = link["counts"] == "amounts"
    return [link["weight"] * ((each["amount"] or 0) if by_amount else 1) for each in done]
