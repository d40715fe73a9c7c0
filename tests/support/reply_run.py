"""Replies over MQTT while the gateway and the broker are killed: every acknowledged reply is stored, and none twice."""

import json
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from tests.support.browser import Account
from tests.support.mosquitto import PrivateMosquitto
from tests.support.process import DaybeatProcess

IN_FLIGHT = 8
AGAIN_AFTER = 2.0
GIVE_UP_AFTER = 240.0


@dataclass(slots=True)
class Waiting:
    """A reply without an ack, and when it was last sent."""

    body: bytes
    sent_at: float


class Sender:
    """A device that sends replies, a few at a time, each again and again until Daybeat acknowledges it.

    What the library keeps for later delivery is left out: a reply that is sent again by us must not depend on it.
    """

    def __init__(self, user_id: str, made: dict[str, str], replies: int) -> None:
        self.user_id, self.left = user_id, replies
        self.acked: dict[str, list[str]] = {}
        self._waiting: dict[str, Waiting] = {}
        self._lock = threading.Lock()
        self._topics = f"daybeat/u/{user_id}/mood/"
        self._dice = random.Random(made["client_id"])  # noqa: S311 - a test, not a secret
        self._client = paho.Client(CallbackAPIVersion.VERSION2, client_id=made["client_id"], clean_session=False)
        self._client.username_pw_set(made["username"], made["password"])
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = lambda client, *_: client.subscribe(f"{self._topics}ack", 1)
        self._client.on_message = lambda _client, _data, message: self._hear(bytes(message.payload))
        address = urlsplit(made["url"])
        self._client.connect_async(address.hostname or "127.0.0.1", address.port or 1883, 10)
        self._client.loop_start()

    @property
    def is_done(self) -> bool:
        return self.left == 0 and not self._waiting

    def go_on(self) -> None:
        """Send what is missing: new replies while few wait, and again what waits for long."""
        now = time.monotonic()
        with self._lock:
            while self.left and len(self._waiting) < IN_FLIGHT:
                self.left -= 1
                reply_id = str(uuid4())
                body = json.dumps({"reply_id": reply_id, "score": self._dice.randint(1, 5)}).encode()
                self._waiting[reply_id] = Waiting(body, 0.0)
            due = [each for each in self._waiting.values() if now - each.sent_at > AGAIN_AFTER]
        for each in due:
            each.sent_at = now
            self._client.publish(f"{self._topics}reply", each.body, qos=1)

    def stop(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _hear(self, payload: bytes) -> None:
        said: dict[str, Any] = json.loads(payload)
        with self._lock:
            self.acked.setdefault(said["reply_id"], []).append(said["status"])
            self._waiting.pop(said["reply_id"], None)


@dataclass(slots=True)
class Outcome:
    """What became of the replies."""

    replies: int
    seconds: float
    kills: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0
    unknown: int = 0


class ReplyRun:
    """Some senders, a Daybeat and a broker of its own; what is killed is started again."""

    def __init__(self, folder: Path, *, people: int, replies: int, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - a test, not a secret
        self._killed_all, self._over = threading.Event(), threading.Event()
        self.broker = PrivateMosquitto(folder / "broker")
        self.broker.start()
        self.daybeat = DaybeatProcess(folder / "data", DAYBEAT_MQTT_URL=self.broker.url)
        self.daybeat.folder.parent.mkdir(parents=True, exist_ok=True)
        self.daybeat.start()
        self.senders = [self._new_sender(replies // people) for _ in range(people)]
        self.replies = replies // people * people

    def run(self, *, gateway_kills: int, broker_kills: int) -> Outcome:
        """Send everything, with the kills spread over the sending, and account for it."""
        began = time.monotonic()
        killer = threading.Thread(target=self._kill, args=(gateway_kills, broker_kills), daemon=True)
        killer.start()
        try:
            self._send_all(began)
        finally:
            self.stop()
            self._over.set()
        outcome = Outcome(self.replies, time.monotonic() - began)
        outcome.kills.update({"gateway": gateway_kills, "broker": broker_kills})
        self._account(outcome)
        return outcome

    def _send_all(self, began: float) -> None:
        while not all(sender.is_done for sender in self.senders) or not self._killed_all.is_set():
            for sender in self.senders:
                sender.go_on()
            assert time.monotonic() - began < GIVE_UP_AFTER, f"{self._left()} replies are left"
            time.sleep(0.005)

    def stop(self) -> None:
        for sender in self.senders:
            sender.stop()
        self.daybeat.stop()
        self.broker.stop()

    def _new_sender(self, replies: int) -> Sender:
        owner = Account.new(self.daybeat)
        made = owner.ask("POST", "/mqtt/devices", json={"name": "phone"})
        return Sender(owner.ask("GET", "/auth/me")["id"], made, replies)

    def _kill(self, gateway_kills: int, broker_kills: int) -> None:
        """Kill after every so many acknowledged replies, so that all kills fall into the sending."""
        acts: list[Callable[[], None]] = [self._kill_gateway] * gateway_kills + [self._kill_broker] * broker_kills
        self._dice.shuffle(acts)
        for place, act in enumerate(acts, 1):
            goal = self.replies * place // (len(acts) + 1)
            while self.replies - self._left() < goal:
                time.sleep(0.01)
            time.sleep(self._dice.random() * 0.2)
            act()
        self._killed_all.set()
        self._over.wait()  # what a thread started may be bound to end with it

    def _kill_gateway(self) -> None:
        self.daybeat.kill()
        self.daybeat.start()

    def _kill_broker(self) -> None:
        self.broker.kill()
        time.sleep(self._dice.random())
        self.broker.start()

    def _left(self) -> int:
        return sum(sender.left + IN_FLIGHT for sender in self.senders if not sender.is_done)

    def _account(self, outcome: Outcome) -> None:
        """Compare what devices were told with what the database holds."""
        with closing(sqlite3.connect(self.daybeat.folder / "daybeat.db")) as database:
            keys = database.execute(
                "SELECT user_id, key, answer FROM idempotency_key WHERE key LIKE 'mqtt:%'"
            ).fetchall()
            moods = Counter(UUID(row[0]) for row in database.execute("SELECT id FROM moods"))
        kept = {
            (str(UUID(user)), key.removeprefix("mqtt:")): UUID(json.loads(answer)["mood_id"])
            for user, key, answer in keys
        }
        acked = {(sender.user_id, reply_id) for sender in self.senders for reply_id in sender.acked}
        outcome.statuses = Counter(
            status for sender in self.senders for each in sender.acked.values() for status in each
        )
        outcome.lost = sum(moods[kept[reply]] != 1 if reply in kept else 1 for reply in acked)
        outcome.doubled = len(moods) - len(set(kept.values())) + sum(count - 1 for count in moods.values())
        outcome.unknown = len(kept.keys() - acked)
