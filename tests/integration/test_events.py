"""Events over HTTP: taken with the activity tracker's words, stored once, read by whoever recorded them."""

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from daybeat.modules.activity.erasing import Erasing, Pruning
from daybeat.modules.activity.models import user_activities
from tests.support.activity import EXAMPLE, said
from tests.support.database import caught_up
from tests.support.daybeat import NOON, PASSWORD, Daybeat, Person, running_daybeat
from tests.support.days import newcomer, sign_in_again

pytestmark = pytest.mark.embedded


def track(person: Person, **wishes: Any) -> Any:
    return person.ask("POST", "/events/track", json=said(**wishes))


def program(person: Person, *scopes: str) -> dict[str, str]:
    token = person.post("/auth/tokens", {"name": "script", "scopes": list(scopes)})["token"]
    return {"Authorization": f"Bearer {token}"}


def recorded(person: Person, **wishes: Any) -> list[Any]:
    return list(person.get("/events", **wishes)["items"])


def test_the_activity_trackers_request_gets_its_answer_and_is_stored_as_its_row(ana: Person) -> None:
    answer = ana.ask("POST", "/events/track", json=EXAMPLE)
    assert answer.status_code == 202
    assert answer.json()["status"] == "queued"
    assert answer.json()["message"] == "Event queued successfully"
    (event,) = recorded(ana)
    assert {name: event[name] for name in EXAMPLE} == EXAMPLE
    assert event["event_id"] == answer.json()["event_id"]
    assert event["account_id"] == ana.id


def test_the_same_event_twice_is_stored_once(ana: Person) -> None:
    event_id = str(uuid4())
    assert [track(ana, event_id=event_id).status_code for _ in range(2)] == [202, 202]
    assert len(recorded(ana)) == 1


def test_two_accounts_may_use_the_same_id(house: Daybeat) -> None:
    ana, bea, event_id = newcomer(house), newcomer(house), str(uuid4())
    for person in (ana, bea):
        track(person, event_id=event_id)
    assert [len(recorded(person)) for person in (ana, bea)] == [1, 1]


def test_a_batch_is_taken_whole_or_not_at_all(ana: Person) -> None:
    fine = [said(user_id=number) for number in range(1000)]
    answer = ana.post("/events/batch", fine)
    assert answer == {"status": "queued", "accepted": 1000}
    wrong = ana.ask("POST", "/events/batch", json=[*fine[:2], said(timestamp="1999-01-01T00:00:00Z")])
    assert wrong.status_code == 422
    assert wrong.json()["detail"].startswith("[2].timestamp")
    assert len(recorded(ana, limit=1000)) == 1000


@pytest.mark.parametrize(("path", "size"), [("track", 70_000), ("batch", 1_100_000)])
def test_a_body_that_is_too_large_is_refused(ana: Person, path: str, size: int) -> None:
    body = json.dumps(said(metadata={"x": "y" * size}))
    assert ana.ask("POST", f"/events/{path}", content=body).status_code == 413


@pytest.mark.parametrize("batch", [[], [said()] * 1001, {}], ids=["none", "1,001", "no list"])
def test_a_batch_that_is_none_is_refused(ana: Person, batch: Any) -> None:
    answer = ana.ask("POST", "/events/batch", json=batch)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_who_may_send_and_who_may_read(ana: Person) -> None:
    writer, reader, other = program(ana, "events:write"), program(ana, "events:read"), program(ana, "read", "write")
    bare = ana.client
    everybody = {"writer": writer, "reader": reader, "other": other, "nobody": dict[str, str]()}
    sent = {
        name: bare.post("/api/v1/events/track", json=said(), headers=each).status_code
        for name, each in everybody.items()
    }
    assert sent == {"writer": 202, "reader": 403, "other": 403, "nobody": 401}
    got = {name: bare.get("/api/v1/events", headers=each).status_code for name, each in everybody.items()}
    assert got == {"writer": 403, "reader": 200, "other": 403, "nobody": 401}


def test_a_token_stands_in_the_address_only_if_it_is_good_for_nothing_else(ana: Person) -> None:
    narrow, wide = (
        program(ana, *scopes)["Authorization"].removeprefix("Bearer ")
        for scopes in (["events:write"], ["events:write", "read"])
    )
    statuses = [
        ana.client.post(f"/api/v1/events/track?token={each}", json=said()).status_code for each in (narrow, wide)
    ]
    assert statuses == [202, 403]


def test_a_revoked_token_stops_working(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ana.post("/auth/tokens", {"name": "script", "scopes": ["events:write"]})
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert ana.client.post("/api/v1/events/track", json=said(), headers=headers).status_code == 202
    ana.delete(f"/auth/tokens/{made['id']}")
    monkeypatch.setattr("daybeat.modules.activity.callers.BELIEVED_FOR", 0.0)
    assert ana.client.post("/api/v1/events/track", json=said(), headers=headers).status_code == 401


def test_nobody_reads_anybody_elses_events(house: Daybeat) -> None:
    ana, bea = newcomer(house), newcomer(house)
    track(ana, event_type="a secret")
    assert recorded(bea) == []
    assert bea.get("/events/counts")["items"] == []
    assert "a secret" not in bea.ask("GET", "/events/export").text
    assert bea.ask("GET", "/events/refused").status_code == 403


def test_lists_are_filtered_and_cut_into_pages_that_do_not_shift(ana: Person) -> None:
    for number in range(7):
        track(ana, user_id=number % 2, event_type=f"type {number % 3}", timestamp=f"2025-01-0{number + 1}T00:00:00Z")
    assert len(recorded(ana, user_id=1)) == 3
    assert len(recorded(ana, event_type="type 0")) == 3
    between = recorded(ana, **{"from": "2025-01-02T00:00:00Z", "to": "2025-01-04T00:00:00+00:00"})
    assert [event["timestamp"] for event in between] == ["2025-01-03T00:00:00Z", "2025-01-02T00:00:00Z"]
    first = ana.get("/events", limit=3)
    track(ana, event_type="late")
    second = ana.get("/events", limit=3, cursor=first["next_cursor"])
    third = ana.get("/events", limit=3, cursor=second["next_cursor"])
    ids = [event["id"] for page in (first, second, third) for event in page["items"]]
    assert len(ids) == len(set(ids)) == 7
    assert third["next_cursor"] is None


@pytest.mark.parametrize("params", [{"limit": 0}, {"cursor": "nonsense"}, {"from": "2025-01-03"}, {"user_id": "x"}])
def test_a_question_that_makes_no_sense_is_refused(ana: Person, params: dict[str, Any]) -> None:
    assert ana.ask("GET", "/events", params=params).status_code == 422


def test_counts_are_kept_by_type_and_hour(ana: Person) -> None:
    for minute in (0, 59):
        track(ana, timestamp=f"2025-01-03T08:{minute:02}:00Z")
    track(ana, timestamp="2025-01-03T09:00:00Z")
    track(ana, timestamp="2025-01-03T14:30:00+05:30", event_type="logout")
    counts = [(each["event_type"], each["hour"], each["n"]) for each in ana.get("/events/counts")["items"]]
    assert counts == [
        ("login", "2025-01-03T09:00:00Z", 1),
        ("logout", "2025-01-03T09:00:00Z", 1),
        ("login", "2025-01-03T08:00:00Z", 2),
    ]


def test_everything_is_exported_as_csv_and_as_lines_of_json(ana: Person) -> None:
    track(ana, event_type="=cmd()", metadata={"a": ["b", None]})
    track(ana, metadata=None)
    answer = ana.ask("GET", "/events/export", params={"format": "csv"})
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["event_type"] for row in rows] == ["'=cmd()", "login"]
    assert [row["metadata"] for row in rows] == ['{"a":["b",null]}', ""]
    lines = [json.loads(line) for line in ana.ask("GET", "/events/export").text.splitlines()]
    assert [line["event_type"] for line in lines] == ["=cmd()", "login"]


def test_an_account_takes_its_events_with_it(house: Daybeat) -> None:
    ana, bea = newcomer(house), newcomer(house)
    for person in (ana, bea):
        track(person)
    assert ana.ask("DELETE", "/auth/me", json={"password": PASSWORD}).status_code == 204
    caught_up(house)
    asyncio.run(Erasing(house.core.store, house.core.activity, house.clock).erase())
    own = select(user_activities).where(user_activities.c.account_id == UUID(ana.id))
    assert house.core.activity.read_now(lambda connection: connection.execute(own).all()) == []
    assert len(recorded(bea)) == 1


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[Daybeat]:
    settings = {"activity_anonymous": True, "activity_events_per_minute": 3, "cors_origins": ["https://shop.example"]}
    with running_daybeat(tmp_path / "data", **settings) as running:
        yield running


def test_an_open_house_takes_events_of_nobody_and_its_admin_reads_them(open_house: Daybeat) -> None:
    admin, other = open_house.person("admin@example.org"), open_house.person("other@example.org")
    assert open_house.client.post("/api/v1/events/track", json=said()).status_code == 202
    (event,) = recorded(admin)
    assert event["account_id"] is None
    assert recorded(admin, account="me") == recorded(other) == []


def test_a_caller_who_sends_too_much_is_told_when_to_go_on(open_house: Daybeat) -> None:
    statuses = [open_house.client.post("/api/v1/events/track", json=said()) for _ in range(4)]
    assert [each.status_code for each in statuses] == [202, 202, 202, 429]
    assert int(statuses[-1].headers["retry-after"]) >= 1


def test_pages_elsewhere_may_send_if_they_are_named(open_house: Daybeat) -> None:
    def asked(origin: str) -> Any:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        return open_house.client.options("/api/v1/events/track", headers=headers)

    assert asked("https://shop.example").headers["access-control-allow-origin"] == "https://shop.example"
    assert "access-control-allow-origin" not in asked("https://evil.example").headers


def test_what_is_too_old_is_dropped(house: Daybeat, ana: Person) -> None:
    track(ana, event_type="old")
    house.clock.set(NOON + timedelta(days=31))
    sign_in_again(house, ana)
    track(ana, event_type="new")
    asyncio.run(Pruning(house.core.activity, house.clock, 30).prune())
    assert [event["event_type"] for event in recorded(ana)] == ["new"]
