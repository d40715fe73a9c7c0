"""Accounts and habits for a benchmark, made through the API like everybody's."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.http import Connection

PASSWORD = "a long enough bench password"  # noqa: S105
DAILY = {"kind": "daily"}


@dataclass(slots=True)
class Person:
    """Somebody signed in, with their habits."""

    email: str
    token: str
    habits: list[str] = field(default_factory=list)


def today() -> date:
    """Give the day the benchmark's people live in: their zone is UTC, their day begins at three, as everybody's."""
    return (datetime.now(UTC) - timedelta(hours=3)).date()


async def register(connection: Connection, email: str) -> Person:
    """Open an account."""
    body = {"email": email, "password": PASSWORD, "name": "Bench", "timezone": "UTC"}
    return Person(email, (await connection.ask("POST", "/auth/register", body=body))["access_token"])


async def sign_in(connection: Connection, person: Person) -> None:
    """Get a fresh access token."""
    body = {"email": person.email, "password": PASSWORD}
    person.token = (await connection.ask("POST", "/auth/login", body=body))["access_token"]


async def begin_habit(connection: Connection, person: Person, start: date, **wishes: Any) -> str:
    """Begin a habit."""
    body = {"name": f"Habit {len(person.habits)}", "schedule": DAILY, "start": start.isoformat(), **wishes}
    habit = str((await connection.ask("POST", "/habits", person.token, body))["id"])
    person.habits.append(habit)
    return habit
