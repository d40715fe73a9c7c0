"""Trying to reach somebody else over MQTT in every way there is, and counting what gets through at the receiver."""

import contextlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.support.mqtt_person import MqttPerson, Refused

MARK = "evil-"
SETTLE = 1.0
_numbers = count(1)


@dataclass(frozen=True)
class Place:
    """Whose topics are aimed at."""

    user_id: str
    habit_id: str
    attacker_id: str

    def topics(self) -> Sequence[str]:
        """Give every way to write where the victim listens, speaks or might be mistaken for."""
        root = f"daybeat/u/{self.user_id}"
        return (
            f"{root}/mood/prompt",
            f"{root}/mood/ack",
            f"{root}/mood/reply",
            f"{root}/habit/{self.habit_id}/state",
            f"{root}/habit/{self.habit_id}/set",
            f"{root}/whatever",
            root,
            f"/{root}/mood/prompt",
            f"{root}/mood/prompt/",
            f"daybeat//u/{self.user_id}/mood/reply",
            f"{root}//mood/reply",
            f"daybeat/u/{self.user_id.upper()}/mood/reply",
            f"daybeat/u/{self.user_id.replace('-', '')}/mood/reply",
            f"{root}/mood/prompt".replace("/", "."),
            f"{root}/mood/reply".replace("/", "."),
            f"daybeat/u/{self.user_id}.mood.reply",
            f"daybeat/u/{self.attacker_id}/../{self.user_id}/mood/reply",
            f"$share/g/{root}/mood/prompt",
            f"$SYS/{root}/mood/prompt",
            "$CONTROL/dynamic-security/v1",
            "daybeat/status",
            "daybeat/u/%u/mood/prompt",
        )

    def filters(self) -> Sequence[str]:
        """Give every way to listen where the victim listens or speaks."""
        root = f"daybeat/u/{self.user_id}"
        plain = (
            "#",
            "+/+/+/+/+",
            "daybeat/#",
            "daybeat/u/#",
            "daybeat/u/+/mood/prompt",
            f"{root}/#",
            f"{root}/+/+",
            f"{root}/mood/prompt",
            f"{root}/mood/ack",
            f"{root}/mood/reply",
            f"{root}/habit/+/state",
            f"{root}/habit/{self.habit_id}/state",
            f"{root}/mood/prompt".replace("/", "."),
            f"daybeat/u/{self.attacker_id}/#",
            f"/{root}/#",
        )
        shared = tuple(f"$share/g/{each}" for each in plain)
        return (*plain, *shared, "$SYS/#", "$CONTROL/#", f"$queue/{root}/mood/prompt")


@dataclass
class Attack:
    """An attacker with a device of their own. What the broker refuses is no matter; what arrives is."""

    made: dict[str, str]
    victim: dict[str, str]
    place: Place
    version: int
    listeners: list[MqttPerson] = field(default_factory=list)
    let_in: list[str] = field(default_factory=list)
    tried: int = 0

    def listen(self) -> None:
        """Subscribe to everything, with a session of its own device; a broker may hang up on each try."""
        listener = self._device()
        for pattern in self.place.filters():
            self.tried += 1
            listener = self._connected(listener)
            with contextlib.suppress(AssertionError):
                listener.client.subscribe(pattern, 1)
                time.sleep(0.01)
        self.listeners.append(self._connected(listener))

    def speak(self) -> None:
        """Publish everywhere, retained and not, as oneself."""
        speaker = self.listeners[-1]
        for topic, retain in self._ways():
            self.tried += 1
            speaker = self._connected(speaker)
            speaker.client.publish(topic, _payload(topic), qos=1, retain=retain)
            time.sleep(0.01)
        self.listeners.append(speaker)

    def leave_wills(self) -> None:
        """Leave last wills everywhere, retained and not, by vanishing."""
        self.listeners[-1].close()
        for topic, retain in self._ways():
            self.tried += 1
            ghost = self._device()
            with contextlib.suppress(Refused, AssertionError, OSError, ValueError):
                ghost.connect(will=(topic, _payload(topic).encode(), retain))
                ghost.vanish()

    def pretend(self) -> None:
        """Come under the victim's client id or name, with wills and without what belongs to them."""
        mine, theirs = self.made, self.victim
        changes: list[dict[str, Any]] = [
            {"client_id": theirs["client_id"]},
            {"username": theirs["username"]},
            {"username": theirs["username"], "client_id": theirs["client_id"]},
            {"username": theirs["username"], "client_id": theirs["client_id"], "password": ""},
            {"username": f"{mine['username']}/../{theirs['username']}"},
            {"client_id": f"{theirs['client_id']}#"},
        ]
        for change in changes:
            for topic in self.place.topics():
                self.tried += 1
                thief = MqttPerson(mine, self.place.attacker_id, version=self.version, **change)
                with contextlib.suppress(Refused, AssertionError, OSError, ValueError):
                    thief.connect(will=(topic, _payload(topic).encode(), True))
                    self.let_in.append(str(change))
                    thief.vanish()

    def overheard(self) -> list[tuple[str, bytes]]:
        """Give what came to the attacker and is not their own."""
        own = f"daybeat/u/{self.place.attacker_id}/"
        return [
            (each.topic, each.payload)
            for listener in {id(each): each for each in self.listeners}.values()
            for each in listener.heard
            if not each.topic.startswith(own) and each.topic != "daybeat/status"
        ]

    def close(self) -> None:
        for listener in self.listeners:
            listener.close()

    def _ways(self) -> Iterator[tuple[str, bool]]:
        return ((topic, retain) for topic in self.place.topics() for retain in (False, True))

    def _device(self) -> MqttPerson:
        return MqttPerson(self.made, self.place.attacker_id, version=self.version, clean=False)

    def _connected(self, device: MqttPerson) -> MqttPerson:
        """Give the device, or one that goes on where it was thrown out."""
        if device.client.is_connected() and not device.disconnects:
            return device
        again = self._device()
        again.heard = device.heard
        until = time.monotonic() + 10
        while True:
            try:
                again.connect()
            except (Refused, AssertionError, OSError):
                assert time.monotonic() < until, "the attacker's own device is not let in any more"
                again = self._device()
                again.heard = device.heard
            else:
                return again


def _payload(topic: str) -> str:
    """Say something that would have an effect where it arrives."""
    return "ON" if topic.endswith("/set") else json.dumps({"reply_id": f"{MARK}{next(_numbers)}", "score": 1})
