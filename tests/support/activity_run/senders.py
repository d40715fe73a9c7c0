"""Those who send events and write down what they were answered: over HTTP, and as other people's programs do."""

import asyncio
import json
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

import httpx2

from tests.support.activity_run.town import QUEUE
from tests.support.foreign import TROUBLE, foreign_sender

AGAIN_AFTER = 0.2


@dataclass(slots=True)
class Book:
    """The number of every event, by what is known of it."""

    accepted: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)
    longest: float = 0.0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)

    def events(self, n: int) -> list[dict[str, Any]]:
        """Make events nobody has sent yet."""
        now = datetime.now(UTC).isoformat()
        made = []
        for _ in range(n):
            number = next(self._numbers)
            self.unsure.add(number)
            said = {"user_id": number % 1000, "event_type": "step", "timestamp": now, "metadata": {"n": number}}
            made.append({**said, "event_id": str(uuid4())})
        return made

    def settle(self, events: list[dict[str, Any]]) -> None:
        """Note that these were answered with 202."""
        numbers = {event["metadata"]["n"] for event in events}
        self.accepted |= numbers
        self.unsure -= numbers


class Sender:
    """Sends one event or a batch, at whichever collector answers. `patient`: again until it is accepted."""

    def __init__(self, book: Book, urls: list[str], *, at_once: int, patient: bool, pause: float) -> None:
        self._book, self._urls, self._at_once = book, urls, at_once
        self._patient, self._pause = patient, pause

    async def live(self, stop: asyncio.Event) -> None:
        async with httpx2.AsyncClient(timeout=15) as client:
            for turn in count():
                if stop.is_set():
                    return
                events = self._book.events(self._at_once)
                while not await self._send(client, self._urls[turn % len(self._urls)], events) and self._patient:
                    await asyncio.sleep(AGAIN_AFTER)
                    turn += 1  # noqa: PLW2901 - the other one may answer
                await asyncio.sleep(self._pause)

    async def _send(self, client: httpx2.AsyncClient, url: str, events: list[dict[str, Any]]) -> bool:
        path, body = ("track", events[0]) if self._at_once == 1 else ("batch", events)
        began = time.monotonic()
        try:
            answer = await client.post(f"{url}/api/v1/events/{path}", json=body)
        except httpx2.TransportError:
            return False
        finally:
            self._book.longest = max(self._book.longest, time.monotonic() - began)
        if answer.status_code == httpx2.codes.ACCEPTED:
            self._book.settle(events)
            return True
        self._book.refused += 1
        if answer.status_code != httpx2.codes.SERVICE_UNAVAILABLE or "retry-after" not in answer.headers:
            self._book.wrong.append(f"{answer.status_code}: {answer.text[:200]}")
        return False


class Foreigner:
    """Somebody else's producer: one event a message, without any id, confirmed."""

    def __init__(self, book: Book, url: str) -> None:
        self._book, self._url = book, url

    def live(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                with foreign_sender(self._url, QUEUE, declare=True) as sender:
                    while not stop.is_set():
                        (event,) = events = self._book.events(1)
                        sender.send(json.dumps({name: event[name] for name in event if name != "event_id"}).encode())
                        self._book.settle(events)
                        stop.wait(0.02)
            except TROUBLE:
                stop.wait(0.3)
