"""Habits whose next occurrence is foreseen: histories put at once, thinking when we say so, and what came of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from daybeat.bootstrap.core import calendar_of, recurring_tasks
from daybeat.bootstrap.insights import thinking
from daybeat.infra.events.log import event_log
from daybeat.infra.jobs.table import run_due_job
from daybeat.modules.insights.domain.risk import Forecaster
from daybeat.modules.insights.domain.risk_features import Occurrence
from daybeat.modules.insights.models import habit_days
from daybeat.modules.insights.risk_models import risks
from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person

SIGNS = {"x": "done", "s": "skip", "f": "no"}
DAY = timedelta(days=1)


def lived_until(person: Person, last: date | str, signs: str, **wishes: Any) -> str:
    """Begin a habit with a history, one sign a day up to the last day: x done, s skip, f no, . nothing.

    A digit is an amount that was done.
    """
    first = date.fromisoformat(str(last)) - (len(signs) - 1) * DAY
    habit_id = person.habit(start=str(first), **wishes)
    put_days(person, habit_id, first, signs)
    return habit_id


def put_days(person: Person, habit_id: str, first: date, signs: str) -> None:
    """Say many days at once."""
    said = [{"date": str(first + n * DAY), **_said(sign)} for n, sign in enumerate(signs) if sign != "."]
    if said:
        assert person.post(f"/habits/{habit_id}/check-ins/import", {"check_ins": said})["refused"] == []


def _said(sign: str) -> dict[str, Any]:
    return {"state": "done", "amount": int(sign)} if sign.isdigit() else {"state": SIGNS[sign]}


def think(daybeat: Daybeat, person: Person) -> None:
    """Think about a person now, as the job does: it reads, and then says what that comes to."""
    caught_up(daybeat)
    for has_read in (False, True):
        args = {"user_id": person.id, "has_read": has_read}
        daybeat.core.store.write_now(partial(thinking(calendar_of), args=args))


def do_what_is_due(daybeat: Daybeat) -> None:
    """Run every job that is due, and what follows from it within a minute."""
    tasks = {task.name: task for task in recurring_tasks()}
    for _ in range(2):
        while daybeat.core.store.write_now(partial(run_due_job, tasks)):
            pass
        daybeat.clock.forward(seconds=30)


def risk_of(person: Person, habit_id: str) -> dict[str, Any]:
    """Ask what is expected of a habit."""
    (found,) = (each for each in person.get("/insights/risks")["items"] if each["habit_id"] == habit_id)
    return dict(found)


def told(daybeat: Daybeat, person: Person) -> list[dict[str, Any]]:
    """List the risks that were told of a person's habits, in order."""
    caught_up(daybeat)
    own = (event_log.c.user_id == UUID(person.id)) & (event_log.c.type == "insights.habit.at_risk")
    query = select(event_log.c.data).where(own).order_by(event_log.c.user_seq)
    return list(daybeat.core.store.read_now(lambda connection: connection.execute(query).scalars().all()))


def rows_of(daybeat: Daybeat, person: Person) -> list[Row[Any]]:
    """Read all that is kept about a person's habits."""
    query = select(risks).where(risks.c.user_id == UUID(person.id))
    return list(daybeat.core.store.read_now(lambda connection: connection.execute(query).all()))


def kept(daybeat: Daybeat, habit_id: str) -> Row[Any]:
    """Read the row of a habit."""
    query = select(risks).where(risks.c.habit_id == UUID(habit_id))
    return daybeat.core.store.read_now(lambda connection: connection.execute(query).one())


def from_scratch(daybeat: Daybeat, habit_id: str, through: date) -> Forecaster:
    """Learn from the kept days of a habit up to a day, all of them anew."""

    def look(connection: Connection) -> Iterator[Row[Any]]:
        own = (habit_days.c.habit_id == UUID(habit_id)) & (habit_days.c.day <= through)
        query = select(habit_days).where(own, habit_days.c.verdict.is_not(None)).order_by(habit_days.c.day)
        return iter(connection.execute(query).all())

    known = Forecaster()
    for row in daybeat.core.store.read_now(look):
        known = known.after(Occurrence(row.since, row.unit), done=row.verdict)
    return known
