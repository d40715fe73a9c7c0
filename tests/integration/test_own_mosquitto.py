"""Daybeat's own Mosquitto: comes and goes with it, is started again when it dies, and keeps its port and its memory."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import httpx2
import pytest

from daybeat.bootstrap.doctor import examine
from daybeat.bootstrap.mqtt import Mqtt
from daybeat.bootstrap.settings import ConfigurationError, Settings, load_settings
from daybeat.infra.mqtt import mosquitto
from daybeat.modules.devices.handlers import remove_device
from tests.support.daybeat import running_daybeat
from tests.support.mosquitto import PrivateMosquitto, mosquitto_programs
from tests.support.mqtt import daybeat_with_broker, device_of, until_connected
from tests.support.mqtt_person import MqttPerson, Refused
from tests.support.process import DaybeatProcess

pytestmark = pytest.mark.once


T = TypeVar("T")


def test_it_ends_with_daybeat_however_that_ends(tmp_path: Path) -> None:
    mosquitto_programs()
    with DaybeatProcess(tmp_path / "data", DAYBEAT_MQTT_URL="", DAYBEAT_MQTT_PORT="0") as daybeat:
        ports = []
        for end in (daybeat.kill, daybeat.stop, daybeat.kill):
            pid = wait_for(lambda: living_child(tmp_path))
            wait_for(lambda: is_online(daybeat))
            ports.append((tmp_path / "data/mosquitto/port").read_text())
            end()
            wait_for(partial(gone, pid or 0))
            daybeat.start()
        assert len(set(ports)) == 1


def test_a_process_that_only_has_its_number_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "mosquitto"
    folder.mkdir(parents=True)
    with subprocess.Popen(["/bin/sleep", "60"]) as innocent:
        (folder / "pid").write_text(str(innocent.pid))
        with daybeat_with_broker(tmp_path / "data"):
            assert innocent.poll() is None
        innocent.kill()


def test_one_that_was_left_behind_is_ended_first(tmp_path: Path) -> None:
    programs, folder = mosquitto_programs(), tmp_path / "data"
    with daybeat_with_broker(folder):
        pass
    leftover = subprocess.Popen([str(programs.broker), "-c", str(folder.resolve() / "mosquitto/mosquitto.conf")])  # noqa: S603
    (folder / "mosquitto/pid").write_text(str(leftover.pid))
    port = (folder / "mosquitto/port").read_text()
    with daybeat_with_broker(folder):
        assert leftover.wait(1) is not None
        assert (folder / "mosquitto/port").read_text() == port


def test_it_is_started_again_when_it_dies_and_lets_the_same_devices_in(tmp_path: Path) -> None:
    with daybeat_with_broker(tmp_path / "a folder with spaces") as daybeat:
        ana = daybeat.person()
        ana.put("/mood-prompts/settings", {"enabled": True, "every": "PT4H", "channels": ["mqtt"]})
        with device_of(ana) as phone:
            phone.listen("mood/ack")
            asked = ana.post("/mood-prompts")
            folder = tmp_path / "a folder with spaces"
            os.kill(int((folder / "mosquitto/pid").read_text()), signal.SIGKILL)
            wait_for(lambda: phone.disconnects)
        until_connected(daybeat)
        with MqttPerson(phone.made, ana.id) as again:
            again.listen("mood/ack", "mood/prompt")
            assert again.prompt()["prompt_id"] == asked["id"]
            assert again.reply()["status"] == "stored"


def test_devices_come_in_again_after_daybeat_was_away(tmp_path: Path) -> None:
    with daybeat_with_broker(tmp_path / "data") as daybeat:
        ana = daybeat.person()
        stays, goes = (ana.post("/mqtt/devices", {"name": name}) for name in ("stays", "goes"))
    with daybeat_with_broker(tmp_path / "data", mqtt_hook_secret=None) as daybeat:
        with MqttPerson(stays, ana.id) as phone:
            phone.listen("mood/ack")
            assert phone.reply()["status"] == "stored"
        device_id = UUID(goes["id"])
        daybeat.core.store.write_now(lambda uow: remove_device(UUID(ana.id), device_id, uow=uow))
        wait_for(lambda: is_refused(goes, ana.id))


def test_without_the_program_mqtt_is_off_and_everybody_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAYBEAT_MQTT_URL")
    monkeypatch.setattr("daybeat.bootstrap.mqtt.find_programs", lambda: None)
    monkeypatch.setattr("daybeat.bootstrap.doctor.find_programs", lambda: None)
    with running_daybeat(tmp_path / "data") as daybeat:
        status = daybeat.person().get("/mqtt")
    assert (status["state"], status["url"], status["how_to"]) == ("off", None, mosquitto.HOW_TO_GET_IT)
    (finding,) = [each for each in examine(Settings(data_dir=tmp_path / "data")) if each.part == "MQTT"]
    assert finding.ok
    assert "sudo apt-get install mosquitto" in finding.says


@pytest.mark.parametrize(
    ("url", "says"), [("off", "switched off"), ("mqtt://ana:secret@broker:1884", "mqtt://broker:1884")]
)
def test_the_doctor_says_where_the_broker_is_but_no_password(tmp_path: Path, url: str, says: str) -> None:
    (finding,) = [each for each in examine(Settings(data_dir=tmp_path, mqtt_url=url)) if each.part == "MQTT"]
    assert says in finding.says
    assert "secret" not in finding.says


def test_an_address_that_cannot_be_used_stops_the_start_and_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYBEAT_MQTT_URL", "amqp://ana:secret@broker")
    with pytest.raises(ConfigurationError, match=r"DAYBEAT_MQTT_URL: .*mqtt://user:password@host:1883") as refusal:
        load_settings()
    assert "secret@" not in str(refusal.value)


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"host": "127.0.0.1"}, "mqtt://127.0.0.1:"),
        ({"host": "0.0.0.0"}, "mqtt://hall.local:"),  # noqa: S104 - what a home server listens on
        ({"host": "0.0.0.0", "base_url": "https://daybeat.example.org/"}, "mqtt://daybeat.example.org:"),  # noqa: S104
    ],
)
def test_devices_are_sent_where_people_found_daybeat(tmp_path: Path, settings: dict[str, str], url: str) -> None:
    with daybeat_with_broker(tmp_path / "data", **settings) as daybeat:
        mqtt: Mqtt = daybeat.app.state.mqtt
        assert str(mqtt.status("hall.local").url).startswith(url)


def test_a_broker_of_ones_own_learns_and_forgets_devices(tmp_path: Path) -> None:
    with PrivateMosquitto(tmp_path / "broker") as broker, daybeat_with_broker(tmp_path / "data", broker.url) as daybeat:
        ana = daybeat.person()
        made = ana.post("/mqtt/devices", {"name": "phone"})
        wait_for(lambda: [made["username"]] == [each["username"] for each in broker.clients()])
        broker.stop()
        broker.forget()
        strangers = [{"username": "daybeat-0000", "roles": []}, {"username": "zigbee", "roles": []}]
        known = json.loads((broker.folder / "clients.json").read_text())
        known["clients"] += strangers
        (broker.folder / "clients.json").write_text(json.dumps(known))
        until_connected(daybeat, connected=False)
        broker.start()
        until_connected(daybeat)
        with MqttPerson(made, ana.id) as phone:
            phone.listen("mood/ack")
            assert phone.reply()["status"] == "stored"
        wait_for(lambda: {each["username"] for each in broker.clients()} == {"zigbee", made["username"]})


def test_a_broker_without_dynamic_security_has_to_ask(tmp_path: Path) -> None:
    with PrivateMosquitto(tmp_path, plugin=False) as broker, daybeat_with_broker(tmp_path / "d", broker.url) as daybeat:
        ana = daybeat.person()
        assert "docs/mqtt.md" in ana.get("/mqtt")["how_to"]
        began = time.monotonic()
        with device_of(ana) as phone:
            assert time.monotonic() - began < 1.5
            phone.listen("mood/ack")
            assert phone.reply()["status"] == "stored"
            ana.delete(f"/mqtt/devices/{phone.made['id']}")
            wait_for(lambda: phone.disconnects == 1)


def wait_for(wanted: Callable[[], T], within: float = 10.0) -> T:
    """Wait until something is so, and give it."""
    until = time.monotonic() + within
    while not (found := wanted()):
        assert time.monotonic() < until, "it did not become so"
        time.sleep(0.02)
    return found


def living_child(folder: Path) -> int | None:
    try:
        pid = int((folder / "data/mosquitto/pid").read_text())
    except (OSError, ValueError):
        return None
    return pid if alive(pid) else None


def gone(pid: int) -> bool:
    return not alive(pid)


def alive(pid: int) -> bool:
    try:
        return b"mosquitto" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def is_online(daybeat: DaybeatProcess) -> bool:
    return "daybeat_mqtt_connected 1.0" in httpx2.get(f"{daybeat.url}/metrics").text


def is_refused(made: dict[str, str], user_id: str) -> bool:
    device = MqttPerson(made, user_id)
    try:
        device.connect()
    except Refused:
        return True
    device.close()
    return False
