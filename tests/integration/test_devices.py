"""Devices: what the API gives and takes, and that the broker knows it at once."""

import json
import time
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import select

from daybeat.modules.devices.models import devices
from tests.support.database import caught_up
from tests.support.daybeat import NOON, PASSWORD, Daybeat, Person
from tests.support.days import newcomer
from tests.support.mqtt import daybeat_with_broker, device_of
from tests.support.mqtt_person import MqttPerson, Refused


@pytest.fixture(scope="module")
def broker_daybeat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daybeat]:
    with daybeat_with_broker(tmp_path_factory.mktemp("devices") / "data") as running:
        running.person("admin@example.org")
        yield running


@pytest.fixture
def house(broker_daybeat: Daybeat) -> Daybeat:
    broker_daybeat.clock.set(NOON)
    return broker_daybeat


@pytest.fixture
def ana(house: Daybeat) -> Person:
    return newcomer(house)


def test_a_device_can_connect_as_soon_as_it_is_answered(ana: Person) -> None:
    for version in (5, 3):
        with device_of(ana, version=version) as phone:
            assert phone.listen("mood/ack", "mood/prompt") == [True, True]
            assert phone.reply()["status"] == "stored"
    assert len(ana.get("/moods")["items"]) == 2


def test_a_device_is_given_all_it_needs_and_its_password_once(house: Daybeat, ana: Person) -> None:
    made = ana.post("/mqtt/devices", {"name": "Hall light"})
    assert set(made) == {"id", "name", "url", "username", "password", "client_id", "created_at"}
    assert made["url"].startswith("mqtt://127.0.0.1:")
    assert not set("/+#") & set(made["username"] + made["client_id"] + made["password"])
    assert len(made["client_id"]) <= 23
    (listed,) = ana.get("/mqtt/devices")["items"]
    assert listed == {name: made[name] for name in ("id", "name", "username", "client_id", "created_at")}
    stored = house.core.store.read_now(lambda c: c.execute(select(devices)).all())
    assert not [row for row in stored if made["password"] in repr(row)]


def test_a_removed_device_is_thrown_out_and_stays_out(ana: Person) -> None:
    with device_of(ana) as phone, device_of(ana, "tablet") as tablet:
        ana.delete(f"/mqtt/devices/{phone.made['id']}")
        until = time.monotonic() + 2
        while not phone.disconnects and time.monotonic() < until:
            time.sleep(0.01)
        assert (phone.disconnects, tablet.disconnects) == (1, 0)
        with pytest.raises(Refused):
            MqttPerson(phone.made, ana.id).connect()
        tablet.listen("mood/ack")
        assert tablet.reply()["status"] == "stored"


@pytest.mark.parametrize("wrong", ["password", "client_id", "username"])
def test_nobody_comes_in_with_half_of_the_credentials(ana: Person, wrong: str) -> None:
    made = ana.post("/mqtt/devices", {"name": "phone"})
    with pytest.raises(Refused):
        MqttPerson(made, ana.id, **{wrong: made[wrong][:-1] + "x"}).connect()


def test_the_list_is_paged(ana: Person) -> None:
    for number in range(3):
        ana.post("/mqtt/devices", {"name": f"device {number}"})
    first = ana.get("/mqtt/devices", limit=2)
    second = ana.get("/mqtt/devices", limit=2, cursor=first["next_cursor"])
    assert [each["name"] for each in first["items"] + second["items"]] == ["device 0", "device 1", "device 2"]
    assert second["next_cursor"] is None


def test_an_account_has_twenty_devices_at_most(ana: Person) -> None:
    for number in range(20):
        ana.post("/mqtt/devices", {"name": str(number)})
    assert ana.ask("POST", "/mqtt/devices", json={"name": "one more"}).status_code == 409


def test_a_program_may_not_make_devices(ana: Person) -> None:
    token = ana.post("/auth/tokens", {"name": "script", "scopes": ["read", "write"]})["token"]
    request = {"json": {"name": "x"}, "headers": {"Authorization": f"Bearer {token}"}}
    assert ana.ask("POST", "/mqtt/devices", **request).status_code == 403


def test_an_open_prompt_is_there_for_a_device_that_comes_later_and_gone_when_answered(ana: Person) -> None:
    ana.put("/mood-prompts/settings", {"enabled": True, "every": "PT4H", "channels": ["mqtt"]})
    asked = ana.post("/mood-prompts")
    with device_of(ana) as phone:
        phone.listen("mood/prompt", "mood/ack")
        prompt = phone.prompt()
        assert prompt["prompt_id"] == asked["id"]
        assert phone.reply(mood="happy", prompt_id=prompt["prompt_id"])["status"] == "stored"
        assert phone.wait_for(lambda each: each.topic.endswith("mood/prompt") and not each.payload)
    with device_of(ana, "tablet") as tablet:
        tablet.listen("mood/prompt")
        time.sleep(0.2)
        assert tablet.heard == []


def test_a_closed_account_takes_its_devices_with_it(house: Daybeat) -> None:
    ana = newcomer(house)
    with device_of(ana) as phone:
        assert ana.ask("DELETE", "/auth/me", json={"password": PASSWORD}).status_code == 204
        caught_up(house)
        until = time.monotonic() + 3
        while time.monotonic() < until and (_rows(house, ana) or not phone.disconnects):
            time.sleep(0.02)
        assert phone.disconnects == 1
        assert _rows(house, ana) == 0


def test_the_status_says_where_the_broker_is(ana: Person) -> None:
    status = ana.get("/mqtt")
    assert (status["state"], status["connected"]) == ("own", True)
    assert "device" in status["how_to"]


def test_without_a_broker_nobody_gets_a_device_but_everybody_is_told_how(daybeat: Daybeat) -> None:
    ana = daybeat.person()
    assert ana.get("/mqtt") == {"state": "off", "url": None, "connected": False, "how_to": _refusal(ana)}


def test_daybeat_says_that_it_is_there(ana: Person) -> None:
    with device_of(ana) as phone:
        assert phone.subscribe("daybeat/status") == [True]
        status = phone.wait_for(lambda each: each.topic == "daybeat/status")
        assert (status.payload, status.retained) == (b"online", True)


def test_the_broker_keeps_its_files_to_itself(house: Daybeat) -> None:
    folder = house.core.settings.data_dir / "mosquitto"
    assert (folder / "clients.json").stat().st_mode & 0o077 == 0
    known = json.loads((folder / "clients.json").read_text())
    assert not any(known["defaultACLAccess"][name] for name in ("publishClientSend", "subscribe"))


def _refusal(person: Person) -> str:
    answer = person.ask("POST", "/mqtt/devices", json={"name": "phone"})
    assert answer.status_code == 409
    return str(answer.json()["detail"])


def _rows(daybeat: Daybeat, person: Person) -> int:
    query = select(devices).where(devices.c.user_id == UUID(person.id))
    return len(daybeat.core.store.read_now(lambda connection: connection.execute(query).all()))
