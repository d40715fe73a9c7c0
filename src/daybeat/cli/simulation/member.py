"""One simulated person's device: a real MQTT client, what it was asked, what it sent and what it was told."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from daybeat.cli.simulation.habits import Reaction, Temper
from daybeat.cli.simulation.town import Resident
from daybeat.kit.ids import new_id

KEEP_ALIVE = 60
AGAIN_AFTER = 10.0
"""Seconds without an ack after which a reply is sent again, the same under the same id."""

Later = Callable[[float, Callable[[], None]], None]


@dataclass(slots=True)
class Diary:
    """What happened to one person. `lags` are seconds from the minute a prompt was due to its arrival."""

    asked: dict[str, datetime] = field(default_factory=dict)
    followed_up: set[str] = field(default_factory=set)
    repeats: int = 0
    lags: list[float] = field(default_factory=list)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    acks: dict[str, str] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    rubbish: int = 0


class Member:
    """Connects, is asked, reacts. `later` calls something after so many seconds; `now` tells the time."""

    def __init__(self, resident: Resident, temper: Temper, later: Later, now: Callable[[], datetime]) -> None:
        self.resident, self.diary = resident, Diary()
        self._temper, self._later, self._now = temper, later, now
        self._root = f"daybeat/u/{resident.user_id}/mood/"
        self.is_listening = False
        self.client = Client(
            CallbackAPIVersion.VERSION2, client_id=resident.client_id, clean_session=False, reconnect_on_failure=False
        )
        self.client.username_pw_set(resident.username, resident.password)
        self.client.on_connect = lambda client, *_: self._subscribe(client)
        self.client.on_subscribe = lambda *_: self._listens()
        self.client.on_message = lambda _client, _data, message: self._hear(message)

    def connect(self, host: str, port: int) -> None:
        self.is_listening = False
        self.client.connect(host, port, KEEP_ALIVE)

    def _subscribe(self, client: Client) -> None:
        client.subscribe([(f"{self._root}{tail}", 1) for tail in ("prompt", "ack")])

    def _listens(self) -> None:
        self.is_listening = True

    def _hear(self, message: MQTTMessage) -> None:
        if message.topic.endswith("/ack"):
            self._note(json.loads(message.payload))
        elif message.payload:
            self._be_asked(json.loads(message.payload), was_waiting=message.retain)

    def _be_asked(self, prompt: dict[str, Any], *, was_waiting: bool) -> None:
        prompt_id, again = prompt["prompt_id"], bool(prompt["follow_up"])
        known = prompt_id in self.diary.asked
        if known and not (again and prompt_id not in self.diary.followed_up):
            self.diary.repeats += 1  # the broker delivers a retained message again after a reconnect
            return
        due = datetime.fromisoformat(prompt["asked_at"]).replace(second=0, microsecond=0)
        if again:
            self.diary.followed_up.add(prompt_id)
        elif not was_waiting:  # one that waited for us to connect says nothing about lag
            self.diary.lags.append((self._now() - due).total_seconds())
        self.diary.asked.setdefault(prompt_id, due)
        reaction = self._temper.reaction(asked_again=again)
        if reaction is not None:
            self._later(reaction.delay, lambda: self._react(prompt_id, reaction))

    def _react(self, prompt_id: str, reaction: Reaction) -> None:
        if reaction.rubbish is not None:
            self.diary.rubbish += 1
            self.client.publish(self._root + "reply", reaction.rubbish, qos=1)
        reply = {"reply_id": str(new_id()), "score": reaction.score, "prompt_id": prompt_id}
        self._send(reply)
        if reaction.twice:
            self._send(reply)

    def _send(self, reply: dict[str, Any]) -> None:
        self.diary.sent[reply["reply_id"]] = reply
        self.client.publish(self._root + "reply", json.dumps(reply), qos=1)
        self._later(AGAIN_AFTER, lambda: self._insist(reply))

    def _insist(self, reply: dict[str, Any]) -> None:
        if reply["reply_id"] not in self.diary.acks:
            self._send(reply)

    def _note(self, ack: dict[str, Any]) -> None:
        self.diary.statuses[ack["status"]] += 1
        if ack["reply_id"] in self.diary.sent:
            # A duplicate with a reason lost against another answer; one without is this very reply, stored before.
            stored = ack["status"] == "stored" or (ack["status"] == "duplicate" and "reason" not in ack)
            before = self.diary.acks.get(ack["reply_id"])
            self.diary.acks[ack["reply_id"]] = "stored" if stored or before == "stored" else ack["status"]
