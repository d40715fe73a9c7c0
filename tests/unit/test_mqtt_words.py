"""Addresses of brokers and topics of users, read strictly."""

from uuid import UUID

import pytest

from daybeat.infra.mqtt.address import BrokerAddress, parse_address
from daybeat.infra.mqtt.mosquitto_files import GATEWAY, clients_with_gateway
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


@pytest.mark.parametrize("kept", [None, "", "nonsense", "[]", '{"clients": 5}', '{"clients": ["x"]}', "null"])
def test_an_unreadable_list_of_clients_begins_anew(kept: str | None) -> None:
    assert f'"username": "{GATEWAY}"' in clients_with_gateway(kept, "secret")


def test_known_clients_stay_and_the_gateway_is_put_right() -> None:
    before = f'{{"clients": [{{"username": "daybeat-1"}}, {{"username": "{GATEWAY}", "password": "old"}}]}}'
    text = clients_with_gateway(before, "secret")
    assert '"daybeat-1"' in text
    assert text.count(f'"username": "{GATEWAY}"') == 1
    assert '"old"' not in text
    assert "secret" not in text
