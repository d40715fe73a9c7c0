"""Many at once on a real server: nothing is lost between clients that do not know of each other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

import httpx2
import pytest

from tests.support.process import DaybeatProcess

pytestmark = pytest.mark.e2e

CLIENTS, CHECK_INS = 8, 200
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaybeatProcess]:
    with DaybeatProcess(tmp_path_factory.mktemp("concurrency") / "data") as running:
        yield running


class Device:
    """One client with a connection of its own."""

    def __init__(self, server: DaybeatProcess, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx2.Client(base_url=f"{server.url}/api/v1", headers=headers, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, method: str, path: str, **request: Any) -> Any:
        answer = self._http.request(method, path, **request)
        assert answer.is_success, answer.text
        return answer.json()

    def habit(self, **wishes: Any) -> str:
        start = today() - timedelta(days=60)
        body = {"name": "Read", "schedule": {"kind": "daily"}, "start": start.isoformat(), **wishes}
        return str(self.ask("POST", "/habits", json=body)["id"])

    def days(self, habit: str) -> set[str]:
        start = today() - timedelta(days=60)
        found = self.ask("GET", f"/habits/{habit}/check-ins", params={"from": start.isoformat(), "limit": 500})
        return {each["date"] for each in found["items"]}


def today() -> date:
    return datetime.now(UTC).date()


class World:
    """A server, and the devices that were opened on it."""

    def __init__(self, server: DaybeatProcess, opened: ExitStack) -> None:
        self._server, self._opened = server, opened

    def sign_up(self, email: str) -> str:
        body = {"email": email, "password": PASSWORD, "name": "Ana", "timezone": "UTC"}
        answer = httpx2.post(f"{self._server.url}/api/v1/auth/register", json=body, timeout=30)
        token = str(answer.json()["access_token"])
        # The day ends at midnight, so that "today" is the calendar's at any hour.
        httpx2.patch(
            f"{self._server.url}/api/v1/auth/me",
            json={"rollover_hour": 0},
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        ).raise_for_status()
        return token

    def device(self, token: str) -> Device:
        return self._opened.enter_context(Device(self._server, token))


@pytest.fixture
def world(server: DaybeatProcess) -> Iterator[World]:
    with ExitStack() as opened:
        yield World(server, opened)


def test_two_hundred_check_ins_from_eight_clients_are_all_stored(world: World) -> None:
    token = world.sign_up("many@example.org")
    habit = world.device(token).habit(target=CHECK_INS, unit="times")
    devices = [world.device(token) for _ in range(CLIENTS)]

    def check_in(number: int) -> str:
        answer = devices[number % CLIENTS].ask("POST", f"/habits/{habit}/check-ins", json={"amount": 1})
        return str(answer["check_in"]["id"])

    with ThreadPoolExecutor(CLIENTS) as threads:
        made = set(threads.map(check_in, range(CHECK_INS)))
    found = devices[0].ask("GET", f"/habits/{habit}/check-ins", params={"limit": 500})
    assert {each["id"] for each in found["items"]} == made
    assert len(made) == CHECK_INS
    (shown,) = devices[0].ask("GET", "/today")["items"]
    assert (shown["count"], shown["amount"], shown["state"]) == (CHECK_INS, CHECK_INS, "done")


def test_eight_clients_setting_days_of_one_habit_all_count(world: World) -> None:
    token = world.sign_up("days@example.org")
    devices = [world.device(token) for _ in range(CLIENTS)]
    habit = devices[0].habit()
    days = [today() - timedelta(days=back) for back in range(48)]

    def set_day(number: int) -> None:
        path = f"/habits/{habit}/check-ins/{days[number]}"
        devices[number % CLIENTS].ask("PUT", path, json={"state": "done"})

    with ThreadPoolExecutor(CLIENTS) as threads:
        list(threads.map(set_day, range(len(days))))
    assert devices[0].days(habit) == {day.isoformat() for day in days}
    stats = devices[0].ask("GET", f"/habits/{habit}/stats")
    assert (stats["streak"], stats["total"]) == (len(days), len(days))


def test_a_device_with_old_data_does_not_undo_what_another_one_did(world: World) -> None:
    token = world.sign_up("two@example.org")
    old, fresh = world.device(token), world.device(token)
    read, run = old.habit(name="Read"), old.habit(name="Run")
    assert all(each["state"] == "open" for each in old.ask("GET", "/today")["items"])
    fresh.ask("PUT", f"/habits/{read}/check-ins/{today()}", json={"state": "done"})
    old.ask("PUT", f"/habits/{run}/check-ins/{today()}", json={"state": "done"})
    for device in (old, fresh):
        assert {each["habit_id"]: each["state"] for each in device.ask("GET", "/today")["items"]} == {
            read: "done",
            run: "done",
        }


def test_a_device_with_old_data_says_something_else_of_the_same_habit(world: World) -> None:
    token = world.sign_up("same@example.org")
    old, fresh = world.device(token), world.device(token)
    habit = old.habit()
    old.days(habit)
    yesterday = today() - timedelta(days=1)
    fresh.ask("PUT", f"/habits/{habit}/check-ins/{yesterday}", json={"state": "done"})
    result = old.ask("PUT", f"/habits/{habit}/check-ins/{today()}", json={"state": "done"})
    assert result["stats"]["streak"] == 2
    assert old.days(habit) == fresh.days(habit) == {yesterday.isoformat(), today().isoformat()}
