"""What brokers are answered when they ask about rights: a clear yes or no with status 200, whatever they send."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from daybeat.modules.devices import queries
from daybeat.modules.devices.domain.credentials import password_of
from daybeat.modules.devices.handlers import add_device, remove_device
from tests.support.daybeat import Daybeat, Person, running_daybeat
from tests.support.days import newcomer

SECRET = "a secret of the hooks"
EMQX = ["/internal/mqtt/auth", "/internal/mqtt/acl"]
RABBITMQ = [f"/internal/mqtt/rabbitmq/{what}" for what in ("user", "vhost", "resource", "topic")]
GARBAGE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"\xff\xfe\x00",
    b"{}",
    b"a=b",
    b"&&&",
    b"%%%",
    b"[" * 5000,
    b'{"username": {"$ne": 1}, "password": [], "clientid": null, "topic": 5, "action": "all"}',
    b"username=x&username=y&vhost=/&resource=queue&name=%00",
    b"x" * 200_000,
]
HABIT = "01a204d1-8a8c-76f6-a6b8-764200745383"


@dataclass(frozen=True)
class Device:
    """A device's credentials, and whose it is."""

    id: UUID
    user_id: str
    username: str
    client_id: str
    password: str

    def topic(self, tail: str) -> str:
        return f"daybeat/u/{self.user_id}/{tail}"


@pytest.fixture(scope="module")
def shared_daybeat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daybeat]:
    folder = tmp_path_factory.mktemp("hooks") / "data"
    url = "mqtt://bridge:its%20password@127.0.0.1:9"
    with running_daybeat(folder, mqtt_url=url, mqtt_hook_secret=SECRET) as running:
        running.person("admin@example.org")
        yield running


@pytest.fixture
def device(house: Daybeat, ana: Person) -> Device:
    return device_of(house, ana)


def device_of(daybeat: Daybeat, person: Person) -> Device:
    store, user_id = daybeat.core.store, UUID(person.id)
    device_id = store.write_now(lambda uow: add_device(user_id, "phone", uow=uow))
    row = store.read_now(lambda connection: queries.device(connection, device_id))
    return Device(device_id, person.id, row.username, row.client_id, password_of(daybeat.core.secret, device_id))


def ask(daybeat: Daybeat, path: str, said: Any, secret: str | None = SECRET) -> str:
    """Ask as a broker does; gives the word of the answer, which has to be a clear one."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode() if path in EMQX else urlencode(said).encode()
    headers = {"X-Daybeat-Hook-Secret": secret} if secret is not None else {}
    answer = daybeat.client.post(path, content=body, headers=headers)
    assert answer.status_code == 200
    word: str = answer.json()["result"] if path in EMQX else answer.text
    assert word in {"allow", "deny"}
    return word


def signing_in(device: Device, **changed: str) -> dict[str, str]:
    return {"username": device.username, "password": device.password, "clientid": device.client_id, **changed}


def using(device: Device, action: str, topic: str, **changed: Any) -> dict[str, Any]:
    return {"username": device.username, "clientid": device.client_id, "topic": topic, "action": action, **changed}


def at_rabbitmq(device: Device, resource: str, name: str, permission: str, **more: str) -> dict[str, str]:
    said = {"username": device.username, "vhost": "/", "resource": resource, "name": name, "permission": permission}
    return {**said, "tags": "", **more}


def routing(device: Device, permission: str, key: str, **changed: str) -> dict[str, str]:
    more = {"routing_key": key, "variable_map.client_id": device.client_id, "variable_map.username": device.username}
    return {**at_rabbitmq(device, "topic", "amq.topic", permission), **more, **changed}


def test_emqx_lets_a_device_in_with_its_own_credentials_only(house: Daybeat, device: Device) -> None:
    other = device_of(house, newcomer(house))
    assert ask(house, EMQX[0], signing_in(device)) == "allow"
    for wrong in (
        {"password": ""},
        {"password": device.password[:-1]},
        {"password": other.password},
        {"clientid": other.client_id},
        {"clientid": ""},
        {"username": other.username},
        {"username": "' OR 1=1"},
    ):
        assert ask(house, EMQX[0], signing_in(device, **wrong)) == "deny", wrong


def test_emqx_is_told_the_rule_about_topics(house: Daybeat, device: Device) -> None:
    other = device_of(house, newcomer(house))
    assert ask(house, EMQX[1], using(device, "publish", device.topic("mood/reply"))) == "allow"
    assert ask(house, EMQX[1], using(device, "publish", device.topic("mood/reply"), retain="false")) == "allow"
    assert ask(house, EMQX[1], using(device, "subscribe", device.topic(f"habit/{HABIT}/state"))) == "allow"
    assert ask(house, EMQX[1], using(device, "subscribe", "daybeat/status")) == "allow"
    refused = [
        using(device, "publish", device.topic("mood/reply"), retain="true"),
        using(device, "publish", device.topic("mood/reply"), retain=1),
        using(device, "publish", other.topic("mood/reply")),
        using(device, "subscribe", other.topic("mood/prompt")),
        using(device, "subscribe", device.topic("#")),
        using(device, "subscribe", f"$share/g/{device.topic('mood/prompt')}"),
        using(device, "subscribe", device.topic("mood/prompt"), clientid=other.client_id),
        using(device, "all", device.topic("mood/reply")),
        using(replace(device, username="nobody"), "publish", device.topic("mood/reply")),
    ]
    assert [ask(house, EMQX[1], said) for said in refused] == ["deny"] * len(refused)


def test_rabbitmq_lets_a_device_in_with_its_own_credentials_only(house: Daybeat, device: Device) -> None:
    other = device_of(house, newcomer(house))
    said = {"username": device.username, "password": device.password, "client_id": device.client_id, "vhost": "/"}
    assert ask(house, RABBITMQ[0], said) == "allow"
    without_client = {name: value for name, value in said.items() if name != "client_id"}
    assert ask(house, RABBITMQ[0], without_client) == "deny", "AMQP is not for devices"
    assert ask(house, RABBITMQ[0], {**said, "client_id": other.client_id}) == "deny"
    assert ask(house, RABBITMQ[0], {**said, "password": other.password}) == "deny"
    assert ask(house, RABBITMQ[1], {"username": device.username, "vhost": "/", "ip": "::1"}) == "allow"
    assert ask(house, RABBITMQ[1], {"username": device.username, "vhost": "other", "ip": "::1"}) == "deny"
    assert ask(house, RABBITMQ[1], {"username": "nobody", "vhost": "/", "ip": "::1"}) == "deny"


def test_rabbitmq_gives_a_device_its_own_queue_and_the_exchange(house: Daybeat, device: Device) -> None:
    other = device_of(house, newcomer(house))
    for permission in ("configure", "write", "read"):
        for qos in (0, 1):
            queue = f"mqtt-subscription-{device.client_id}qos{qos}"
            assert ask(house, RABBITMQ[2], at_rabbitmq(device, "queue", queue, permission)) == "allow"
        foreign = f"mqtt-subscription-{other.client_id}qos1"
        assert ask(house, RABBITMQ[2], at_rabbitmq(device, "queue", foreign, permission)) == "deny"
        assert ask(house, RABBITMQ[2], at_rabbitmq(device, "queue", "user_activity_events", permission)) == "deny"
        assert ask(house, RABBITMQ[2], at_rabbitmq(device, "exchange", "daybeat.events", permission)) == "deny"
        assert ask(house, RABBITMQ[2], at_rabbitmq(device, "exchange", "", permission)) == "deny"
    answers = [
        ask(house, RABBITMQ[2], at_rabbitmq(device, "exchange", "amq.topic", each)) for each in ("read", "write")
    ]
    assert answers == ["allow", "allow"]
    assert ask(house, RABBITMQ[2], at_rabbitmq(device, "exchange", "amq.topic", "configure")) == "deny"


def test_rabbitmq_is_told_the_rule_about_routing_keys(house: Daybeat, device: Device) -> None:
    other = device_of(house, newcomer(house))
    own, foreign = f"daybeat.u.{device.user_id}", f"daybeat.u.{other.user_id}"
    assert ask(house, RABBITMQ[3], routing(device, "write", f"{own}.mood.reply")) == "allow"
    assert ask(house, RABBITMQ[3], routing(device, "read", f"{own}.mood.prompt")) == "allow"
    refused = [
        routing(device, "write", f"{foreign}.mood.reply"),
        routing(device, "write", f"{own}.mood.prompt"),
        routing(device, "read", f"{own}.#"),
        routing(device, "read", f"{own}.*.prompt"),
        routing(device, "read", f"{own}.habit.*.state"),
        routing(device, "read", f"{foreign}.mood.prompt"),
        routing(device, "read", "#"),
        routing(device, "write", f"{own}.mood.reply", **{"variable_map.client_id": other.client_id}),
        routing(device, "write", f"{own}.mood.reply", name="daybeat.events"),
        routing(device, "write", f"{own}.mood.reply", vhost="other"),
    ]
    assert [ask(house, RABBITMQ[3], said) for said in refused] == ["deny"] * len(refused)


def test_a_removed_device_is_nobody(house: Daybeat, ana: Person) -> None:
    device = device_of(house, ana)
    house.core.store.write_now(lambda uow: remove_device(UUID(ana.id), device.id, uow=uow))
    assert ask(house, EMQX[0], signing_in(device)) == "deny"
    assert ask(house, EMQX[1], using(device, "publish", device.topic("mood/reply"))) == "deny"


def test_daybeat_itself_is_let_in_with_its_own_password(house: Daybeat) -> None:
    ourselves = {"username": "bridge", "password": "its password", "clientid": "daybeat-gateway"}
    assert ask(house, EMQX[0], ourselves) == "allow"
    assert ask(house, EMQX[0], {**ourselves, "password": "wrong"}) == "deny"
    assert ask(house, EMQX[0], {**ourselves, "clientid": "another"}) == "deny"
    said = {"username": "bridge", "clientid": "daybeat-gateway", "action": "subscribe"}
    assert ask(house, EMQX[1], {**said, "topic": "daybeat/u/+/mood/reply"}) == "allow"
    assert ask(house, EMQX[1], {**said, "topic": "#"}) == "deny"


@pytest.mark.parametrize("path", [*EMQX, *RABBITMQ])
@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_a_clear_no(house: Daybeat, path: str, garbage: bytes) -> None:
    assert ask(house, path, garbage) == "deny"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([*EMQX, *RABBITMQ]),
    st.dictionaries(st.sampled_from(["username", "clientid", "topic", "action", "vhost"]), st.text(max_size=20)),
)
def test_whatever_is_asked_gets_a_clear_no(house: Daybeat, path: str, said: dict[str, str]) -> None:
    assert ask(house, path, said) == "deny"


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x"])
def test_without_the_secret_nobody_is_told_anything(house: Daybeat, device: Device, secret: str | None) -> None:
    assert ask(house, EMQX[0], signing_in(device), secret) == "deny"


def test_the_secret_may_stand_in_the_address(house: Daybeat, device: Device) -> None:
    assert ask(house, f"{EMQX[0]}", signing_in(device), None) == "deny"
    answer = house.client.post(EMQX[0], params={"secret": SECRET}, json=signing_in(device))
    assert answer.json() == {"result": "allow"}


@pytest.mark.parametrize(
    ("address", "headers", "word"),
    [
        ("127.0.0.1", {}, "allow"),
        ("::1", {}, "allow"),
        ("192.168.1.5", {}, "deny"),
        ("127.0.0.1", {"X-Forwarded-For": "192.168.1.5"}, "deny"),
        ("testclient", {}, "deny"),
    ],
)
def test_without_a_secret_only_this_machine_may_ask(
    daybeat: Daybeat, address: str, headers: dict[str, str], word: str
) -> None:
    device = device_of(daybeat, daybeat.person())
    asking = TestClient(daybeat.app, client=(address, 1))
    answer = asking.post(EMQX[0], json=signing_in(device), headers=headers)
    assert answer.json() == {"result": word}


def test_the_hooks_are_no_part_of_the_public_interface(house: Daybeat) -> None:
    assert not [path for path in house.app.openapi()["paths"] if "internal" in path]


def test_who_was_turned_away_is_counted(house: Daybeat, device: Device) -> None:
    before = denials(house)
    ask(house, EMQX[0], signing_in(device, password="wrong"))
    assert denials(house) == before + 1


def denials(daybeat: Daybeat) -> float:
    value = daybeat.app.state.registry.get_sample_value("daybeat_mqtt_denials_total", {"question": "connect"})
    return float(value or 0)
