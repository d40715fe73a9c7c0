"""Moods from the app on the wall: only when their people wanted it, only in company, and never with a trace."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from daybeat.bootstrap.rebuild import names, rebuild
from daybeat.modules.wall.models import wall_waiting
from tests.support.database import caught_up
from tests.support.daybeat import PASSWORD, Daybeat, Person
from tests.support.moods import queue_is_read, read_queue


def sharer(daybeat: Daybeat, name: str, *, shares: bool = True) -> Person:
    person = daybeat.person(f"{name}@example.org")
    if shares:
        person.put("/moods/settings", {"share_on_wall": True})
    return person


def feels(person: Person, *scores: int) -> list[Any]:
    return [person.post("/moods", {"score": score})["id"] for score in scores]


def wall(daybeat: Daybeat) -> tuple[int, int, int]:
    """Give happy, sad, and for how many more people the wall waits."""
    caught_up(daybeat)
    queue_is_read(daybeat.core)
    shown = daybeat.client.get("/mood-wall/stats").json()
    return shown["happy"], shown["sad"], shown["waiting_for"]


def waiting(daybeat: Daybeat) -> Sequence[Any]:
    def look(connection: Connection) -> Sequence[Any]:
        return connection.execute(select(wall_waiting)).all()

    caught_up(daybeat)
    return daybeat.core.store.read_now(look)


@pytest.fixture
def people(daybeat: Daybeat) -> list[Person]:
    return [sharer(daybeat, name) for name in ("ana", "bea", "cem")]


def test_moods_wait_until_three_people_wait_and_then_go_together(daybeat: Daybeat, people: list[Person]) -> None:
    ana, bea, cem = people
    feels(ana, 5, 4)
    assert wall(daybeat) == (0, 0, 2)
    feels(bea, 1)
    assert wall(daybeat) == (0, 0, 1)
    feels(bea, 2)
    assert wall(daybeat) == (0, 0, 1)
    assert read_queue(daybeat.core) == []
    feels(cem, 4)
    assert wall(daybeat) == (3, 2, 0)
    assert waiting(daybeat) == []


def test_nothing_in_the_queue_tells_whose_mood_which_was(daybeat: Daybeat, people: list[Person]) -> None:
    orders = set()
    for _ in range(12):
        daybeat.clock.forward(minutes=1)
        for person, score in zip(people, (5, 5, 1), strict=True):
            daybeat.clock.forward(seconds=1)
            feels(person, score)
        caught_up(daybeat)
        bodies = read_queue(daybeat.core)[-3:]
        assert len({body.partition(b",")[2] for body in bodies}) == 1  # one and the same time
        orders.add(tuple(body.partition(b",")[0] for body in bodies))
    assert len(orders) > 1  # in no order that follows from who spoke when


def test_who_did_not_opt_in_is_not_on_the_wall(daybeat: Daybeat) -> None:
    for number in range(4):
        feels(sharer(daybeat, f"p{number}", shares=False), 5)
    assert wall(daybeat) == (0, 0, 0)


def test_a_middling_mood_counts_as_nothing_and_is_no_company(daybeat: Daybeat, people: list[Person]) -> None:
    for person in people:
        feels(person, 3)
    assert wall(daybeat) == (0, 0, 0)
    assert waiting(daybeat) == []


def test_a_mood_taken_back_in_time_is_not_shown(daybeat: Daybeat, people: list[Person]) -> None:
    ana, bea, cem = people
    (first,) = feels(ana, 1)
    ana.delete(f"/moods/{first}")
    feels(bea, 5)
    feels(cem, 5)
    assert wall(daybeat) == (0, 0, 1)


def test_a_mood_changed_in_time_is_shown_as_it_is_now(daybeat: Daybeat, people: list[Person]) -> None:
    ana, bea, cem = people
    (first,) = feels(ana, 1)
    ana.patch(f"/moods/{first}", {"score": 5})
    feels(bea, 5)
    feels(cem, 5)
    assert wall(daybeat) == (3, 0, 0)


def test_whoever_stops_sharing_takes_along_what_waits(daybeat: Daybeat, people: list[Person]) -> None:
    feels(people[0], 5)
    people[0].put("/moods/settings", {"share_on_wall": False})
    assert wall(daybeat) == (0, 0, 0)
    assert waiting(daybeat) == []


def test_an_account_that_is_gone_takes_along_what_waits(daybeat: Daybeat, people: list[Person]) -> None:
    feels(people[0], 5)
    feels(people[1], 5)
    assert len(waiting(daybeat)) == 2
    assert people[0].ask("DELETE", "/auth/me", json={"password": PASSWORD}).is_success
    assert [row.user_id.hex for row in waiting(daybeat)] == [people[1].id.replace("-", "")]
    assert wall(daybeat) == (0, 0, 2)


def test_a_mood_of_last_week_is_not_how_somebody_is(daybeat: Daybeat, people: list[Person]) -> None:
    past = (daybeat.clock.now() - timedelta(days=7)).isoformat()
    for person in people:
        person.post("/moods", {"score": 5, "at": past})
    assert wall(daybeat) == (0, 0, 0)


def test_a_replay_does_not_count_them_again(daybeat: Daybeat, people: list[Person]) -> None:
    for person in people:
        feels(person, 5)
    assert wall(daybeat) == (3, 0, 0)
    assert "wall.app_moods" not in names()
    for name in [*names(), "wall.app_moods"]:
        rebuild(daybeat.core, name, lambda _done, _total: None)
    assert wall(daybeat) == (3, 0, 0)
    assert len(read_queue(daybeat.core)) == 3
