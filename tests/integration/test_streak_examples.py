"""Every worked example of a streak, through the API, with the clock set to each of its days."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from tests.support.daybeat import Daybeat, Person
from tests.support.days import DAY, days_of, newcomer, noon, pause_runs, say, sign_in_again, use_program_token
from tests.support.streak_examples import HABIT_DAYS, STREAKS, TRAVELS, Row, expected, figures, told

Living = Callable[[Daybeat, Person, str, Row], None]


pytestmark = pytest.mark.once


def as_it_comes(house: Daybeat, person: Person, habit: str, row: Row) -> None:
    """Say each day on that day."""
    for day, sign in zip(days_of(row["start"], len(row["history"])), row["history"], strict=True):
        house.clock.set(noon(day))
        say(person, habit, day, sign)
        archive_on(person, habit, day, row)


def backdated(house: Daybeat, person: Person, habit: str, row: Row) -> None:
    """Say all days on the last one, the newest first; a habit that is put away stops there."""
    days = list(days_of(row["start"], len(row["history"])))
    newest = date.fromisoformat(row.get("archived", str(days[-1])))
    house.clock.set(noon(newest))
    for day, sign in reversed(list(zip(days, row["history"], strict=True))):
        say(person, habit, day, sign)
    archive_on(person, habit, newest, row)
    house.clock.set(noon(days[-1]))


def archive_on(person: Person, habit: str, day: date, row: Row) -> None:
    if str(day) == row.get("archived"):
        person.patch(f"/habits/{habit}", {"archived": True})


def begin(person: Person, row: Row) -> str:
    schedule = dict(row["schedule"])
    rule = {name: schedule.pop(name) for name in ("target", "direction") if name in schedule}
    habit = person.habit(schedule=schedule, start=row["start"], **rule)
    for first, last in pause_runs(row["history"], row["start"]):
        person.post(f"/habits/{habit}/pauses", {"from": str(first), "to": str(last)})
    return habit


@pytest.mark.parametrize("live", [as_it_comes, backdated])
@pytest.mark.parametrize("row", STREAKS, ids=told)
def test_an_example_has_the_figures_it_was_worked_out_to_have(house: Daybeat, row: Row, live: Living) -> None:
    house.clock.set(noon(row["start"]))
    person = newcomer(house)
    use_program_token(person)
    habit = begin(person, row)
    live(house, person, habit, row)
    assert figures(person.get(f"/habits/{habit}/stats")) == expected(row)
    assert figures(person.get(f"/habits/{habit}")["stats"]) == expected(row)


@pytest.mark.parametrize("row", HABIT_DAYS, ids=told)
def test_an_instant_belongs_to_its_habit_day(house: Daybeat, row: Row) -> None:
    instant = datetime.fromisoformat(row["instant"])
    house.clock.set(instant)
    person = newcomer(house, timezone=row["tz"], rollover_hour=row["rollover_hour"])
    habit = person.habit(start=str(instant.date() - 7 * DAY))
    result = person.post(f"/habits/{habit}/check-ins")
    assert result["day"]["date"] == result["check_in"]["date"] == row["habit_day"]


@pytest.mark.parametrize("row", TRAVELS, ids=told)
def test_a_traveller_keeps_the_days_they_lived(house: Daybeat, row: Row) -> None:
    person, habit = travel(house, row)
    if "then_zone" in row:
        person.patch("/auth/me", {"timezone": row["then_zone"]})
    said: list[dict[str, Any]] = person.get(f"/habits/{habit}/check-ins")["items"]
    assert sorted({each["date"] for each in said}) == row["habit_days"]
    assert person.get(f"/habits/{habit}/stats")["streak"] == row["streak"]


def travel(house: Daybeat, row: Row) -> tuple[Person, str]:
    home, first = row["events"][0]
    house.clock.set(datetime.fromisoformat(first))
    person = newcomer(house, timezone=home)
    habit = person.habit(start=row["habit_days"][0])
    for zone, instant in row["events"]:
        house.clock.set(datetime.fromisoformat(instant))
        sign_in_again(house, person)
        person.patch("/auth/me", {"timezone": zone})
        person.post(f"/habits/{habit}/check-ins")
    return person, habit
