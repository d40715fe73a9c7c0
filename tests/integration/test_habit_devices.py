"""Habits on MQTT: switches set today, and every light shows how it stands."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from daybeat.bootstrap.core import calendar_of
from daybeat.infra.mqtt import retained
from daybeat.modules.habits.states import is_turn_due, take_turn
from tests.support.database import caught_up
from tests.support.daybeat import NOON, Daybeat, Person
from tests.support.days import newcomer, sign_in_again
from tests.support.mqtt import daybeat_with_broker, device_of
from tests.support.mqtt_person import MqttPerson


@pytest.fixture(scope="module")
def broker_daybeat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daybeat]:
    with daybeat_with_broker(tmp_path_factory.mktemp("habits") / "data") as running:
        running.person("admin@example.org")
        yield running


@pytest.fixture
def house(broker_daybeat: Daybeat) -> Daybeat:
    broker_daybeat.clock.set(NOON)
    return broker_daybeat


@pytest.fixture
def ana(house: Daybeat) -> Person:
    return newcomer(house)


@pytest.fixture
def switch(ana: Person) -> Iterator[MqttPerson]:
    with device_of(ana, "switch") as switch:
        yield switch


class Light:
    """A habit as a device sees it."""

    def __init__(self, switch: MqttPerson, habit: str) -> None:
        self._switch, self._habit, self._seen = switch, habit, 0
        assert switch.listen(f"habit/{habit}/state") == [True]

    def set(self, payload: Any) -> None:
        self._seen = len(self._switch.heard)
        self._switch.send(f"habit/{self._habit}/set", payload)

    def state(self, **wanted: Any) -> dict[str, Any]:
        """Wait until the state says so."""

        def is_it(payload: bytes) -> bool:
            said = json.loads(payload) if payload else {}
            return bool(said) and all(said[name] == value for name, value in wanted.items())

        topic = f"habit/{self._habit}/state"
        heard = self._switch.wait_for(lambda each: each.topic.endswith(topic) and is_it(each.payload), self._seen)
        said: dict[str, Any] = heard.said
        return said

    def gone(self) -> bool:
        """Wait until there is no state. One that was on its way when the habit went may come before that."""
        topic = f"{self._switch.root}/habit/{self._habit}/state"
        self._switch.wait_for(lambda each: each.topic == topic and not each.payload, self._seen)
        return not [each for each in self._switch.heard if each.topic == topic][-1].payload


def test_a_switch_sets_today_and_the_light_follows(ana: Person, switch: MqttPerson) -> None:
    habit = ana.habit(name="Stretch")
    light = Light(switch, habit)
    assert light.state(done_today=False)["name"] == "Stretch"
    light.set("ON")
    assert light.state(done_today=True)["streak"] == 1
    light.set("on")
    light.set("OFF")
    assert light.state(done_today=False)["streak"] == 0
    assert ana.get(f"/habits/{habit}/check-ins")["items"] == []


def test_on_twice_is_once(house: Daybeat, ana: Person, switch: MqttPerson) -> None:
    habit = ana.habit()
    light = Light(switch, habit)
    light.set("ON")
    light.set("ON")
    light.state(done_today=True)
    caught_up(house)
    (check_in,) = ana.get(f"/habits/{habit}/check-ins")["items"]
    assert check_in["source"] == "mqtt"


def test_an_amount_is_what_today_comes_to(ana: Person, switch: MqttPerson) -> None:
    light = Light(switch, ana.habit(name="Water", target=8, unit="glasses"))
    light.set({"amount": 3})
    assert light.state(amount=3)["done_today"] is False
    light.set({"amount": 8})
    assert light.state(amount=8)["done_today"] is True


@pytest.mark.parametrize(
    "garbage",
    [b"", b"maybe", b"\xff\xfe", b'{"amount": -1}', b'{"amount": "3"}', b'{"amount": true}', b"[[[[", b"{}", b"NaN"],
)
def test_what_makes_no_sense_changes_nothing_and_stops_nobody(ana: Person, switch: MqttPerson, garbage: bytes) -> None:
    habit = ana.habit()
    light = Light(switch, habit)
    light.state(done_today=False)
    light.set(garbage)
    light.set(b"ON")
    assert light.state(done_today=True)["streak"] == 1


def test_ids_that_are_not_the_users_change_nothing(house: Daybeat, ana: Person, switch: MqttPerson) -> None:
    bea = newcomer(house)
    foreign = bea.habit()
    light = Light(switch, ana.habit())
    for habit in (foreign, "not-an-id", foreign.upper()):
        switch.send(f"habit/{habit}/set", "ON")
    light.set("ON")
    light.state(done_today=True)
    assert bea.get(f"/habits/{foreign}/check-ins")["items"] == []


def test_a_tap_elsewhere_shows_on_the_light(ana: Person, switch: MqttPerson) -> None:
    habit = ana.habit()
    light = Light(switch, habit)
    light.state(done_today=False)
    ana.says(habit, "2026-03-02")
    light.state(done_today=True)
    ana.patch(f"/habits/{habit}", {"name": "Read more"})
    light.state(name="Read more")


@pytest.mark.parametrize("way", ["archive", "delete"])
def test_a_habit_that_is_put_away_has_no_state(ana: Person, switch: MqttPerson, way: str) -> None:
    habit = ana.habit()
    light = Light(switch, habit)
    light.state(done_today=False)
    light._seen = len(switch.heard)
    if way == "archive":
        ana.patch(f"/habits/{habit}", {"archived": True})
    else:
        ana.delete(f"/habits/{habit}")
    assert light.gone()


def test_what_was_there_before_the_device_is_shown_to_it(house: Daybeat) -> None:
    ana = newcomer(house)
    habits = [ana.habit(name=f"Habit {number}") for number in range(60)]
    with device_of(ana) as phone:
        assert all(phone.listen(*(f"habit/{habit}/state" for habit in habits)))
        for habit in habits:
            assert phone.on(f"habit/{habit}/state").said["done_today"] is False


def test_a_new_day_begins_with_nothing_done(house: Daybeat, ana: Person, switch: MqttPerson) -> None:
    habit = ana.habit()
    light = Light(switch, habit)
    light.set("ON")
    assert light.state(done_today=True)["date"] == "2026-03-02"
    house.clock.forward(hours=14)  # two at night: the day turns at three
    assert not _turns_taken(house)
    house.clock.forward(hours=1.1)
    light._seen = len(switch.heard)
    assert _turns_taken(house)
    assert light.state(done_today=False)["date"] == "2026-03-03"
    assert not _turns_taken(house)


def test_another_time_zone_turns_the_day_at_its_own_hour(house: Daybeat, ana: Person, switch: MqttPerson) -> None:
    house.clock.set(NOON.replace(hour=20))
    sign_in_again(house, ana)
    light = Light(switch, ana.habit())
    light.state(date="2026-03-02")
    ana.patch("/auth/me", {"timezone": "Pacific/Auckland"})
    light.state(date="2026-03-03")


def test_nobody_without_a_device_costs_anything(house: Daybeat) -> None:
    ana = newcomer(house)
    ana.says(ana.habit(), "2026-03-02")
    caught_up(house)
    topics = [row.topic for row in house.core.store.read_now(lambda c: retained.waiting(c, 1000))]
    assert not [topic for topic in topics if ana.id in topic]


def _turns_taken(daybeat: Daybeat) -> bool:
    """Take what turns are due, as the clock beside the connection does every quarter of a minute."""
    store, now = daybeat.core.store, daybeat.clock.now()
    if not store.read_now(lambda connection: is_turn_due(connection, now)):
        return False
    while store.write_now(lambda uow: take_turn(uow, calendar_of)):
        pass
    return True
