"""Lives in which moods and habits go together, or do not, by dice that fall the same way in every run."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from daybeat.modules.activity.batch import Batch
from tests.support.activity import event
from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person
from tests.support.days import noon

TODAY = date(2026, 3, 2)

Known = Callable[[date], bool]


def days_before(number: int, today: date = TODAY) -> list[date]:
    """Give so many days that are over."""
    return [today - timedelta(days=back) for back in range(number, 0, -1)]


def by_luck(name: str) -> Known:
    """Give something that happens on half of the days."""
    return lambda day: Random(f"{name}/{day}").random() < 0.5  # noqa: S311


def feels(person: Person, days: Iterable[date], lifted: Known = lambda _: False) -> None:
    """Say a mood on each day, about a point and a half better where it is lifted."""
    for day in days:
        usual = Random(f"mood/{day}").choice([2, 2, 3, 3])  # noqa: S311
        score = usual + (1 + Random(f"lift/{day}").randrange(2)) * lifted(day)  # noqa: S311
        person.post("/moods", {"score": min(score, 5), "at": noon(day).isoformat()})


def does(person: Person, days: Iterable[date], done: Known, **wishes: Any) -> str:
    """Begin a habit with the first of these days and check it in on some; gives its id."""
    days = list(days)
    habit = person.habit(start=str(days[0]), **wishes)
    check_ins = [{"date": str(day)} for day in days if done(day)]
    if check_ins:
        person.post(f"/habits/{habit}/check-ins/import", {"check_ins": check_ins})
    return habit


def tracks(
    daybeat: Daybeat,
    person: Person,
    days: Iterable[date],
    active: Known,
    event_type: str = "workout",
    at: time = time(12),
) -> None:
    """Store an event on some days, at a time of UTC."""
    instants = [datetime.combine(day, at, UTC) for day in days if active(day)]
    account = UUID(person.id)
    daybeat.core.activity.append(
        Batch([event(event_type=event_type, timestamp=each, account=account) for each in instants])
    )


def linked(daybeat: Daybeat, person: Person) -> dict[str, Any]:
    """Ask what goes with the moods of a person, by name."""
    caught_up(daybeat)
    return {item["name"]: item for item in person.get("/insights/associations")["items"]}
