"""Nobody reaches anybody over MQTT, judged by what arrives: own Mosquitto, somebody's Mosquitto, and RabbitMQ."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from daybeat.kit.ids import new_id
from scripts.services.private import free_port
from tests.support.browser import Account
from tests.support.mosquitto import PrivateMosquitto, mosquitto_programs
from tests.support.mqtt_attack import MARK, SETTLE, Attack, Place
from tests.support.mqtt_person import MqttPerson
from tests.support.process import DaybeatProcess
from tests.support.rabbitmq import private_rabbitmq

HOOK_SECRET = "only brokers know this"
BROKERS = ["own mosquitto", "another mosquitto", "rabbitmq"]
VERSIONS = {"own mosquitto": [3, 5], "another mosquitto": [3, 5], "rabbitmq": [3]}  # RabbitMQ 3.10 speaks MQTT 3.1.1
CASES = [(broker, version) for broker in BROKERS for version in VERSIONS[broker]]


@dataclass
class Field:
    """A running Daybeat with a broker."""

    daybeat: DaybeatProcess
    version: int

    def account(self) -> Account:
        return Account.new(self.daybeat)

    def device(self, owner: Account, name: str) -> dict[str, str]:
        made: dict[str, str] = owner.ask("POST", "/mqtt/devices", json={"name": name})
        return made

    def until_connected(self) -> None:
        account, until = self.account(), time.monotonic() + 20
        while not account.ask("GET", "/mqtt")["connected"]:
            assert time.monotonic() < until, "Daybeat did not connect to the broker"
            time.sleep(0.05)


@pytest.fixture(scope="module")
def brokers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, DaybeatProcess]]:
    """Keep each Daybeat that was asked for; they start when the first test needs them."""
    with ExitStack() as stack:
        yield _Started(stack, tmp_path_factory)


class _Started(dict[str, DaybeatProcess]):
    def __init__(self, stack: ExitStack, folders: pytest.TempPathFactory) -> None:
        self._stack, self._folders = stack, folders

    def __missing__(self, broker: str) -> DaybeatProcess:
        port = free_port()
        settings: dict[str, Any] = {"DAYBEAT_MQTT_PORT": "0", "DAYBEAT_MQTT_HOOK_SECRET": HOOK_SECRET}
        settings["DAYBEAT_MQTT_URL"] = self._url(broker, port)
        running = DaybeatProcess(self._folders.mktemp("isolation") / "data", port=port, **settings)
        self[broker] = self._stack.enter_context(running)
        return running

    def _url(self, broker: str, port: int) -> str:
        place = self._folders.mktemp("broker")
        if broker == "own mosquitto":
            mosquitto_programs()
            return ""
        if broker == "another mosquitto":
            return self._stack.enter_context(PrivateMosquitto(place)).url
        hook = f"http://127.0.0.1:{port}"
        secret = HOOK_SECRET.replace(" ", "%20")
        return self._stack.enter_context(private_rabbitmq(place, hook, secret)).mqtt_url


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}, MQTT {case[1]}")
def field(request: pytest.FixtureRequest, brokers: dict[str, DaybeatProcess]) -> Field:
    broker, version = request.param
    field = Field(brokers[broker], version)
    field.until_connected()
    return field


def test_nothing_gets_from_one_user_to_another(field: Field) -> None:
    ana, bea = field.account(), field.account()
    ana_id, bea_id = (account.ask("GET", "/auth/me")["id"] for account in (ana, bea))
    ana.ask("PUT", "/mood-prompts/settings", json={"enabled": True, "every": "PT4H", "channels": ["mqtt"]})
    habit = ana.habit()
    made = field.device(ana, "phone")
    with MqttPerson(made, ana_id, version=field.version) as phone:
        assert phone.listen("mood/prompt", "mood/ack", f"habit/{habit}/state") == [True] * 3
        assert phone.subscribe("daybeat/status") == [True]
        place = Place(ana_id, habit, bea_id)
        attack = Attack(field.device(bea, "laptop"), made, place, field.version)
        assert len(place.topics()) >= 15
        assert len([each for each in place.filters() if not each.startswith("$share")]) >= 8
        attack.listen()
        live_a_little(ana, phone, habit)
        attack.speak()
        attack.leave_wills()
        attack.pretend()
        attack.listen()
        live_a_little(ana, phone, habit)
        time.sleep(SETTLE)
        attack.close()
        assert attack.let_in == []
        assert attack.overheard() == []
        assert not [each for each in phone.heard if MARK.encode() in each.payload]
        assert {each.payload for each in phone.heard if each.topic == "daybeat/status"} == {b"online"}
        assert phone.disconnects == 0
    assert {mood["score"] for mood in ana.ask("GET", "/moods")["items"]} == {4}
    assert nothing_was_left_behind(field, ana, ana_id, habit)
    assert own_messages_arrive(field, bea, bea_id)
    assert attack.tried >= 250


def live_a_little(ana: Account, phone: MqttPerson, habit: str) -> None:
    """Say and hear everything that a stranger might want to hear, and see that it arrives where it belongs."""
    before = len(phone.heard)
    asked = ana.ask("POST", "/mood-prompts")
    assert phone.prompt(after=before)["prompt_id"] == asked["id"]
    assert phone.reply(score=4, prompt_id=asked["id"])["status"] == "stored"
    phone.wait_for(lambda each: each.topic.endswith("prompt") and not each.payload, before)
    phone.send(f"habit/{habit}/set", "ON")
    phone.wait_for(lambda each: each.topic.endswith("state") and each.said["done_today"], before)
    phone.send(f"habit/{habit}/set", "OFF")
    phone.wait_for(lambda each: each.topic.endswith("state") and not each.said["done_today"], before)


def nothing_was_left_behind(field: Field, ana: Account, ana_id: str, habit: str) -> bool:
    """Connect another device of the victim's: what the broker kept for her has to be Daybeat's."""
    with MqttPerson(field.device(ana, "tablet"), ana_id, version=field.version) as tablet:
        tablet.listen("mood/prompt", "mood/ack", f"habit/{habit}/state")
        tablet.wait_for(lambda each: each.topic.endswith("state"))
        time.sleep(0.3)
        return not [each for each in tablet.heard if MARK.encode() in each.payload]


def own_messages_arrive(field: Field, bea: Account, bea_id: str) -> bool:
    """The attacker's own device works as it should: what was refused was refused for a reason."""
    with MqttPerson(field.device(bea, "phone"), bea_id, version=field.version) as phone:
        assert phone.listen("mood/ack") == [True]
        return bool(phone.reply(score=2)["status"] == "stored")


def test_where_there_are_no_rights_the_same_attack_is_noticed(tmp_path: Path) -> None:
    place = Place(str(new_id()), str(new_id()), str(new_id()))
    with PrivateMosquitto(tmp_path, plugin=False) as broker:
        url = f"mqtt://127.0.0.1:{broker.port}"
        ana, bea = ({"url": url, "username": name, "password": name, "client_id": name} for name in ("ana", "bea"))
        with MqttPerson(ana, place.user_id) as phone:
            phone.listen("mood/prompt", "mood/ack")
            attack = Attack(bea, ana, place, 5)
            attack.listen()
            attack.speak()
            phone.wait_for(lambda each: MARK.encode() in each.payload and each.topic.endswith("ack"))
            heard = len(phone.heard)
            attack.leave_wills()
            phone.wait_for(lambda each: MARK.encode() in each.payload, heard)
            attack.pretend()
            time.sleep(0.2)
            attack.close()
            assert phone.disconnects == 1
        assert attack.let_in
        assert attack.overheard()
