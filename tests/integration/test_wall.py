"""Sender and wall through their doors: what is taken, what is refused, and what everybody may see."""

import ast
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from daybeat.infra.web.limits import RateLimits
from daybeat.modules.wall import sender
from daybeat.modules.wall.sender import SenderDoor, sender_app
from tests.support.clock import SetClock
from tests.support.daybeat import NOON, Daybeat
from tests.support.moods import queue_is_read, read_queue

SEND = "/mood-sender/send"
HOSTILE: dict[str, Any] = {
    "nothing": b"",
    "no JSON": b"good",
    "a list": ["good"],
    "a word": "good",
    "null": None,
    "no type": {},
    "another type": {"type": "meh"},
    "capitals": {"type": "Good"},
    "true": {"type": True},
    "a list of types": {"type": ["good"]},
    "two types": b'{"type":"good","type":"bad"}',
    "a field too many": {"type": "good", "timestamp": "2026-02-16T16:15:00.000Z"},
    "NaN": b'{"type":NaN}',
    "half": b'{"type":"good"',
    "nested": b"[" * 100 + b"]" * 100,
    "bytes that are no text": b'{"type":"good\xff"}',
    "NUL": b'{"type":"good\\u0000"}',
}


@pytest.fixture
def wall(daybeat: Daybeat) -> Daybeat:
    daybeat.client.follow_redirects = False
    return daybeat


def stats(daybeat: Daybeat) -> Any:
    queue_is_read(daybeat.core)
    return daybeat.client.get("/mood-wall/stats").json()


def test_a_click_is_on_the_wall_when_its_answer_is_there(wall: Daybeat) -> None:
    answer = wall.client.post(SEND, json={"type": "good"})
    assert (answer.status_code, answer.json()) == (202, {"status": "accepted"})
    assert read_queue(wall.core) == [b'{"type":"good","timestamp":"2026-03-02T12:00:00.000Z"}']
    wall.client.post(SEND, json={"type": "bad"})
    wall.client.post(SEND, json={"type": "bad"})
    shown = stats(wall)
    assert {name: shown[name] for name in ("happy", "sad", "score", "total")} == {
        "happy": 1,
        "sad": 2,
        "score": -1,
        "total": 3,
    }
    assert shown["updated_at"] == "2026-03-02T12:00:00Z"
    assert (shown["day"]["happy"][-1], shown["day"]["sad"][-1], shown["waiting_for"]) == (1, 2, 0)


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_body_is_refused_and_nothing_is_queued(wall: Daybeat, body: Any) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = wall.client.post(SEND, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert read_queue(wall.core) == []


def test_a_large_body_is_not_even_read(wall: Daybeat) -> None:
    body = b'{"type":"good"' + b" " * 300 + b"}"
    answer = wall.client.post(SEND, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert wall.client.post("/mood-sender/", content=b"type=good&x=" + b"x" * 300).status_code == 413


def test_what_says_it_is_no_json_is_refused(wall: Daybeat) -> None:
    answer = wall.client.post(SEND, content=b'{"type":"good"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422


def test_a_page_without_scripts_sends_and_comes_back(wall: Daybeat) -> None:
    answer = wall.client.post("/mood-sender/", data={"type": "bad"})
    assert (answer.status_code, answer.headers["location"]) == (303, "./#sent")
    assert stats(wall)["sad"] == 1


@pytest.mark.parametrize("form", [b"", b"type=meh", b"type=good&type=bad", b"\xff\xfe", b"mood=good"])
def test_a_form_that_says_nothing_is_refused(wall: Daybeat, form: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert wall.client.post("/mood-sender/", content=form, headers=headers).status_code == 422


@pytest.mark.parametrize("path", [SEND, "/mood-sender/"])
def test_a_page_from_elsewhere_cannot_speak_for_its_visitors(wall: Daybeat, path: str) -> None:
    answer = wall.client.post(path, json={"type": "good"}, headers={"Origin": "https://elsewhere.example"})
    assert (answer.status_code, answer.json()["type"]) == (403, "foreign-page")
    assert read_queue(wall.core) == []


def test_an_address_that_sends_too_much_is_told_to_wait(wall: Daybeat) -> None:
    answers = [wall.client.post(SEND, json={"type": "good"}) for _ in range(60)]
    taken = [each for each in answers if each.status_code == 202]
    refused = [each for each in answers if each.status_code == 429]
    assert len(taken) >= 20
    assert len(taken) + len(refused) == 60
    assert refused
    assert refused[0].json()["type"] == "too-many-requests"
    assert int(refused[0].headers["retry-after"]) >= 1
    assert stats(wall)["happy"] == len(taken)


@pytest.mark.parametrize("name", ["mood-sender", "mood-wall"])
def test_the_pages_are_there_with_and_without_a_slash(wall: Daybeat, name: str) -> None:
    answer = wall.client.get(f"/{name}?kiosk=1")
    assert (answer.status_code, answer.headers["location"]) == (308, f"{name}/?kiosk=1")
    page = wall.client.get(f"/{name}/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    for file in ("happy.svg", "sad.svg", "mood.css"):
        assert wall.client.get(f"/{name}/files/{file}").status_code == 200


def test_the_wall_takes_no_commands(wall: Daybeat) -> None:
    for path in ("", "stats", "live", "sender", "sender.svg"):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert wall.client.request(method, f"/mood-wall/{path}").status_code in {404, 405}, f"{method} {path}"


def test_the_sender_tells_nothing(wall: Daybeat) -> None:
    for path in ("stats", "live", "send", "counts"):
        assert wall.client.get(f"/mood-sender/{path}").status_code in {404, 405}


def test_the_code_leads_to_the_sender_where_the_wall_was_opened(wall: Daybeat) -> None:
    told = wall.client.get("/mood-wall/sender", headers={"Host": "192.168.1.5:8000"}).json()
    assert told == {"url": "http://192.168.1.5:8000/mood-sender/"}
    drawn = wall.client.get("/mood-wall/sender.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.content.count(b"<path") == 2


@pytest.mark.parametrize("host", ["", "a" * 5000, "evil.example/<script>", "a b"])
def test_a_host_that_is_none_is_not_drawn(wall: Daybeat, host: str) -> None:
    told = wall.client.get("/mood-wall/sender", headers={"Host": host}).json()
    assert told == {"url": "http://127.0.0.1:8000/mood-sender/"}
    assert wall.client.get("/mood-wall/sender.svg", headers={"Host": host}).status_code == 200


class Put:
    """A way into a queue that is no queue at all."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def put(self, *bodies: bytes) -> None:
        self.bodies += bodies


def test_the_sender_needs_nothing_but_a_way_in() -> None:
    outlet = Put()
    client = TestClient(sender_app(SenderDoor(outlet, SetClock(NOON), RateLimits(), ())))
    assert client.post("/send", json={"type": "bad"}).status_code == 202
    assert client.get("/").status_code == client.get("/files/sad.svg").status_code == 200
    assert outlet.bodies == [b'{"type":"bad","timestamp":"2026-03-02T12:00:00.000Z"}']


READING = ("sqlalchemy", "daybeat.infra.db", "daybeat.infra.events", "daybeat.infra.queues.table")


def test_the_sender_has_no_code_path_that_reads() -> None:
    reached = _reached_from(sender.__name__)
    assert "daybeat.infra.queues.port" in reached
    assert [name for name in reached if name.startswith(READING)] == []
    assert {name for name in reached if name.startswith("daybeat.modules.")} == {
        "daybeat.modules.wall",
        "daybeat.modules.wall.domain",
        "daybeat.modules.wall.domain.messages",
        "daybeat.modules.wall.pages",
        "daybeat.modules.wall.sender",
    }


def test_the_sender_calls_its_queue_only_to_put() -> None:
    tree = ast.parse(Path(sender.__file__).read_text())
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "outlet"
    }
    assert used == {"put"}


def _reached_from(module: str) -> set[str]:
    """Follow every import, wherever it stands, through all of Daybeat."""
    reached: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        if name.startswith("daybeat"):
            waiting += [*_imports(name), name.rpartition(".")[0] or name]
    return reached


def _imports(name: str) -> Iterator[str]:
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        return
    for node in ast.walk(ast.parse(Path(found.origin).read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names if _is_module(f"{node.module}.{each.name}"))


def _is_module(name: str) -> bool:
    if not name.startswith("daybeat"):
        return False
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
