"""The live socket: your own facts, all of them, in order, for as long as you are signed in."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from daybeat.modules.live import socket as live
from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer
from tests.support.live import connected

URL = "/api/v1/live"


@contextmanager
def listening(
    house: Daybeat, person: Person, since: int | None = None, origin: str | None = None
) -> Iterator[tuple[WebSocketTestSession, int]]:
    """Open a socket and sign in; gives it with the number of the newest fact."""
    frame = {"type": "auth", "token": person.access_token, **({} if since is None else {"since": since})}
    with connected(house, origin) as socket:
        socket.send_json(frame)
        ready = socket.receive_json()
        assert ready["type"] == "ready"
        yield socket, ready["seq"]


def closing_code(socket: WebSocketTestSession) -> int:
    with pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_text()
    return closed.value.code


def next_facts(socket: WebSocketTestSession, number: int) -> list[dict[str, Any]]:
    return [socket.receive_json() for _ in range(number)]


def test_a_fact_arrives_with_everything_a_page_needs(house: Daybeat, ana: Person) -> None:
    habit = ana.habit()
    with listening(house, ana) as (socket, seq):
        said = ana.says(habit, "2026-03-02")
        fact = socket.receive_json()
    assert (fact["seq"], fact["type"]) == (seq + 1, "habits.check_in.recorded")
    assert fact["data"]["stats"] == said["stats"]
    assert fact["data"]["day"]["state"] == "done"
    assert {"id", "occurred_at", "correlation_id", "source", "device"} <= fact.keys()


def test_a_client_that_was_away_misses_nothing(house: Daybeat, ana: Person) -> None:
    with listening(house, ana) as (_, seen):
        pass
    habit = ana.habit(start="2026-01-01")
    for day in range(1, 29):
        ana.says(habit, f"2026-02-{day:02}")
    with listening(house, ana, since=seen) as (socket, newest):
        facts = next_facts(socket, newest - seen)
    assert newest == seen + 29
    assert [fact["seq"] for fact in facts] == list(range(seen + 1, newest + 1))


def test_more_facts_than_one_page_are_caught_up(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(start="2025-01-01")
    days = [{"date": f"2025-{month:02}-{day:02}"} for month in range(1, 11) for day in range(1, 29)]
    ana.post(f"/habits/{habit}/check-ins/import", {"check_ins": days})
    with listening(house, ana, since=0) as (socket, newest):
        assert [fact["seq"] for fact in next_facts(socket, newest)] == list(range(1, newest + 1))
    assert newest > live.PAGE


def test_facts_of_many_at_once_arrive_without_a_gap(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(start="2026-02-01")
    with listening(house, ana) as (socket, seq), ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda day: ana.says(habit, f"2026-02-{day:02}"), range(1, 25)))
        facts = next_facts(socket, 24)
    assert [fact["seq"] for fact in facts] == list(range(seq + 1, seq + 25))


def test_a_fact_is_the_same_live_and_afterwards(house: Daybeat, ana: Person) -> None:
    habit = ana.habit()
    with listening(house, ana) as (socket, seen):
        ana.says(habit, "2026-03-02", note="ten pages")
        at_once = socket.receive_json()
    with listening(house, ana, since=seen) as (socket, _):
        assert socket.receive_json() == at_once


def test_another_users_facts_never_arrive(house: Daybeat, ana: Person) -> None:
    bea = newcomer(house)
    with listening(house, ana) as (socket, seq):
        # Both have lived through the same number of facts, so Bea's next one would follow on Ana's last.
        with listening(house, bea) as (_, beas_seq):
            assert beas_seq == seq
        bea.habit(name="a secret of Bea's")
        ana.habit(name="Ana's own")
        fact = socket.receive_json()
    assert (fact["seq"], fact["data"]["title"]) == (seq + 1, "Ana's own")


def test_a_number_from_the_future_hears_what_is_new(house: Daybeat, ana: Person) -> None:
    with listening(house, ana, since=10**9) as (socket, seq):
        ana.habit()
        assert socket.receive_json()["seq"] == seq + 1


BAD_FRAMES = {
    "no JSON": "hello",
    "an array": "[]",
    "another type": '{"type": "subscribe"}',
    "no token": '{"type": "auth"}',
    "a number for a token": '{"type": "auth", "token": 1}',
    "nested 100,000 deep": "[" * 100_000,
    "too large": json.dumps({"type": "auth", "token": "x" * 10_000}),
}


@pytest.mark.parametrize("frame", BAD_FRAMES.values(), ids=BAD_FRAMES)
def test_a_frame_that_is_none_closes_the_socket(house: Daybeat, frame: str) -> None:
    with connected(house) as socket:
        socket.send_text(frame)
        assert closing_code(socket) == live.NOT_UNDERSTOOD


def test_a_binary_frame_closes_the_socket(house: Daybeat) -> None:
    with connected(house) as socket:
        socket.send_bytes(b"\x00\x01")
        assert closing_code(socket) == live.NOT_UNDERSTOOD


@pytest.mark.parametrize("since", [-1, 1.5, "7", True, 1 << 53, [1]], ids=str)
def test_a_number_that_is_none_closes_the_socket(house: Daybeat, ana: Person, since: Any) -> None:
    with connected(house) as socket:
        socket.send_json({"type": "auth", "token": ana.access_token, "since": since})
        assert closing_code(socket) == live.NOT_UNDERSTOOD


@pytest.mark.parametrize("token", ["", "x", "dbt_unknown", "dbt_\ud800", "\ud800.\ud800.\ud800", "a.b.c"], ids=ascii)
def test_a_token_that_is_none_closes_the_socket(house: Daybeat, token: str) -> None:
    with connected(house) as socket:
        socket.send_text(json.dumps({"type": "auth", "token": token}))
        assert closing_code(socket) == live.NOT_SIGNED_IN


def test_a_token_without_the_right_to_read_is_not_enough(house: Daybeat, ana: Person) -> None:
    token = ana.post("/auth/tokens", {"name": "writer", "scopes": ["write"]})["token"]
    with connected(house) as socket:
        socket.send_json({"type": "auth", "token": token})
        assert closing_code(socket) == live.NOT_SIGNED_IN


def test_a_foreign_page_is_not_served(house: Daybeat) -> None:
    with connected(house, "https://evil.example") as socket:
        assert closing_code(socket) == live.FORBIDDEN


def test_our_own_page_is_served(house: Daybeat, ana: Person) -> None:
    with listening(house, ana, origin="http://testserver") as (socket, seq):
        ana.habit()
        assert socket.receive_json()["seq"] == seq + 1


def test_who_says_nothing_is_sent_away(house: Daybeat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "FIRST_FRAME_WITHIN", 0.05)
    with connected(house) as socket:
        assert closing_code(socket) == live.NOT_SIGNED_IN


def test_the_end_of_the_session_closes_the_socket(house: Daybeat, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "RECHECK_EVERY", 0.05)
    with listening(house, ana) as (socket, _):
        ana.post("/auth/logout", {"refresh_token": ana.refresh_token})
        assert socket.receive_json()["type"] == "accounts.session.closed"
        assert closing_code(socket) == live.NOT_SIGNED_IN


def test_a_fresh_token_keeps_the_socket_open(house: Daybeat, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "RECHECK_EVERY", 0.05)
    with listening(house, ana) as (socket, seq):
        house.clock.forward(minutes=14)
        ana.access_token = ana.post("/auth/refresh", {"refresh_token": ana.refresh_token})["access_token"]
        socket.send_json({"type": "auth", "token": ana.access_token})
        ana.habit()
        assert socket.receive_json()["seq"] == seq + 1
        house.clock.forward(minutes=14)
        ana.habit()
        assert socket.receive_json()["seq"] == seq + 2
        house.clock.forward(minutes=2)
        assert closing_code(socket) == live.NOT_SIGNED_IN


def test_another_users_token_on_an_open_socket_closes_it(house: Daybeat, ana: Person) -> None:
    bea = newcomer(house)
    with listening(house, ana) as (socket, _):
        socket.send_json({"type": "auth", "token": bea.access_token})
        assert closing_code(socket) == live.NOT_SIGNED_IN
