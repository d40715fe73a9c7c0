"""People who are told things: their channels at receivers of ours, and the facts that tell them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from daybeat.contracts.event import Event
from daybeat.contracts.notifications import HabitReminder
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from tests.support.daybeat import Daybeat, Person
from tests.support.ntfy_server import NtfyServer

T = TypeVar("T")
PATIENCE = 20.0


@contextmanager
def ntfy() -> Iterator[NtfyServer]:
    """Start a server that speaks ntfy's protocol."""
    server = NtfyServer()
    with server.running():
        yield server


def channel_at(person: Person, server: NtfyServer, topic: str = "ana", **wishes: Any) -> str:
    """Let somebody be told at a topic."""
    address = {"server": server.url, "topic": topic}
    return str(person.post("/notifications/channels", {"kind": "ntfy", "address": address, **wishes})["id"])


def happens(daybeat: Daybeat, *events: Event) -> None:
    """Let facts happen, all in one commit."""

    def record(uow: UnitOfWork) -> None:
        for event in events:
            uow.record(event)

    daybeat.core.store.write_now(record)


def reminder(daybeat: Daybeat, person: Person, title: str = "Drink water", **known: Any) -> HabitReminder:
    """Make the fact that somebody is reminded now."""
    now: datetime = daybeat.clock.now()
    said: dict[str, Any] = {
        "reminder_id": new_id(),
        "habit_id": new_id(),
        "question": "",
        "date": now.date(),
        "due_at": now,
        "expires_at": now + timedelta(hours=2),
        "why": "time",
        "reason": "",
        "streak": 3,
        "unit": "day",
    }
    return HabitReminder(user_id=UUID(person.id), title=title, **{**said, **known})


def until(look: Callable[[], T | None]) -> T:
    """Look until there is something."""
    end = time.monotonic() + PATIENCE
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


def delivered(person: Person, state: str, n: int = 1) -> list[Any]:
    """Wait until so many deliveries are in a state; gives them, the oldest first."""

    def found() -> list[Any] | None:
        items = person.get("/notifications/deliveries", state=state)["items"]
        return list(reversed(items)) if len(items) >= n else None

    return until(found)
