"""Living days: how tests move the clock to a day, keep a person signed in and say what a day was."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from tests.support.daybeat import PASSWORD, Daybeat, Person

DAY = timedelta(days=1)
SAID = {"x": "done", "X": "done", "s": "skip", "f": "no", "!": "no"}

_numbers = count(1)


def noon(day: date | str) -> datetime:
    """Give noon, in UTC, of a day."""
    return datetime.combine(date.fromisoformat(str(day)), time(12), UTC)


def newcomer(daybeat: Daybeat, **wishes: Any) -> Person:
    """Register somebody nobody knows yet, for tests that share one Daybeat."""
    return daybeat.person(f"person{next(_numbers)}@example.org", **wishes)


def sign_in_again(daybeat: Daybeat, person: Person) -> None:
    """Sign in anew: an access token lasts a quarter of an hour, and the clock of a test moves by days."""
    answer = daybeat.client.post("/api/v1/auth/login", json={"email": person.email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    person.access_token = answer.json()["access_token"]
    person.refresh_token = answer.json()["refresh_token"]


def use_program_token(person: Person) -> None:
    """Go on with a token for programs, which does not expire while the clock moves."""
    made = person.post("/auth/tokens", {"name": "test", "scopes": ["read", "write"]})
    person.access_token = made["token"]


def days_of(first: date | str, number: int) -> Iterator[date]:
    """Give so many days from the first on."""
    begin = date.fromisoformat(str(first))
    return (begin + DAY * n for n in range(number))


def pause_runs(history: str | Sequence[float | None], first: date | str) -> Iterator[tuple[date, date]]:
    """Give the first and last day of each run of p in a history."""
    begun: date | None = None
    day = date.fromisoformat(str(first))
    for sign in [*history, "."]:
        if sign == "p":
            begun = begun or day
        elif begun is not None:
            yield begun, day - DAY
            begun = None
        day += DAY


def say(person: Person, habit_id: str, day: date, sign: str | float | None) -> None:
    """Say through the API what one sign of a history means."""
    if sign is None or sign in {".", "p"}:
        return
    if isinstance(sign, str):
        person.says(habit_id, day, SAID[sign])
    else:
        person.says(habit_id, day, amount=sign)
    if sign == "X":
        person.post(f"/habits/{habit_id}/check-ins", {"at": noon(day).isoformat()})
