"""The short accounting runs over activity; `make soak` has the long ones."""

import gc
import json
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from bench.activity_soak import control
from tests.support.activity_run.run import Plan, run
from tests.support.daybeat import PASSWORD
from tests.support.services import services
from tests.support.soak.house import REPOSITORY
from tests.support.soak.roles import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
EVENTS, AT_ONCE, KILLS = 1000, 20, 12
KM = 0.1


@pytest.fixture(autouse=True)
def _leave_nothing_for_others() -> Iterator[None]:
    """What was killed in the middle leaves sockets behind; they go with the test that killed."""
    yield
    gc.collect()


def test_every_event_that_was_accepted_is_stored_once_whatever_is_killed(tmp_path: Path) -> None:
    report = run(tmp_path / "run", Plan(14, seed=5, rabbitmq=1, mariadb=1, apart=(0.05, 0.3)))
    assert report.found == {}
    assert report.accepted > 1000


def test_storing_whatever_comes_is_noticed(tmp_path: Path) -> None:
    assert control(tmp_path, "plain_insert").found["doubled"]


class Client:
    """One person, who asks whichever API answers until it does."""

    def __init__(self, role: Role) -> None:
        self._role = role
        self.headers: dict[str, str] = {}
        body = {"email": "ana@example.org", "password": PASSWORD, "name": "Ana", "timezone": "UTC"}
        token = self.ask("POST", "/auth/register", body)["access_token"]
        self.headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                answer = httpx2.request(
                    method, f"{self._role.url}/api/v1{path}", json=body, headers=self.headers, timeout=10
                )
            except httpx2.TransportError:
                time.sleep(0.1)
                continue
            if answer.status_code != httpx2.codes.SERVICE_UNAVAILABLE:
                assert answer.is_success, answer.text
                return answer.json()
            time.sleep(0.1)
        raise AssertionError(f"{path} was not answered")


@pytest.fixture
def roles(tmp_path: Path) -> Iterator[dict[str, Role]]:
    with services().corner() as corner:
        environment = {
            **{f"DAYBEAT_{name.upper()}": secret.get_secret_value() for name, secret in corner.items()},
            "DAYBEAT_MQTT_URL": "off",
            "DAYBEAT_LOG_LEVEL": "warning",
            "PYTHONPATH": str(REPOSITORY),
        }
        commands = {"api": "api", "relay": "relay", "consume-1": "consume", "consume-2": "consume", "record": "record"}
        made = {name: Role(name, ("daybeat", what), environment, tmp_path) for name, what in commands.items()}
        try:
            for role in made.values():
                role.launch()
            for role in made.values():
                role.wait()
            yield made
        finally:
            for role in made.values():
                role.kill()


def test_rules_turn_each_event_into_one_check_in_and_one_entry_whoever_is_killed(roles: dict[str, Role]) -> None:
    ana, dice = Client(roles["api"]), random.Random(3)  # noqa: S311
    habit = ana.ask("POST", "/habits", {"name": "Steps", "schedule": {"kind": "daily"}, "target": 10_000, "unit": "x"})
    goal = ana.ask("POST", "/goals", {"name": "Walk", "target": 10_000, "unit": "km"})
    for feeds in ({"habit_id": habit["id"], "amount": 1}, {"goal_id": goal["id"], "amount": KM}):
        ana.ask("POST", "/events/rules", {"event_type": "step", **feeds})
    kills = sorted(dice.sample(range(EVENTS // AT_ONCE), KILLS))
    for turn in range(EVENTS // AT_ONCE):
        now = datetime.now(UTC).isoformat()
        event = {"user_id": 1, "event_type": "step", "timestamp": now}
        ana.ask("POST", "/events/batch", [{**event, "event_id": str(uuid4())} for _ in range(AT_ONCE)])
        if turn in kills:
            role = roles[dice.choice(["api", "consume-1", "consume-2", "record", "record", "relay"])]
            role.kill()
            role.launch()
    for role in roles.values():
        role.wait()
    until = time.monotonic() + 60
    while min(fired := _fired(ana)) < EVENTS and time.monotonic() < until:
        time.sleep(0.2)
    (today,) = ana.ask("GET", "/today")["items"]
    assert (fired, today["amount"], today["count"]) == ([EVENTS, EVENTS], EVENTS, EVENTS), json.dumps(today)
    entries = ana.ask("GET", f"/goals/{goal['id']}/entries?limit=1000")
    assert (len(entries["items"]), entries["next_cursor"]) == (EVENTS, None)
    assert {(each["amount"], each["source"]) for each in entries["items"]} == {(KM, "rule")}
    walked = ana.ask("GET", f"/goals/{goal['id']}")
    assert (walked["progress"], walked["by_rules"]) == (EVENTS * KM, EVENTS * KM), json.dumps(walked)


def _fired(ana: Client) -> list[int]:
    return [rule["fired"] for rule in ana.ask("GET", "/events/rules")["items"]]
