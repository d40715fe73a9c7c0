"""The same key twice has one effect, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.database import contents
from tests.support.daybeat import Daybeat, Person

HABIT = {"name": "Read", "schedule": {"kind": "daily"}}


def keyed(key: str) -> dict[str, dict[str, str]]:
    return {"headers": {"Idempotency-Key": key}}


def test_the_same_request_gets_the_same_answer_and_has_one_effect(ana: Person) -> None:
    first = ana.post("/habits", HABIT, **keyed("a"))
    assert ana.post("/habits", HABIT, **keyed("a")) == first
    assert len(ana.get("/habits")["items"]) == 1


def test_without_a_key_every_request_counts(ana: Person) -> None:
    ana.post("/habits", HABIT)
    ana.post("/habits", HABIT)
    assert len(ana.get("/habits")["items"]) == 2


def test_the_answer_is_the_first_one_even_when_things_moved_on(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(target=30)
    first = ana.post(f"/habits/{habit}/check-ins", {"amount": 10}, **keyed("b"))
    ana.post(f"/habits/{habit}/check-ins", {"amount": 10})
    before = contents(house)
    assert ana.post(f"/habits/{habit}/check-ins", {"amount": 10}, **keyed("b")) == first
    assert contents(house) == before


@pytest.mark.parametrize("other", ["another body", "another path", "another method"])
def test_a_key_is_for_one_request(ana: Person, other: str) -> None:
    habit, second = ana.habit(), ana.habit()
    path = f"/habits/{habit}/check-ins/2026-03-02"
    ana.ask("PUT", path, json={"state": "done"}, **keyed("c"))
    method, where, body = {
        "another body": ("PUT", path, {"state": "skip"}),
        "another path": ("PUT", path.replace(habit, second), {"state": "done"}),
        "another method": ("DELETE", path, None),
    }[other]
    answer = ana.ask(method, where, json=body, **keyed("c"))
    assert (answer.status_code, answer.json()["type"]) == (422, "idempotency-key-reused")
    assert ana.get(f"/habits/{habit}/check-ins")["items"][0]["state"] == "done"


def test_a_refused_request_does_not_use_up_its_key(ana: Person) -> None:
    habit = ana.habit()
    body = {"at": "2026-03-02T12:00:01Z"}
    assert ana.ask("POST", f"/habits/{habit}/check-ins", json=body, **keyed("d")).status_code == 422
    assert ana.ask("POST", f"/habits/{habit}/check-ins", json={}, **keyed("d")).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "é"], ids=["nothing", "a blank", "two", "256", "é"])
def test_a_key_is_short_and_printable(ana: Person, key: str) -> None:
    headers: Any = {b"Idempotency-Key": key.encode("latin-1")}
    headers[b"Authorization"] = f"Bearer {ana.access_token}".encode()
    answer = ana.client.post("/api/v1/habits", json=HABIT, headers=headers)
    assert answer.status_code == 422


def test_eight_at_once_with_one_key_have_one_effect(ana: Person) -> None:
    habit = ana.habit(target=100)
    ask = ThreadPoolExecutor(8)
    with ask:
        answers = list(ask.map(lambda _: ana.post(f"/habits/{habit}/check-ins", {"amount": 5}, **keyed("e")), range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert ana.get("/today")["items"][0]["amount"] == 5


def test_two_hundred_check_ins_of_eight_clients_are_two_hundred(ana: Person) -> None:
    habit = ana.habit(target=1000)
    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda _: ana.post(f"/habits/{habit}/check-ins", {"amount": 1}), range(200)))
    assert len({answer["check_in"]["id"] for answer in answers}) == 200
    (shown,) = ana.get("/today")["items"]
    assert (shown["count"], shown["amount"]) == (200, 200)


def test_a_device_that_was_open_before_does_not_undo_another_one(house: Daybeat, ana: Person) -> None:
    run, read = ana.habit(name="Run"), ana.habit(name="Read")
    # Both devices looked before either of them checked in.
    ana.get("/today")
    ana.get("/today")
    ana.says(run, "2026-03-02")
    ana.says(read, "2026-03-02")
    assert [each["state"] for each in ana.get("/today")["items"]] == ["done", "done"]
    assert house.client is ana.client
