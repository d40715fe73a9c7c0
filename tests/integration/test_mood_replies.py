"""Replies of devices at their door: stored once, told apart when they come again, refused when they are garbage."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybeat.infra.db.unit_of_work import Origin
from daybeat.infra.mqtt.routes import Arrival, Route
from daybeat.kit.errors import DomainError
from daybeat.modules.moods.mqtt import reply_route
from tests.support.daybeat import NOON, Daybeat, Person
from tests.support.days import newcomer
from tests.support.garbage import garbage

GARBAGE = garbage(str(uuid4()))


class Device:
    """Sends replies through the door, as the gateway does."""

    def __init__(self, daybeat: Daybeat, owner: Person) -> None:
        self._store, self.owner = daybeat.core.store, owner
        self._door: Route = reply_route(daybeat.app.state.moods)

    def sends(self, payload: bytes | dict[str, Any]) -> dict[str, Any]:
        """Send a reply and give its ack."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        arrival = Arrival(UUID(self.owner.id), ("mood", "reply"), body)
        try:
            (ack,) = self._store.write_now(lambda uow: self._door.handle(arrival, uow), Origin(source="mqtt"))
        except DomainError as refusal:
            (ack,) = self._door.refuse(arrival, refusal.detail)
        assert ack.topic == f"daybeat/u/{self.owner.id}/mood/ack"
        assert not ack.retain
        said: dict[str, Any] = json.loads(ack.payload)
        return said

    def moods(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.owner.get("/moods", limit=500)["items"]
        return found


@pytest.fixture
def device(house: Daybeat, ana: Person) -> Device:
    return Device(house, ana)


def test_a_reply_is_stored_and_acknowledged(device: Device) -> None:
    assert device.sends({"reply_id": "r1", "score": 4, "note": "ok"}) == {"reply_id": "r1", "status": "stored"}
    (mood,) = device.moods()
    assert (mood["score"], mood["note"], mood["source"]) == (4, "ok", "mqtt")


def test_a_reply_that_comes_again_is_a_duplicate_and_stored_once(device: Device) -> None:
    device.sends({"reply_id": "r1", "mood": "happy"})
    assert device.sends({"reply_id": "r1", "mood": "happy"}) == {"reply_id": "r1", "status": "duplicate"}
    assert len(device.moods()) == 1


def test_a_reply_id_for_something_else_is_refused(device: Device) -> None:
    device.sends({"reply_id": "r1", "score": 4})
    ack = device.sends({"reply_id": "r1", "score": 5})
    assert (ack["reply_id"], ack["status"]) == ("r1", "refused")
    assert [mood["score"] for mood in device.moods()] == [4]


def test_a_reply_closes_its_prompt_and_a_second_answer_is_a_duplicate(device: Device) -> None:
    prompt = device.owner.post("/mood-prompts")
    assert device.sends({"reply_id": "r1", "score": 4, "prompt_id": prompt["id"]})["status"] == "stored"
    ack = device.sends({"reply_id": "r2", "score": 1, "prompt_id": prompt["id"]})
    assert (ack["status"], "answer" in ack["reason"]) == ("duplicate", True)
    assert device.owner.get("/mood-prompts")["items"][0]["state"] == "answered"
    assert len(device.moods()) == 1


def test_a_reply_without_a_prompt_answers_the_open_one(device: Device) -> None:
    prompt = device.owner.post("/mood-prompts")
    device.sends({"reply_id": "r1", "mood": "great"})
    assert device.moods()[0]["prompt_id"] == prompt["id"]


def test_a_reply_of_this_morning_is_kept_at_its_time(device: Device) -> None:
    device.sends({"reply_id": "r1", "score": 4, "at": "2026-03-02T06:00:00Z"})
    assert device.moods()[0]["at"] == "2026-03-02T06:00:00Z"


def test_the_ids_of_two_users_have_nothing_to_do_with_each_other(house: Daybeat, device: Device) -> None:
    other = Device(house, newcomer(house))
    assert device.sends({"reply_id": "r1", "score": 4})["status"] == "stored"
    assert other.sends({"reply_id": "r1", "score": 2})["status"] == "stored"


def test_the_corpus_is_large() -> None:
    assert len(GARBAGE) >= 100


@pytest.fixture(scope="module")
def garbling(shared_daybeat: Daybeat) -> tuple[Device, dict[str, bytes]]:
    """A device that goes wrong in every way, another user's prompt among them."""
    shared_daybeat.clock.set(NOON)
    other = newcomer(shared_daybeat).post("/mood-prompts")["id"]
    return Device(shared_daybeat, newcomer(shared_daybeat)), garbage(other)


@pytest.mark.parametrize("why", GARBAGE)
def test_garbage_is_refused_with_an_ack_and_the_good_reply_behind_it_is_stored(
    garbling: tuple[Device, dict[str, bytes]], why: str
) -> None:
    device, corpus = garbling
    before = device.moods()
    ack = device.sends(corpus[why])
    assert ack["status"] == "refused"
    assert ack["reason"]
    assert len(json.dumps(ack)) < 1000
    assert device.moods() == before
    assert device.sends({"reply_id": f"good-{list(GARBAGE).index(why)}", "score": 5})["status"] == "stored"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode), st.from_regex(rb'\{"reply_id": ?.*\}'))
)
def test_no_bytes_break_the_door(shared_daybeat: Daybeat, payload: bytes) -> None:
    shared_daybeat.clock.set(NOON)
    ack = Device(shared_daybeat, _nobody(shared_daybeat)).sends(payload)
    assert ack["status"] in {"refused", "stored", "duplicate"}


_known: list[Person] = []


def _nobody(daybeat: Daybeat) -> Person:
    if not _known:
        _known.append(newcomer(daybeat))
    return _known[0]
