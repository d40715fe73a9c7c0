"""The terminal against a real server: what people type, what scripts read, what happens when the server is away."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.daybeat import PASSWORD
from tests.support.process import DaybeatProcess

EMAIL = "ana@example.org"
WEEK = "date,count\n2026-03-02,1\n2026-03-03,0\n2026-03-04,4\n2199-01-01,1\n"


class Terminal:
    """One person's terminal."""

    def __init__(self, home: Path, server: DaybeatProcess) -> None:
        self.server, self._token = server, ""
        self._environment = {
            **os.environ,
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_STATE_HOME": str(home / "state"),
            "DAYBEAT_URL": server.url,
            "DAYBEAT_DATA_DIR": str(server.folder),
            "NO_COLOR": "1",
        }

    def run(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "daybeat", *words]
        return subprocess.run(  # noqa: S603
            command, env=self._environment, input=typed, capture_output=True, text=True, check=False, timeout=60
        )

    def track(self, event: dict[str, Any]) -> None:
        """Send an event past the terminal, as a program of this person's would."""
        self.ask("POST", "/events/track", event)

    def ask(self, method: str, path: str, body: dict[str, Any]) -> None:
        """Ask past the terminal."""
        login = {"email": EMAIL, "password": PASSWORD}
        with httpx2.Client(base_url=f"{self.server.url}/api/v1", timeout=20) as client:
            self._token = (
                self._token or client.post("/auth/login", json=login).raise_for_status().json()["access_token"]
            )
            headers = {"Authorization": f"Bearer {self._token}"}
            client.request(method, path, json=body, headers=headers).raise_for_status()

    def data(self, *words: str) -> Any:
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaybeatProcess]:
    with DaybeatProcess(tmp_path_factory.mktemp("terminal") / "data") as running:
        body = {"email": EMAIL, "password": PASSWORD, "name": "Ana", "timezone": "UTC"}
        httpx2.post(f"{running.url}/api/v1/auth/register", json=body, timeout=20).raise_for_status()
        yield running


@pytest.fixture
def terminal(tmp_path: Path, server: DaybeatProcess) -> Terminal:
    terminal = Terminal(tmp_path, server)
    signed_in = terminal.run("login", server.url, "--email", EMAIL, "--password-stdin", typed=f"{PASSWORD}\n")
    assert signed_in.returncode == 0, signed_in.stderr
    return terminal


def _habit(terminal: Terminal, tmp_path: Path, name: str, *words: str) -> None:
    file = tmp_path / "week.csv"
    file.write_text(WEEK)
    done = terminal.run("import", "csv", str(file), "--habit", name, *words)
    assert done.returncode == 0, done.stderr


def test_without_a_token_the_exit_code_says_so(tmp_path: Path, server: DaybeatProcess) -> None:
    asked = Terminal(tmp_path, server).run("today")
    assert asked.returncode == 3
    assert "daybeat login" in asked.stderr
    assert not asked.stdout


def test_a_wrong_password_is_refused_in_words(tmp_path: Path, server: DaybeatProcess) -> None:
    asked = Terminal(tmp_path, server).run("login", server.url, "--email", EMAIL, "--password-stdin", typed="wrong\n")
    assert asked.returncode == 3
    assert "do not belong together" in asked.stderr


def test_check_in_shows_in_today_and_undo_takes_exactly_it_back(terminal: Terminal, tmp_path: Path) -> None:
    _habit(terminal, tmp_path, "Swim")
    assert terminal.run("checkin", "swim").stdout.startswith("Swim: ✓ done")
    assert _state(terminal, "Swim") == "done"
    assert terminal.run("undo").returncode == 0
    assert _state(terminal, "Swim") == "open"
    assert terminal.run("undo").returncode == 1


def test_goals_are_shown_added_to_and_undone(terminal: Terminal) -> None:
    assert "no goal yet" in terminal.run("goal").stderr
    terminal.ask("POST", "/goals", {"name": "Save for a bike", "target": 400, "unit": "euros"})
    assert terminal.run("goal", "bike", "+20.5", "--note", "coins").stdout.count("20.5/400 euros") == 1
    assert terminal.data("goal", "bike", "-5")[0]["progress"] == 15.5
    assert "too early to say" in terminal.run("goal").stdout
    assert terminal.run("undo").stdout == "Undone.\n"
    assert terminal.data("goal")[0]["progress"] == 20.5
    assert terminal.run("goal", "bike", "much").returncode == 2
    assert "No goal is called 'moon'" in terminal.run("goal", "moon").stderr


def test_what_is_likely_to_be_missed_is_shown(terminal: Terminal, tmp_path: Path) -> None:
    _habit(terminal, tmp_path, "Climb")
    (risk,) = (each for each in terminal.data("insights", "risks")["items"] if each["name"] == "Climb")
    (line,) = (line for line in terminal.run("insights", "risks").stdout.splitlines() if "Climb" in line)
    assert f"{risk['miss']:.0%}" in line


def test_amounts_are_added_or_set(terminal: Terminal, tmp_path: Path) -> None:
    _habit(terminal, tmp_path, "Water", "--as", "amount", "--target", "8")
    terminal.run("checkin", "water", "+3")
    result = terminal.data("checkin", "water", "+2")
    assert result["day"]["amount"] == 5
    assert (
        terminal.data("checkin", "water", "=8")["day"] | {"amount": 8, "state": "done"}
        == terminal.data("checkin", "water", "=8")["day"]
    )


def test_another_day_can_be_skipped_with_a_note(terminal: Terminal, tmp_path: Path) -> None:
    _habit(terminal, tmp_path, "Walk")
    result = terminal.data("checkin", "walk", "--on", "yesterday", "--skip", "--note", "ill")
    assert result["check_in"]["state"] == "skip"
    assert result["check_in"]["note"] == "ill"


def test_usage_errors_have_their_own_exit_code(terminal: Terminal, tmp_path: Path) -> None:
    _habit(terminal, tmp_path, "Sing")
    assert terminal.run("checkin", "sing", "lots").returncode == 2
    assert terminal.run("checkin", "sing", "--skip", "--no").returncode == 2
    assert terminal.run("checkin", "nonsense habit").returncode == 1


def test_a_check_in_without_the_server_is_kept_and_counted_once(terminal: Terminal, tmp_path: Path) -> None:
    _habit(terminal, tmp_path, "Stretch", "--as", "amount", "--target", "5")
    terminal.run("checkin", "stretch", "+1")
    terminal.run("undo")
    terminal.server.stop()
    try:
        kept = terminal.run("checkin", "stretch", "+2")
        assert kept.returncode == 4
        assert "Saved here" in kept.stderr
    finally:
        terminal.server.start()
    terminal.run("today")
    terminal.run("today")
    item = next(each for each in terminal.data("today")["items"] if each["name"] == "Stretch")
    assert (item["amount"], item["count"]) == (2, 1)


def test_a_report_shows_what_a_week_came_to(terminal: Terminal, tmp_path: Path) -> None:
    _habit(terminal, tmp_path, "Juggle")
    told = terminal.data("report", "--day", "2026-03-03")
    assert (told["kind"], told["first"], told["last"]) == ("weekly", "2026-03-02", "2026-03-08")
    assert next(each["days"] for each in told["habits"] if each["name"] == "Juggle")[0] == "done"
    shown = terminal.run("report", "--day", "2026-03-03")
    assert shown.stdout.splitlines()[:2] == ["2026-03-02 to 2026-03-08", told["sentences"][0]]
    assert "Juggle" in shown.stdout
    assert terminal.data("report", "--monthly")["kind"] == "monthly"
    to_come = terminal.run("report", "--day", "2199-01-01")
    assert to_come.returncode == 1
    assert "still to come" in to_come.stderr


def test_importing_the_same_file_twice_changes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text(WEEK)
    dry = terminal.data("import", "csv", str(file), "--dry-run")
    assert dry["habits"][0] | {"added": 4, "new_habit": True} == dry["habits"][0]
    first = terminal.data("import", "csv", str(file))["habits"][0]
    again = terminal.data("import", "csv", str(file))["habits"][0]
    assert (first["added"], first["unchanged"]) == (3, 0)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 3)
    assert [each["date"] for each in again["refused"]] == ["2199-01-01"]


def test_tail_hears_what_another_terminal_does(terminal: Terminal, tmp_path: Path) -> None:
    _habit(terminal, tmp_path, "Listen")
    command = [sys.executable, "-m", "daybeat", "tail", "--json", "--since", "0"]
    with subprocess.Popen(command, env=terminal._environment, stdout=subprocess.PIPE, text=True) as tail:  # noqa: S603
        assert tail.stdout is not None
        terminal.run("checkin", "listen", "--note", "heard")
        for line in tail.stdout:
            fact = json.loads(line)
            if fact["type"] == "habits.check_in.recorded" and fact["source"] == "terminal" and fact["data"]["stats"]:
                break
        tail.terminate()
    assert fact["device"] == "computer"


def test_tail_shows_activity_events_as_they_are_stored(terminal: Terminal) -> None:
    command = [sys.executable, "-m", "daybeat", "tail", "--activity", "--json"]
    with subprocess.Popen(command, env=terminal._environment, stdout=subprocess.PIPE, text=True) as tail:  # noqa: S603
        assert tail.stdout is not None
        heard = ThreadPoolExecutor(1).submit(tail.stdout.readline)
        until = time.monotonic() + 20
        while not heard.done() and time.monotonic() < until:
            terminal.track({"user_id": 7, "event_type": "heard", "timestamp": "2025-01-03T08:30:00Z"})
            time.sleep(0.2)
        event = json.loads(heard.result(1))
        tail.terminate()
    assert (event["user_id"], event["event_type"]) == (7, "heard")


def test_the_data_folder_of_a_running_server_is_left_alone(terminal: Terminal) -> None:
    asked = terminal.run("replay")
    assert asked.returncode == 1
    assert "Another Daybeat" in asked.stderr


def test_doctor_is_content_with_a_running_server(terminal: Terminal) -> None:
    findings = {each["part"]: each for each in terminal.data("doctor")}
    assert findings["database"]["ok"]
    assert "running" in findings["database"]["says"]


def _state(terminal: Terminal, name: str) -> str:
    items = terminal.data("today")["items"]
    return str(next(each["state"] for each in items if each["name"] == name))
