"""Check-ins through the HTTP API."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer, noon


def test_a_second_identical_call_changes_nothing(ana: Person) -> None:
    habit = ana.habit()
    first = ana.says(habit, "2026-03-02")
    again = ana.says(habit, "2026-03-02")
    assert first["changed"]
    assert not again["changed"]
    assert again["check_in"] == first["check_in"]
    assert again["stats"]["streak"] == 1


def test_saying_something_else_replaces_what_was_said(ana: Person) -> None:
    habit = ana.habit()
    ana.says(habit, "2026-03-02")
    ana.says(habit, "2026-03-02", "no")
    result = ana.says(habit, "2026-03-02", "skip")
    assert result["day"]["state"] == "skipped"
    assert len(ana.get(f"/habits/{habit}/check-ins")["items"]) == 1


@pytest.mark.parametrize(
    ("wishes", "said", "state"),
    [
        ({}, {"state": "done"}, "done"),
        ({}, {"state": "no"}, "no"),
        ({}, {"state": "skip"}, "skipped"),
        ({"target": 30}, {"state": "done", "amount": 10}, "partial"),
        ({"target": 30}, {"state": "done", "amount": 30}, "done"),
        ({"target": 30}, {"state": "done"}, "done"),
        ({"target": 2, "direction": "at_most"}, {"state": "done", "amount": 2}, "done"),
        ({"target": 2, "direction": "at_most"}, {"state": "done", "amount": 2.5}, "over"),
        ({"schedule": {"kind": "avoid"}}, {"state": "no"}, "slip"),
        ({"schedule": {"kind": "avoid"}}, {"state": "done"}, "slip"),
        ({"schedule": {"kind": "avoid"}}, {"state": "skip"}, "skipped"),
    ],
)
def test_a_day_is_told_in_one_word(ana: Person, wishes: Any, said: Any, state: str) -> None:
    habit = ana.habit(**wishes)
    assert ana.put(f"/habits/{habit}/check-ins/2026-03-02", said)["day"]["state"] == state


def test_done_without_a_number_means_the_target(ana: Person) -> None:
    habit = ana.habit(target=30)
    assert ana.says(habit, "2026-03-02")["check_in"]["amount"] == 30
    total = ana.habit(schedule={"kind": "weekly_total"}, target=100)
    answer = ana.ask("PUT", f"/habits/{total}/check-ins/2026-03-02", json={"state": "done"})
    assert (answer.status_code, answer.json()["type"]) == (422, "amount-needed")


def test_a_note_stays_until_it_is_changed_or_cleared(ana: Person) -> None:
    habit = ana.habit()
    ana.says(habit, "2026-03-02", note="  ten pages ")
    assert ana.says(habit, "2026-03-02", "no")["check_in"]["note"] == "ten pages"
    assert ana.says(habit, "2026-03-02", note="twelve")["check_in"]["note"] == "twelve"
    assert ana.says(habit, "2026-03-02", note=None)["check_in"]["note"] is None


def test_numbers_of_one_day_add_up(ana: Person) -> None:
    habit = ana.habit(target=30)
    for amount in (10, 12.5, None):
        result = ana.post(f"/habits/{habit}/check-ins", {"amount": amount})
    assert (result["day"]["amount"], result["day"]["count"]) == (23.5, 3)
    assert result["day"]["state"] == "partial"


def test_taking_back_one_check_in_leaves_the_others(ana: Person) -> None:
    habit = ana.habit(target=30)
    ana.post(f"/habits/{habit}/check-ins", {"amount": 10})
    second = ana.post(f"/habits/{habit}/check-ins", {"amount": 20})
    assert second["stats"]["streak"] == 1
    result = ana.delete(f"/check-ins/{second['check_in']['id']}")
    assert (result["day"]["amount"], result["stats"]["streak"]) == (10, 0)
    assert ana.ask("DELETE", f"/check-ins/{second['check_in']['id']}").status_code == 404


def test_clearing_a_day_takes_back_all_of_it_once(ana: Person) -> None:
    habit = ana.habit(target=30)
    for _ in range(2):
        ana.post(f"/habits/{habit}/check-ins", {"amount": 15})
    cleared = ana.delete(f"/habits/{habit}/check-ins/2026-03-02")
    assert (cleared["changed"], cleared["day"]["state"], cleared["check_in"]) == (True, "open", None)
    assert not ana.delete(f"/habits/{habit}/check-ins/2026-03-02")["changed"]


def test_a_check_in_belongs_to_the_day_of_its_instant(ana: Person) -> None:
    habit = ana.habit(start="2026-02-01")
    result = ana.post(f"/habits/{habit}/check-ins", {"at": "2026-03-01T02:59:59Z"})
    assert result["check_in"]["date"] == "2026-02-28"
    abroad = ana.post(f"/habits/{habit}/check-ins", {"at": "2026-03-02T00:30:00Z", "timezone": "Asia/Tokyo"})
    assert abroad["check_in"]["date"] == "2026-03-02"


def test_a_device_east_of_home_may_be_a_day_ahead(house: Daybeat) -> None:
    ana = newcomer(house, timezone="America/Los_Angeles")
    habit = ana.habit(start="2026-03-01")
    house.clock.forward(hours=8)
    ana.access_token = ana.post("/auth/refresh", {"refresh_token": ana.refresh_token})["access_token"]
    result = ana.post(f"/habits/{habit}/check-ins", {"timezone": "Pacific/Auckland"})
    assert (result["check_in"]["date"], ana.get("/today")["date"]) == ("2026-03-03", "2026-03-02")


@pytest.mark.parametrize(
    ("day", "kind"), [("2026-02-28", "before-start"), ("2026-03-03", "in-future"), ("2199-01-01", "in-future")]
)
def test_days_the_habit_has_not_got_are_refused(ana: Person, day: str, kind: str) -> None:
    habit = ana.habit(start="2026-03-01")
    for method, body in (("PUT", {"state": "done"}), ("DELETE", None)):
        answer = ana.ask(method, f"/habits/{habit}/check-ins/{day}", json=body)
        assert (answer.status_code, answer.json()["type"]) == (422, kind)


def test_an_instant_before_the_start_or_to_come_is_refused(house: Daybeat, ana: Person) -> None:
    habit = ana.habit()
    soon = (house.clock.now() + timedelta(seconds=1)).isoformat()
    for at, kind in (("2026-03-01T12:00:00Z", "before-start"), (soon, "in-future")):
        answer = ana.ask("POST", f"/habits/{habit}/check-ins", json={"at": at})
        assert (answer.status_code, answer.json()["type"]) == (422, kind)


def test_an_id_of_the_client_makes_a_check_in_once(ana: Person) -> None:
    habit, other, mine = ana.habit(target=5), ana.habit(), str(uuid4())
    first = ana.post(f"/habits/{habit}/check-ins", {"id": mine, "amount": 3})
    again = ana.post(f"/habits/{habit}/check-ins", {"id": mine, "amount": 3})
    assert (first["check_in"]["id"], again["changed"], again["day"]["amount"]) == (mine, False, 3)
    assert ana.ask("POST", f"/habits/{other}/check-ins", json={"id": mine}).status_code == 409


def test_a_list_is_the_oldest_first_and_can_be_cut(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(start="2026-02-01")
    for day in ("2026-02-20", "2026-02-10", "2026-03-01"):
        ana.says(habit, day, note="yes" if day > "2026-02-15" else None)
    path = f"/habits/{habit}/check-ins"
    assert dates(ana.get(path)) == ["2026-02-10", "2026-02-20", "2026-03-01"]
    assert dates(ana.get(path, **{"from": "2026-02-11", "to": "2026-02-28"})) == ["2026-02-20"]
    assert dates(ana.get(path, with_note=True)) == ["2026-02-20", "2026-03-01"]
    assert house.clock.now() == noon("2026-03-02")


def dates(listed: Any) -> list[str]:
    return [each["date"] for each in listed["items"]]
