"""Habits of a running Daybeat that are reminded of: ticks when we say so, and what became of every slot."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from daybeat.bootstrap.reminders import REMINDED
from daybeat.infra.events.log import event_log
from daybeat.kit.ids import new_id
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.ticking import ReminderTicker
from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person


def pass_by(daybeat: Daybeat, *, minutes: int, step: int = 1) -> None:
    """Let minutes go by, each with a tick."""
    for _ in range(0, minutes, step):
        daybeat.clock.forward(minutes=step)
        tick(daybeat)


def tick(daybeat: Daybeat) -> None:
    caught_up(daybeat)
    assert daybeat.client.portal is not None
    daybeat.client.portal.call(ReminderTicker(daybeat.core.store, daybeat.clock, REMINDED).tick)


def wait_until(daybeat: Daybeat, instant: str) -> None:
    """Go to an instant of UTC, and tick there."""
    daybeat.clock.set(datetime.fromisoformat(instant).replace(tzinfo=UTC))
    tick(daybeat)


def reminders(person: Person, **query: Any) -> list[dict[str, Any]]:
    """List the person's reminders, the oldest first."""
    found: list[dict[str, Any]] = person.get("/reminders", **query)["items"]
    return found[::-1]


def fates(person: Person) -> list[tuple[str, str, str | None]]:
    """Give the clock, the state and the reason of every slot."""
    return [(each["due_at"][11:16], each["state"], each["reason"]) for each in reminders(person)]


def facts(daybeat: Daybeat, person: Person, name: str) -> list[dict[str, Any]]:
    """List what was published about a person, in order."""
    caught_up(daybeat)
    own = (event_log.c.user_id == UUID(person.id)) & (event_log.c.type == f"notifications.habit.{name}")
    query = select(event_log.c.data).where(own).order_by(event_log.c.user_seq)
    return list(daybeat.core.store.read_now(lambda connection: connection.execute(query).scalars().all()))


def habit(daybeat: Daybeat, person: Person, *times: str, **wishes: Any) -> str:
    habit_id = person.habit(reminders=list(times), **wishes)
    caught_up(daybeat)
    return habit_id


def plan_of(daybeat: Daybeat, person: Person, habit_id: str) -> Any:
    caught_up(daybeat)
    return person.get(f"/reminders/habits/{habit_id}")


def told_reminder(daybeat: Daybeat, person: Person, habit_id: str) -> str:
    """Put a reminder that was told into the record, whatever the hour; gives its id."""
    reminder_id, now = new_id(), daybeat.clock.now()
    known = {"title": "Read", "date": now.date(), "due_at": now, "why": "time", "state": "told", "told_at": now}
    whose = {"id": reminder_id, "user_id": UUID(person.id), "habit_id": UUID(habit_id)}
    rest = dict.fromkeys(("reason", "acted", "snoozed_to"))
    row = {**whose, **known, "expires_at": now + timedelta(hours=2), **rest}
    daybeat.core.store.write_now(lambda uow: ReminderRepository(uow.connection).add([row]))
    return str(reminder_id)
