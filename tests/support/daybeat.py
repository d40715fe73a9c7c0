"""A whole Daybeat in this process: the real app, the real SQLite, a clock to set."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from daybeat.bootstrap.app import build_app
from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.settings import Settings
from tests.support.clock import SetClock
from tests.support.services import separate_mode, services

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
FEWEST_ROUNDS = 4


class Person:
    """Somebody with an account, asking through HTTP."""

    def __init__(self, client: TestClient, email: str, signed_in: dict[str, Any]) -> None:
        self.client, self.email = client, email
        self.id: str = signed_in["user"]["id"]
        self.access_token: str = signed_in["access_token"]
        self.refresh_token: str = signed_in["refresh_token"]

    def ask(self, method: str, path: str, **request: Any) -> Any:
        """Send a request under /api/v1 and give the raw response."""
        headers = {"Authorization": f"Bearer {self.access_token}", **request.pop("headers", {})}
        return self.client.request(method, f"/api/v1{path}", headers=headers, **request)

    def get(self, path: str, **params: Any) -> Any:
        return self._fine(self.ask("GET", path, params=params))

    def post(self, path: str, body: Any = None, **request: Any) -> Any:
        return self._fine(self.ask("POST", path, json={} if body is None else body, **request))

    def put(self, path: str, body: Any) -> Any:
        return self._fine(self.ask("PUT", path, json=body))

    def patch(self, path: str, body: Any) -> Any:
        return self._fine(self.ask("PATCH", path, json=body))

    def delete(self, path: str) -> Any:
        return self._fine(self.ask("DELETE", path))

    def habit(self, **wishes: Any) -> str:
        """Begin a habit and give its id."""
        body = {"name": "Read", "schedule": {"kind": "daily"}, "start": "2026-03-02", **wishes}
        return str(self.post("/habits", body)["id"])

    def says(self, habit_id: str, day: date | str, state: str = "done", **more: Any) -> Any:
        """Say what a day was."""
        return self.put(f"/habits/{habit_id}/check-ins/{day}", {"state": state, **more})

    def _fine(self, response: Any) -> Any:
        assert response.is_success, f"{response.request.method} {response.request.url}: {response.text}"
        return response.json() if response.content else None


class Daybeat:
    """A running Daybeat and its clock."""

    def __init__(self, core: Core, app: FastAPI, client: TestClient, clock: SetClock) -> None:
        self.core, self.app, self.client, self.clock = core, app, client, clock

    def person(self, email: str = "ana@example.org", **wishes: Any) -> Person:
        """Register somebody; wishes are profile fields, `timezone` and `rollover_hour` among them."""
        zone = wishes.pop("timezone", "UTC")
        body = {"email": email, "password": PASSWORD, "name": "Ana", "timezone": zone}
        while (response := self.client.post("/api/v1/auth/register", json=body)).status_code == 429:
            time.sleep(float(response.headers["Retry-After"]))  # properties bring more people than a house lets in
        assert response.status_code == 201, response.text
        person = Person(self.client, email, response.json())
        if wishes:
            person.patch("/auth/me", wishes)
        return person


@contextmanager
def surroundings(folder: Path, **settings: Any) -> Iterator[Settings]:
    """Give the settings of the mode in which tests run."""
    if not separate_mode():
        yield Settings(data_dir=folder, **settings)
        return
    with services().corner() as corner:
        yield Settings(data_dir=folder, **{**corner, **settings})


@contextmanager
def running_daybeat(folder: Path, **settings: Any) -> Iterator[Daybeat]:
    """Start a Daybeat on a folder or, in the separate mode, in a corner of its own, at noon of 2 March 2026."""
    clock = SetClock(NOON)
    with surroundings(folder, **settings) as chosen, open_core(chosen, clock) as core:
        app = build_app(core, password_rounds=FEWEST_ROUNDS)
        with TestClient(app) as client:
            yield Daybeat(core, app, client, clock)
