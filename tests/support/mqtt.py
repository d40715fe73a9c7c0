"""Daybeats with a broker: their own Mosquitto, or one that was there before."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.daybeat import Daybeat, Person, running_daybeat
from tests.support.mosquitto import mosquitto_programs
from tests.support.mqtt_person import MqttPerson


@contextmanager
def daybeat_with_broker(folder: Path, url: str | None = None, **settings: Any) -> Iterator[Daybeat]:
    """Start a Daybeat and wait until it is connected; without a URL it brings its own Mosquitto."""
    if url is None:
        mosquitto_programs()
    with running_daybeat(folder, mqtt_url=url, mqtt_port=0, **settings) as daybeat:
        until_connected(daybeat)
        yield daybeat


def until_connected(daybeat: Daybeat, *, connected: bool = True, within: float = 10.0) -> None:
    """Wait until the gateway is at its broker, or no longer."""
    until = time.monotonic() + within
    while daybeat.app.state.mqtt.status("localhost").connected is not connected:
        assert time.monotonic() < until, f"the gateway did not become connected={connected}"
        time.sleep(0.01)


def device_of(person: Person, name: str = "phone", **options: Any) -> MqttPerson:
    """Add a device and give it, not connected yet."""
    return MqttPerson(person.post("/mqtt/devices", {"name": name}), person.id, **options)
