"""A crowd of clients that keeps checking in while Daybeat is killed under it."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import httpx2

from tests.support.ledger import Errand, Ledger

PASSWORD = "correct horse battery staple"
HABIT_LASTS = 100
"""Days a client says something about before it begins another habit; today is left to check-ins "now"."""

KINDS = ("put", "keyed", "once", "undo", "habit")
WEIGHTS = (35, 30, 15, 15, 5)
PAUSE = 0.05


@dataclass(slots=True)
class Client:
    """One device of a user's. Its habits and days are its own, so what has to be there is known exactly."""

    user: str
    name: str
    chance: random.Random
    habits: list[str] = field(default_factory=list)
    days_said: int = 0
    added: list[str] = field(default_factory=list)


class Crowd:
    """Several users with several devices each, and the ledger of what they did."""

    def __init__(
        self,
        url: str,
        ledger: Ledger,
        seed: int,
        *,
        users: int,
        devices: int,
        more: Sequence[str] = (),
        pause: float = 0,
    ) -> None:
        self.ledger = ledger
        self.tokens: dict[str, str] = {}
        self.refresh_tokens: dict[str, str] = {}
        self.unavailable = 0
        self.longest = 0.0
        self._urls = [f"{each}/api/v1" for each in (url, *more)]
        self._kinds: Sequence[str] = (*KINDS, "mood") if more else KINDS
        self._weights: Sequence[int] = (*WEIGHTS, 25) if more else WEIGHTS
        self._pause = pause
        self._emails = [f"user{number}@example.org" for number in range(users)]
        self._clients = [
            Client(email, f"{email[:5]}-{device}", random.Random(f"{seed}{email}{device}"))  # noqa: S311
            for email in self._emails
            for device in range(devices)
        ]
        self._numbers = count(1)
        self._today = datetime.now(UTC).date()  # and that stays so, however late it gets
        self._stop = asyncio.Event()
        self._http = httpx2.AsyncClient(timeout=20)
        self._tasks: list[asyncio.Task[None]] = []

    async def sign_up(self) -> None:
        """Open the accounts, before anything is killed."""
        for email in self._emails:
            body = {"email": email, "password": PASSWORD, "name": "Ana", "timezone": "UTC"}
            answer = await self._http.post(f"{self._urls[0]}/auth/register", json=body)
            self.refresh_tokens[email] = answer.json()["refresh_token"]
            self.tokens[email] = answer.json()["access_token"]

    def begin(self) -> None:
        """Set all devices to work."""
        self._tasks = [asyncio.create_task(self._live(client)) for client in self._clients]

    async def finish(self) -> None:
        """Let everybody get the answer they still wait for, then stop."""
        self._stop.set()
        await asyncio.gather(*self._tasks)
        await self._http.aclose()

    async def _live(self, client: Client) -> None:
        while not self._stop.is_set():
            await self._do(self._next(client), client)
            await asyncio.sleep(self._pause)

    async def _do(self, errand: Errand, client: Client) -> None:
        """Ask until there is an answer, or once when the errand must not be repeated."""
        while errand.answered is None:
            self.ledger.sending(errand)
            try:
                answer = await self._send(errand)
            except httpx2.ConnectError:
                await asyncio.sleep(PAUSE)  # nobody listens, so nothing was sent
            except httpx2.TransportError:
                self.ledger.heard_nothing(errand)
                if not errand.may_repeat:
                    return
                await asyncio.sleep(PAUSE)
            else:
                if not await self._is_over(errand, answer):
                    return
        self._learn(errand, client)

    async def _is_over(self, errand: Errand, answer: httpx2.Response) -> bool:
        """Take an answer. Nobody knows what became of an errand that met a service which is away; False gives it up."""
        if answer.status_code == httpx2.codes.UNAUTHORIZED:
            await self._sign_in_again(errand.user)
        elif answer.status_code != httpx2.codes.SERVICE_UNAVAILABLE:
            self.ledger.heard(errand, answer.status_code, answer.json())
        else:
            self.unavailable += 1
            self.ledger.heard_nothing(errand)
            if "retry-after" not in answer.headers:
                self.ledger.unexpected.append(f"{errand.method} {errand.path}: 503 without Retry-After")
            await asyncio.sleep(PAUSE)
            return errand.may_repeat
        return True

    async def _sign_in_again(self, email: str) -> None:
        """Get a fresh access token; a run may last longer than one does. Without an answer the next try asks again."""
        for url in self._urls:
            with suppress(httpx2.TransportError):
                presented = {"refresh_token": self.refresh_tokens[email]}
                answer = await self._http.post(f"{url}/auth/refresh", json=presented)
                if answer.is_success:
                    said = answer.json()
                    self.tokens[email], self.refresh_tokens[email] = said["access_token"], said["refresh_token"]
                    return

    async def _send(self, errand: Errand) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.tokens[errand.user]}"}
        if errand.key is not None:
            headers["Idempotency-Key"] = errand.key
        url, began = random.choice(self._urls), time.monotonic()  # noqa: S311
        try:
            return await self._http.request(errand.method, f"{url}{errand.path}", json=errand.body, headers=headers)
        finally:
            self.longest = max(self.longest, time.monotonic() - began)

    def _learn(self, errand: Errand, client: Client) -> None:
        if errand.made is None:
            return
        if errand.kind == "habit":
            client.habits.append(errand.made)
            client.days_said = 0
        if errand.kind == "keyed":
            client.added.append(errand.made)

    def _next(self, client: Client) -> Errand:
        kind = client.chance.choices(self._kinds, self._weights)[0]
        if not client.habits or client.days_said == HABIT_LASTS:
            kind = "habit"
        elif kind == "undo" and not client.added:
            kind = "keyed"
        return self.ledger.open(getattr(self, f"_{kind}")(client, next(self._numbers)))

    def _habit(self, client: Client, number: int) -> Errand:
        mark = f"{client.name} {number}"
        start = self._today - timedelta(days=HABIT_LASTS + 2)
        body: dict[str, Any] = {"name": mark, "schedule": {"kind": "daily"}, "start": start.isoformat()}
        if client.chance.random() < 0.5:
            body |= {"target": 5, "unit": "pages"}
        return _errand(client, number, "habit", "POST", "/habits", body, mark)

    def _put(self, client: Client, number: int) -> Errand:
        """Say what a day was that nobody said anything about before. No key: the same call twice is once."""
        client.days_said += 1
        # One day further back than today: the habit day of the small hours is yesterday's.
        day = self._today - timedelta(days=client.days_said + 1)
        mark = f"{client.name} {number}"
        body = {"state": client.chance.choice(["done", "skip", "no"]), "note": mark}
        errand = _errand(client, number, "put", "PUT", f"/habits/{client.habits[-1]}/check-ins/{day}", body, mark)
        errand.key = None
        return errand

    def _keyed(self, client: Client, number: int) -> Errand:
        """Check in now under a key; some devices also make the id themselves, as the page does."""
        mark = f"{client.name} {number}"
        body: dict[str, Any] = {"note": mark}
        if client.chance.random() < 0.3:
            body["id"] = str(UUID(int=client.chance.getrandbits(128), version=4))
        return _errand(client, number, "keyed", "POST", f"/habits/{client.habits[-1]}/check-ins", body, mark)

    def _once(self, client: Client, number: int) -> Errand:
        """Check in now like a script that does not care: no key, no second try."""
        errand = self._keyed(client, number)
        errand.kind, errand.key, errand.may_repeat = "once", None, False
        return errand

    def _mood(self, client: Client, number: int) -> Errand:
        mark = f"{client.name} {number}"
        return _errand(
            client, number, "mood", "POST", "/moods", {"score": client.chance.randint(1, 5), "note": mark}, mark
        )

    def _undo(self, client: Client, number: int) -> Errand:
        check_in = client.added.pop(client.chance.randrange(len(client.added)))
        errand = _errand(client, number, "undo", "DELETE", f"/check-ins/{check_in}", None, check_in)
        if client.chance.random() < 0.5:
            errand.key = None
        return errand


def _errand(
    client: Client, number: int, kind: str, method: str, path: str, body: dict[str, Any] | None, mark: str
) -> Errand:
    key = f"{client.name}-{number}"
    return Errand(number, client.user, kind, method, path, body, mark, key)


def marks_of(errands: Sequence[Errand], *kinds: str) -> dict[str, Errand]:
    """Index errands of some kinds by their mark."""
    return {each.mark: each for each in errands if each.kind in kinds}
