"""The AsyncAPI document says what really goes over the wire, and hangs together."""

import json
import re
import types
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

import jsonschema_rs
import pytest
from sqlalchemy import Connection, select

from daybeat.bootstrap.asyncapi import document
from daybeat.bootstrap.core import Core, calendar_of
from daybeat.bootstrap.prompts import moods_door
from daybeat.contracts import topics
from daybeat.contracts.event import Event, all_events
from daybeat.infra.amqp.envelope import write_envelope
from daybeat.infra.events.log import event_log
from daybeat.infra.mqtt.gateway import OFFLINE, ONLINE
from daybeat.infra.mqtt.retained import mqtt_retained
from daybeat.infra.mqtt.routes import Arrival
from daybeat.modules.devices.handlers import add_device
from daybeat.modules.habits.mqtt import set_route
from daybeat.modules.live.frames import frame_of_row
from daybeat.modules.moods.mqtt import reply_route
from daybeat.modules.wall.domain.messages import Kind, Message, write_message
from scripts import asyncapi
from tests.support.database import caught_up
from tests.support.daybeat import NOON, Daybeat

pytestmark = pytest.mark.once


EXAMPLES = {str: "word", int: 3, float: 0.5, bool: True, UUID: UUID(int=9), date: date(2026, 3, 2), datetime: NOON}
HOLDERS = {"servers", "channels", "operations"}
NAME = re.compile(r"[\w.-]+")


def test_the_served_document_is_the_written_one(daybeat: Daybeat) -> None:
    served = daybeat.client.get("/asyncapi.json")
    assert served.headers["content-type"] == "application/json"
    assert served.json() == json.loads(asyncapi.TARGET.read_text()), "run `make docs`"
    assert asyncapi.TARGET.read_text() == asyncapi.written(), "run `make docs`"


def test_every_event_and_every_topic_is_described() -> None:
    channels = document()["channels"]
    assert {event.name for event in all_events()} <= channels.keys()
    addresses = {channel["address"] for channel in channels.values()}
    for tail in (*topics.SAID, *topics.HEARD):
        assert f"{topics.ROOT}/{{user_id}}/{tail.replace('+', '{habit_id}')}" in addresses
    for event in all_events():
        assert document()["components"]["messages"][event.name]["summary"] == " ".join(str(event.__doc__).split())


@pytest.fixture
def facts(core: Core) -> list[Any]:
    """Facts of every kind, as they stand in the log: with everything they can say, and with as little."""
    for event in all_events():
        for turn in (0, -1):
            core.store.write_now(partial(_record, event=example(event, turn)))
    return core.store.read_now(lambda connection: list(connection.execute(select(event_log)).all()))


def _record(uow: Any, event: Event) -> None:
    uow.record(event)


def test_every_fact_is_written_as_the_document_says(facts: list[Any]) -> None:
    assert {fact.type for fact in facts} == {event.name for event in all_events()}
    for fact in facts:
        check(fact.type, json.loads(write_envelope(fact)))
        check(f"live.{fact.type}", json.loads(frame_of_row(fact)))


def test_the_document_tells_kinds_apart(facts: list[Any]) -> None:
    fact = next(fact for fact in facts if fact.type == "habits.habit.paused")
    envelope = json.loads(write_envelope(fact))
    assert fits(fact.type, envelope)
    wrong = {"type": "habits.pause.ended", "data": {}, "userseq": "1", "dataversion": 2, "time": "noon"}
    assert [name for name, value in wrong.items() if fits(fact.type, {**envelope, name: value})] == []


def test_the_mood_queue_is_written_as_the_document_says() -> None:
    for kind in Kind:
        check("MoodMessage", json.loads(write_message(Message(kind, NOON))))
    assert not fits("MoodMessage", {"type": "so so", "timestamp": NOON.isoformat()})


def test_the_first_frames_are_as_the_document_says(daybeat: Daybeat) -> None:
    first = {"type": "auth", "token": daybeat.person().access_token, "since": 0}
    check("Auth", first)
    with suppress(CancelledError), daybeat.client.websocket_connect("/api/v1/live") as socket:
        socket.send_json(first)
        ready, fact = socket.receive_json(), socket.receive_json()
    check("Ready", ready)
    check(f"live.{fact['type']}", fact)


def test_what_devices_are_told_is_as_the_document_says(daybeat: Daybeat) -> None:
    person = daybeat.person()
    daybeat.core.store.write_now(lambda uow: add_device(UUID(person.id), "lamp", uow=uow))
    habit = person.habit(target=20, unit="pages")
    person.says(habit, "2026-03-02", amount=5)
    person.habit(name="Run")
    person.put("/mood-prompts/settings", {"enabled": True, "every": "PT4H", "channels": ["page", "mqtt"]})
    person.post("/mood-prompts")
    caught_up(daybeat)
    kept = daybeat.core.store.read_now(_kept)
    assert {"prompt", "state"} == {topic.rpartition("/")[2] for topic in kept}
    for topic, payload in kept.items():
        check("Prompt" if topic.endswith("prompt") else "HabitState", json.loads(payload))
    for message in (ONLINE, OFFLINE):
        check("Status", message.payload.decode())


def _kept(connection: Connection) -> dict[str, bytes]:
    rows = connection.execute(select(mqtt_retained.c.topic, mqtt_retained.c.payload)).all()
    return {row.topic: row.payload for row in rows if row.payload}


@pytest.mark.parametrize(
    "payload",
    [
        {"reply_id": "r1", "score": 4, "note": "fine", "tags": ["sleep"], "at": "2026-03-02T11:00:00Z"},
        {"reply_id": "r2", "mood": "happy"},
        {"reply_id": "r3", "score": 9},
        {"score": 3},
    ],
)
def test_replies_that_fit_are_stored_and_others_refused(daybeat: Daybeat, payload: dict[str, Any]) -> None:
    person, route = daybeat.person(), reply_route(moods_door(daybeat.core))
    arrival = Arrival(UUID(person.id), ("mood", "reply"), json.dumps(payload).encode())
    if fits("Reply", payload):
        (answer,) = daybeat.core.store.write_now(lambda uow: route.handle(arrival, uow))
    else:
        with pytest.raises(Exception, match=r"score|reply_id"):
            daybeat.core.store.write_now(lambda uow: route.handle(arrival, uow))
        (answer,) = route.refuse(arrival, "it does not fit")
    check("Ack", json.loads(answer.payload))


@pytest.mark.parametrize("said", ["ON", "OFF", {"amount": 2.5}])
def test_what_fits_a_switch_is_taken(daybeat: Daybeat, said: Any) -> None:
    check("Switch" if isinstance(said, str) else "AmountToday", said)
    person = daybeat.person()
    words = ("habit", person.habit(target=3), "set")
    payload = said if isinstance(said, str) else json.dumps(said)
    arrival = Arrival(UUID(person.id), words, payload.encode())
    daybeat.core.store.write_now(lambda uow: set_route(calendar_of).handle(arrival, uow))


def test_the_document_hangs_together() -> None:
    """What AsyncAPI 3.0.0 asks of a document with these parts."""
    whole = document()
    assert whole["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= whole["info"].keys()
    for place in _references(whole):
        assert isinstance(_at(whole, place), dict), place
    for group in (*(whole[each] for each in HOLDERS), *whole["components"].values()):
        assert all(NAME.fullmatch(name) for name in group)
    for server in whole["servers"].values():
        assert {"host", "protocol"} <= server.keys()
        assert set(re.findall(r"{(\w+)}", server["host"])) == server["variables"].keys()
    for channel in whole["channels"].values():
        assert set(re.findall(r"{(\w+)}", channel["address"])) == channel.get("parameters", {}).keys()
        assert channel["messages"]
    for operation in whole["operations"].values():
        _check_operation(operation)
        if "reply" in operation:
            _check_messages(operation["reply"])
    spoken = {operation["channel"]["$ref"].rpartition("/")[2] for operation in whole["operations"].values()}
    assert spoken == whole["channels"].keys()


def test_every_schema_is_one() -> None:
    """Payloads are of AsyncAPI's own schema format, which is JSON Schema draft 7 and a little more."""
    for schema in (*document()["components"]["schemas"].values(), *map(_payload, document()["components"]["messages"])):
        assert jsonschema_rs.meta.is_valid({"$schema": "http://json-schema.org/draft-07/schema#", **schema})


def _check_operation(operation: dict[str, Any]) -> None:
    assert operation["action"] in {"send", "receive"}
    _check_messages(operation)


def _check_messages(holder: dict[str, Any]) -> None:
    assert holder["messages"]
    for message in holder["messages"]:
        assert message["$ref"].startswith(holder["channel"]["$ref"] + "/messages/")


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _references(each)


def _at(whole: Any, place: str) -> Any:
    for word in place.removeprefix("#/").split("/"):
        whole = whole[word]
    return whole


def _payload(message: str) -> Any:
    return document()["components"]["messages"][message]["payload"]


def _validator(message: str) -> jsonschema_rs.Draft7Validator:
    schema = {"allOf": [_payload(message)], "components": document()["components"]}
    return jsonschema_rs.Draft7Validator(schema, validate_formats=True)


def check(message: str, said: Any) -> None:
    _validator(message).validate(said)


def fits(message: str, said: Any) -> bool:
    return bool(_validator(message).is_valid(said))


def example(hint: Any, turn: int) -> Any:
    """Make a value of a type. The first turn says everything, the other what comes last, like None."""
    origin = get_origin(hint)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{each.name: example(hints[each.name], turn) for each in fields(hint)})  # type: ignore[operator]
    if origin is types.UnionType:
        return example(get_args(hint)[turn], turn)
    if origin is Literal:
        return get_args(hint)[turn]
    if origin is tuple:
        return () if turn else (example(get_args(hint)[0], turn),)
    return None if hint is types.NoneType else EXAMPLES[hint]
