"""Addresses of brokers and topics of users, read strictly."""

import json
from uuid import UUID

import pytest

from daybeat.infra.mqtt.address import BrokerAddress, parse_address
from daybeat.infra.mqtt.mosquitto_files import GATEWAY, KnownClient, clients_file
from daybeat.infra.mqtt.routes import Arrival, Route, find_door, topic_of

ANA = UUID("01a204d1-8a28-7c3c-bb7c-950797c6e813")
REPLY = Route("mood/reply", lambda _a, _u: (), lambda _a, _r: ())
SET = Route("habit/+/set", lambda _a, _u: (), lambda _a, _r: ())


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("mqtt://broker", BrokerAddress("broker", 1883)),
        ("mqtts://broker.example.org", BrokerAddress("broker.example.org", 8883, encrypted=True)),
        ("mqtt://ana:p%40ss@192.168.1.2:1884/", BrokerAddress("192.168.1.2", 1884, "ana", "p@ss")),
        ("mqtt://[::1]:1883", BrokerAddress("::1", 1883)),
    ],
)
def test_an_address_is_read(url: str, address: BrokerAddress) -> None:
    assert parse_address(url) == address


@pytest.mark.parametrize(
    "url", ["", "broker", "http://broker", "mqtt://", "mqtt://b:0", "mqtt://b:99999", "mqtt://b/t", "mqtt://b?q", "OFF"]
)
def test_what_is_no_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="mqtt://user:password@host:1883") as refusal:
        parse_address(url)
    assert not url or url in {"broker", "mqtt://", "OFF"} or url not in str(refusal.value)


def test_what_is_shown_to_people_holds_no_password() -> None:
    assert parse_address("mqtts://ana:secret@broker:1").public_url == "mqtts://broker:1"
    assert parse_address("mqtt://[::1]").public_url == "mqtt://[::1]:1883"


@pytest.mark.parametrize(("tail", "route"), [("mood/reply", REPLY), ("habit/x/set", SET), ("habit//set", SET)])
def test_a_topic_leads_to_its_door(tail: str, route: Route) -> None:
    found = find_door([REPLY, SET], topic_of(ANA, tail), b"!")
    assert found == (route, Arrival(ANA, tuple(tail.split("/")), b"!"))


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "daybeat/u",
        f"daybeat/u/{ANA}",
        f"daybeat/u/{ANA}/mood",
        f"daybeat/u/{ANA}/mood/reply/",
        f"daybeat/u/{ANA}/mood/reply/more",
        f"daybeat/u/{ANA}/mood/prompt",
        f"daybeat/u/{str(ANA).upper()}/mood/reply",
        f"daybeat/u/{{{ANA}}}/mood/reply",
        f"daybeat/u/{ANA.hex}/mood/reply",
        "daybeat/u/ana/mood/reply",
        f"Daybeat/u/{ANA}/mood/reply",
        f"/daybeat/u/{ANA}/mood/reply",
    ],
)
def test_every_other_topic_leads_nowhere(topic: str) -> None:
    assert find_door([REPLY, SET], topic, b"") is None


def test_the_list_of_clients_names_everybody_once_and_keeps_no_password() -> None:
    acls = [{"acltype": "subscribeLiteral", "topic": "a", "priority": 0, "allow": True}]
    known = [KnownClient(f"daybeat-{n}", "secret", f"db{n}", "mark", "daybeat-user-1", acls) for n in (1, 2)]
    written = json.loads(text := clients_file("our secret", known))
    assert [each["username"] for each in written["clients"]] == [GATEWAY, "daybeat-1", "daybeat-2"]
    assert [each["rolename"] for each in written["roles"]] == [GATEWAY, "daybeat-user-1"]
    assert written["clients"][1]["clientid"] == "db1"
    assert not any(written["defaultACLAccess"][what] for what in ("publishClientSend", "subscribe"))
    assert "secret" not in text
