"""What happens while one service is away, as somebody notices who goes on using Daybeat."""

import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2

from tests.support.soak.house import ROLES, House

PASSWORD = "correct horse battery staple"
NEEDED = ("api-1", "relay", "consume-1", "notify")
FEW_ROLES = {name: ROLES[name] for name in NEEDED}
THREADS = 4


@dataclass(slots=True)
class Watched:
    """What was answered while a service was away: statuses, the longest answer, and when it first was well again."""

    statuses: Counter[int] = field(default_factory=Counter)
    longest: float = 0.0
    without_retry_after: int = 0
    recovered: float | None = None


class Somebody:
    """A person at an API."""

    def __init__(self, url: str) -> None:
        self.client = httpx2.Client(base_url=f"{url}/api/v1", timeout=30)
        body = {"email": f"{uuid4()}@example.org", "password": PASSWORD, "name": "Ana", "timezone": "UTC"}
        signed_in = self.client.post("/auth/register", json=body).raise_for_status().json()
        self.refresh_token, self.user_id = signed_in["refresh_token"], signed_in["user"]["id"]
        self.headers: dict[str, str] = {"Authorization": f"Bearer {signed_in['access_token']}"}
        habit = {"name": "Read", "schedule": {"kind": "daily"}, "start": "2026-01-01"}
        self.habit = self.ask("POST", "/habits", habit).json()["id"]

    def ask(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        return self.client.request(method, path, json=body, headers=self.headers)

    def check_in(self) -> httpx2.Response:
        return self.ask("POST", f"/habits/{self.habit}/check-ins", {})


@contextmanager
def using(people: list[Somebody]) -> Iterator[Watched]:
    """Let people check in without a pause for as long as the block lasts."""
    watched, stop = Watched(), threading.Event()
    threads = [threading.Thread(target=_go_on, args=(each, watched, stop)) for each in people]
    for thread in threads:
        thread.start()
    try:
        yield watched
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _go_on(person: Somebody, watched: Watched, stop: threading.Event) -> None:
    while not stop.is_set():
        began = time.monotonic()
        answer = person.check_in()
        watched.longest = max(watched.longest, time.monotonic() - began)
        watched.statuses[answer.status_code] += 1
        if answer.status_code == httpx2.codes.SERVICE_UNAVAILABLE:
            watched.without_retry_after += "retry-after" not in answer.headers
            time.sleep(0.2)
        elif answer.is_success and watched.recovered is None:
            watched.recovered = time.monotonic()


def without_rabbitmq(house: House, seconds: float) -> tuple[Watched, float]:
    """Stop the broker under load; gives what was answered, and how long after its return all was handled."""
    people = [Somebody(house.roles["api-1"].url) for _ in range(THREADS)]
    house.rabbitmq.stop()
    with using(people) as watched:
        time.sleep(seconds)
    house.rabbitmq.start()
    return watched, until_handled(house)


def without_postgresql(house: House, seconds: float) -> tuple[Watched, float, int]:
    """Stop the database under load; gives what was answered, the seconds to recovery, and the check-ins it then has."""
    people = [Somebody(house.roles["api-1"].url) for _ in range(THREADS)]
    before = sum(_check_ins(each) for each in people)
    house.postgresql.stop(signal.SIGINT)
    with using(people) as watched:
        time.sleep(seconds)
        watched.recovered = None
        house.postgresql.start()
        back = time.monotonic()
        while watched.recovered is None and time.monotonic() - back < 30:
            time.sleep(0.01)
        took = (watched.recovered or float("inf")) - back
    return watched, took, sum(_check_ins(each) for each in people) - before


def until_handled(house: House) -> float:
    """Wait until nothing is on its way."""
    began = time.monotonic()
    while house.outbox() or any(n for name, n in house.queues().items() if name != "daybeat.live"):
        assert time.monotonic() - began < 60, "not drained"
        time.sleep(0.1)
    return time.monotonic() - began


def _check_ins(person: Somebody) -> int:
    """Count what the API says is there."""
    found, cursor = 0, None
    while True:
        params = {"from": "2026-01-01", "limit": "500", **({"cursor": cursor} if cursor else {})}
        page = person.client.get(f"/habits/{person.habit}/check-ins", params=params, headers=person.headers).json()
        found += len(page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            return found
