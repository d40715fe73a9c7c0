"""Somebody's device: connects with what it was given, hears prompts, answers, and waits for what became of it."""

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Self
from urllib.parse import urlsplit

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

WITHIN = 5.0
_numbers = count(1)


@dataclass(frozen=True)
class Heard:
    """A message as the device received it."""

    topic: str
    payload: bytes
    retained: bool
    at: float

    @property
    def said(self) -> Any:
        return json.loads(self.payload)


class Refused(Exception):
    """The broker does not let this device in."""


class MqttPerson:
    """A device of a user's. `version` is 5 or 3; `clean` begins without a session."""

    def __init__(
        self, made: Mapping[str, str], user_id: str, *, version: int = 5, clean: bool = True, **changed: Any
    ) -> None:
        self.made, self.user_id, self.version = {**made, **changed}, user_id, version
        self.root = f"daybeat/u/{user_id}"
        self.heard: list[Heard] = []
        self.disconnects = 0
        self._news = threading.Condition()
        self._answers: dict[int, list[Any]] = {}
        self._connected: Any = None
        self._clean = clean
        self.client = self._new_client()

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def connect(self, will: tuple[str, bytes, bool] | None = None) -> None:
        """Connect, or raise Refused."""
        if will is not None:
            self.client.will_set(will[0], will[1], 1, will[2])
        address = urlsplit(self.made["url"])
        options: dict[str, Any] = {}
        if self.version == 5:
            properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
            properties.SessionExpiryInterval = 0 if self._clean else 3600
            options = {"clean_start": self._clean, "properties": properties}
        self._connected = None
        self.client.connect(address.hostname or "127.0.0.1", address.port or 1883, 30, **options)
        self.client.loop_start()
        self._wait(lambda: self._connected is not None, "no CONNACK")
        if self._connected.is_failure:
            self.client.loop_stop()
            raise Refused(self._connected.getName())

    def close(self) -> None:
        """Leave in order."""
        self.client.disconnect()
        self.client.loop_stop()

    def vanish(self) -> None:
        """Leave without a word, so that the broker says the last will."""
        plain: Any = self.client.socket()
        plain.shutdown(socket.SHUT_RDWR)
        self.client.loop_stop()

    def listen(self, *tails: str) -> list[bool]:
        """Subscribe below the user; tells for each whether the broker agreed."""
        return self.subscribe(*(f"{self.root}/{tail}" for tail in tails))

    def subscribe(self, *topics: str) -> list[bool]:
        """Subscribe to whole topics; tells for each whether the broker agreed."""
        code, number = self.client.subscribe([(topic, 1) for topic in topics])
        assert number is not None, paho.error_string(code)
        self._wait(lambda: number in self._answers, "no SUBACK")
        return [not reason.is_failure for reason in self._answers[number]]

    def send(self, tail: str, content: Any, *, retain: bool = False) -> None:
        """Say something below the user; dicts are sent as JSON."""
        self.publish(f"{self.root}/{tail}", content, retain=retain)

    def publish(self, topic: str, content: Any, *, retain: bool = False) -> None:
        payload = content if isinstance(content, bytes | str) else json.dumps(content)
        self.client.publish(topic, payload, qos=1, retain=retain)

    def reply(self, reply_id: str | None = None, **said: Any) -> dict[str, Any]:
        """Send a mood and wait for its ack; without words the mood is good."""
        reply_id = reply_id or f"reply-{next(_numbers)}"
        place = len(self.heard)
        self.send("mood/reply", {"reply_id": reply_id, **(said or {"score": 4})})
        return self.ack_of(reply_id, after=place)

    def ack_of(self, reply_id: str | None, *, after: int = 0, within: float = WITHIN) -> dict[str, Any]:
        """Wait for the ack of a reply."""

        def is_it(each: Heard) -> bool:
            return each.topic.endswith("/mood/ack") and each.said["reply_id"] == reply_id

        said: dict[str, Any] = self.wait_for(is_it, after=after, within=within).said
        return said

    def prompt(self, *, after: int = 0, within: float = WITHIN) -> dict[str, Any]:
        """Wait for a prompt."""
        found = self.wait_for(lambda each: each.topic.endswith("/mood/prompt") and bool(each.payload), after, within)
        said: dict[str, Any] = found.said
        return said

    def on(self, tail: str, *, after: int = 0, within: float = WITHIN) -> Heard:
        """Wait for anything on a topic of the user's, an empty message too."""
        return self.wait_for(lambda each: each.topic == f"{self.root}/{tail}", after, within)

    def wait_for(self, wanted: Callable[[Heard], bool], after: int = 0, within: float = WITHIN) -> Heard:
        """Wait for a message, those that came already included from the `after`th on."""

        def found() -> Heard | None:
            return next((each for each in self.heard[after:] if wanted(each)), None)

        self._wait(lambda: found() is not None, "the message did not come", within)
        message = found()
        assert message is not None
        return message

    def _new_client(self) -> paho.Client:
        options: dict[str, Any] = {} if self.version == 5 else {"clean_session": self._clean}
        protocol = paho.MQTTv5 if self.version == 5 else paho.MQTTv311
        client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=self.made["client_id"],
            protocol=protocol,
            reconnect_on_failure=False,
            **options,
        )
        client.username_pw_set(self.made["username"], self.made["password"])
        client.on_connect = lambda _c, _d, _flags, reason, _p: self._set(connected=reason)
        client.on_subscribe = lambda _c, _d, number, reasons, _p: self._set(subscribed=(number, reasons))
        client.on_message = lambda _c, _d, message: self._hear(message)
        client.on_disconnect = lambda *_: self._set(gone=True)
        return client

    def _set(self, *, connected: Any = None, subscribed: Any = None, gone: bool = False) -> None:
        with self._news:
            self._connected = connected if connected is not None else self._connected
            self.disconnects += gone
            if subscribed is not None:
                self._answers[subscribed[0]] = subscribed[1]
            self._news.notify_all()

    def _hear(self, message: paho.MQTTMessage) -> None:
        with self._news:
            self.heard.append(Heard(message.topic, bytes(message.payload), message.retain, time.monotonic()))
            self._news.notify_all()

    def _wait(self, wanted: Callable[[], bool], missing: str, within: float = WITHIN) -> None:
        with self._news:
            if not self._news.wait_for(wanted, within):
                raise AssertionError(f"{missing}; heard {[(each.topic, each.payload[:80]) for each in self.heard]}")
