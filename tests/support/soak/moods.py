"""Moods that come in by other ways than the page: from devices over MQTT, from clicks, from other people's programs."""

import asyncio
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from tests.support.foreign import TROUBLE, ForeignSender, foreign_sender
from tests.support.ledger import Errand, Ledger

AGAIN_AFTER = 3.0
QUEUE = "mood_events"


class Device:
    """A device that sends one reply after the other, each again until it is acknowledged."""

    def __init__(self, owner: str, user_id: str, made: dict[str, str], port: int, ledger: Ledger) -> None:
        self._owner, self._ledger = owner, ledger
        self._topics = f"daybeat/u/{user_id}/mood/"
        self._acked = threading.Event()
        self._errand: Errand | None = None
        self._client = paho.Client(CallbackAPIVersion.VERSION2, client_id=made["client_id"], clean_session=False)
        self._client.username_pw_set(made["username"], made["password"])
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = lambda client, *_: client.subscribe(f"{self._topics}ack", 1)
        self._client.on_message = lambda _client, _data, message: self._hear(bytes(message.payload))
        self._client.connect_async("127.0.0.1", port, 10)
        self._client.loop_start()

    def live(self, stop: threading.Event, pause: float) -> None:
        """Send until told to stop, and then until the last one is acknowledged."""
        while not stop.is_set():
            mark = str(uuid4())
            self._errand = self._ledger.open(Errand(0, self._owner, "reply", "MQTT", "mood/reply", None, mark, mark))
            self._acked.clear()
            self._ledger.sending(self._errand)
            body = json.dumps({"reply_id": mark, "note": mark, "score": random.randint(1, 5)})  # noqa: S311
            while not self._acked.is_set():
                self._client.publish(f"{self._topics}reply", body, qos=1)
                if not self._acked.wait(AGAIN_AFTER):
                    self._ledger.heard_nothing(self._errand)
            time.sleep(pause)
        self._client.disconnect()
        self._client.loop_stop()

    def _hear(self, payload: bytes) -> None:
        said: dict[str, Any] = json.loads(payload)
        errand = self._errand
        if errand is not None and said["reply_id"] == errand.mark and errand.answered is None:
            self._ledger.heard(errand, 201 if said["status"] in {"stored", "duplicate"} else 422, said)
            self._acked.set()


@dataclass(slots=True)
class Clicks:
    """Clicks on the mood sender: nobody repeats a click."""

    url: str | None
    accepted: int = 0
    ambiguous: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    longest: float = 0.0

    async def live(self, stop: asyncio.Event, pause: float) -> None:
        async with httpx2.AsyncClient(timeout=20) as client:
            while self.url is not None and not stop.is_set():
                await self._click(client)
                await asyncio.sleep(pause)

    async def _click(self, client: httpx2.AsyncClient) -> None:
        began = time.monotonic()
        try:
            answer = await client.post(f"{self.url}/send", json={"type": "good"})
        except httpx2.ConnectError:
            return
        except httpx2.TransportError:
            self.ambiguous += 1
            return
        finally:
            self.longest = max(self.longest, time.monotonic() - began)
        if answer.status_code == httpx2.codes.ACCEPTED:
            self.accepted += 1
        else:
            self.ambiguous += 1
            self.refused[answer.status_code] += 1


@dataclass(slots=True)
class Foreigner:
    """Somebody else's sender: exactly the message that is documented, without an id, each with a time of its own."""

    url: str
    sent: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    _clock: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=1))

    def live(self, stop: threading.Event, pause: float) -> None:
        while not stop.is_set():
            try:
                with foreign_sender(self.url, QUEUE, declare=True) as sender:
                    self._send_on(sender, stop, pause)
            except TROUBLE:
                stop.wait(0.3)

    def _send_on(self, sender: ForeignSender, stop: threading.Event, pause: float) -> None:
        while not stop.is_set():
            self._clock += timedelta(milliseconds=1)
            stamp = self._clock.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self._clock.microsecond // 1000:03d}Z"
            self.unsure.add(stamp)
            sender.send(json.dumps({"type": "bad", "timestamp": stamp}).encode())
            self.unsure.discard(stamp)
            self.sent.add(stamp)
            stop.wait(pause)
