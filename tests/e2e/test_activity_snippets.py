"""What docs/activity.md tells people to paste: each snippet is run, and Daybeat is asked what it has heard."""

import hashlib
import hmac
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import yaml  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Error, Page

from scripts.services.private import free_port
from tests.support.browser import Account, patient
from tests.support.elsewhere import bad_line, site
from tests.support.process import DaybeatProcess

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "docs" / "snippets" / "activity"
LANGUAGES = {".sh": "sh", ".py": "python", ".js": "js", ".yaml": "yaml"}
WITHIN = 20.0
PAGE = """<!doctype html><title>A shop</title>
<script type="module">import * as daybeat from "./beacon.js"; Object.assign(window, daybeat);</script>"""
PUSHED = {"action": None, "repository": {"full_name": "ana/garden"}, "sender": {"id": 583231, "login": "ana"}}
SECRET = b"a secret of the webhook's"


@dataclass
class Writer:
    """Somebody's program, which may write events and nothing else."""

    account: Account
    token: str
    url: str

    def run(self, *command: str, url: str = "") -> subprocess.CompletedProcess[str]:
        """Run a snippet to its end."""
        return subprocess.run(  # noqa: S603
            command, env=self.environment(url=url), capture_output=True, text=True, check=False, timeout=60
        )

    def environment(self, *, url: str = "", **more: str) -> dict[str, str]:
        return {**os.environ, "DAYBEAT_URL": url or self.url, "DAYBEAT_TOKEN": self.token, **more}

    def stored(self) -> list[Any]:
        return list(self.account.ask("GET", "/events", params={"account": "me"})["items"])

    def arrives(self, event_type: str) -> Any:
        """Wait for an event of a type and give it."""
        until = time.monotonic() + WITHIN
        while time.monotonic() < until:
            for event in self.stored():
                if event["event_type"] == event_type:
                    return event
            time.sleep(0.05)
        raise AssertionError(f"{event_type} did not arrive")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A site elsewhere: its folder and its port."""
    folder = tmp_path_factory.mktemp("shop")
    with site(folder) as port:
        yield folder, port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, shop: tuple[Path, int]) -> Iterator[DaybeatProcess]:
    origin = f"http://127.0.0.1:{shop[1]}"
    with DaybeatProcess(tmp_path_factory.mktemp("activity") / "data", DAYBEAT_CORS_ORIGINS=origin) as running:
        yield running


@pytest.fixture
def writer(server: DaybeatProcess) -> Writer:
    account = Account.new(server)
    made = account.ask("POST", "/auth/tokens", json={"name": "script", "scopes": ["events:write"]})
    return Writer(account, made["token"], server.url)


@pytest.mark.parametrize("file", sorted(SNIPPETS.iterdir()), ids=lambda file: file.name)
def test_the_page_shows_every_snippet_as_it_is_tried_here(file: Path) -> None:
    page = (ROOT / "docs" / "activity.md").read_text()
    assert f"```{LANGUAGES[file.suffix]}\n{file.read_text()}```\n" in page


def test_curl_sends_an_event(writer: Writer) -> None:
    done = writer.run("sh", str(SNIPPETS / "curl.sh"), "backup done", '{"files": 12}')
    assert done.returncode == 0, done.stderr
    (event,) = writer.stored()
    assert event["event_id"] == json.loads(done.stdout)["event_id"]
    assert (event["event_type"], event["metadata"]) == ("backup done", {"files": 12})


def test_curl_fails_and_says_why_when_it_is_refused(writer: Writer) -> None:
    done = writer.run("sh", str(SNIPPETS / "curl.sh"), "x" * 51)
    assert done.returncode != 0
    assert "event_type" in json.loads(done.stdout)["detail"]


def test_python_sends_an_event(writer: Writer) -> None:
    done = writer.run(sys.executable, str(SNIPPETS / "track.py"), "login", '{"source": "script"}')
    assert done.returncode == 0, done.stderr
    (event,) = writer.stored()
    assert event["event_id"] == done.stdout.strip()
    assert (event["event_type"], event["metadata"]) == ("login", {"source": "script"})


def test_python_sends_an_event_again_whose_answer_got_lost_and_it_counts_once(writer: Writer) -> None:
    passed_on: list[bytes] = []
    with bad_line(writer.url, passed_on) as url:
        done = writer.run(sys.executable, str(SNIPPETS / "track.py"), "login", url=url)
    assert done.returncode == 0, done.stderr
    assert len(passed_on) == 2
    assert [event["event_id"] for event in writer.stored()] == [done.stdout.strip()]


def test_python_stops_at_once_when_it_is_refused(writer: Writer) -> None:
    writer.token = "dbt_nonsense"
    began = time.monotonic()
    assert writer.run(sys.executable, str(SNIPPETS / "track.py"), "login").returncode != 0
    assert time.monotonic() - began < WITHIN


@contextmanager
def opened(chromium: Browser, shop: tuple[Path, int], writer: Writer, host: str = "127.0.0.1") -> Iterator[Page]:
    """Open the shop's page, which has the snippet with the writer's token in it."""
    folder, port = shop
    snippet = (SNIPPETS / "beacon.js").read_text()
    filled = snippet.replace("https://daybeat.example.org", writer.url).replace("dbt_TOKEN", writer.token)
    (folder / "beacon.js").write_text(filled)
    (folder / "index.html").write_text(PAGE)
    context = patient(chromium.new_context())
    page = context.new_page()
    page.goto(f"http://{host}:{port}/")
    page.wait_for_function("() => window.track")
    yield page
    context.close()


def test_a_page_elsewhere_sends_an_event_and_hears_the_answer(
    chromium: Browser, shop: tuple[Path, int], writer: Writer
) -> None:
    with opened(chromium, shop, writer) as page:
        event_id = page.evaluate("() => track('bought', { price: 3.5 })")
        (event,) = writer.stored()
    assert (event["event_id"], event["event_type"], event["metadata"]) == (event_id, "bought", {"price": 3.5})


def test_a_page_that_goes_away_still_sends_its_events(
    chromium: Browser, shop: tuple[Path, int], writer: Writer
) -> None:
    with opened(chromium, shop, writer) as page:
        page.evaluate(
            "() => { track('fetched', null); beacon('beaconed', { by: 'sendBeacon' }); location = 'about:blank'; }"
        )
        assert writer.arrives("fetched")["metadata"] is None
        assert writer.arrives("beaconed")["metadata"] == {"by": "sendBeacon"}
        assert writer.arrives("page left")["metadata"] == {"path": "/"}


def test_a_page_the_settings_do_not_name_sends_beacons_and_nothing_else(
    chromium: Browser, shop: tuple[Path, int], writer: Writer
) -> None:
    with opened(chromium, shop, writer, host="localhost") as page:
        with pytest.raises(Error, match="Failed to fetch"):
            page.evaluate("() => track('fetched', null)")
        assert page.evaluate("() => beacon('beaconed', null)")
        writer.arrives("beaconed")
        assert [event["event_type"] for event in writer.stored()] == ["beaconed"]


@pytest.fixture
def webhook(writer: Writer) -> Iterator[str]:
    """The script that stands between GitHub and Daybeat: its address."""
    port = free_port()
    environment = writer.environment(GITHUB_SECRET=SECRET.decode(), PORT=str(port))
    command = [sys.executable, str(SNIPPETS / "github_webhook.py")]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/"
        process.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nobody listens")


def deliver(webhook: str, delivery: str, secret: bytes = SECRET, **more: Any) -> int:
    """Deliver as GitHub does, and give the status of the answer."""
    body = json.dumps({**PUSHED, **more}).encode()
    headers = {
        "Content-Type": "application/json",
        "X-GitHub-Delivery": delivery,
        "X-GitHub-Event": "push",
        "X-Hub-Signature-256": f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}",
    }
    return httpx2.post(webhook, content=body, headers=headers, timeout=WITHIN).status_code


def test_what_github_delivers_becomes_an_event_once(writer: Writer, webhook: str) -> None:
    delivery = str(uuid4())
    assert [deliver(webhook, delivery) for _ in range(2)] == [202, 202]
    (event,) = writer.stored()
    assert (event["event_id"], event["event_type"], event["user_id"]) == (delivery, "github push", 583231)
    assert event["metadata"] == {"action": None, "repository": "ana/garden"}
    assert deliver(webhook, str(uuid4()), action="opened") == 202
    assert len(writer.stored()) == 2


def test_what_github_did_not_sign_is_refused(writer: Writer, webhook: str) -> None:
    assert deliver(webhook, str(uuid4()), secret=b"another") == 401
    assert httpx2.post(webhook, json=PUSHED, timeout=WITHIN).status_code == 401
    assert writer.stored() == []


def test_github_hears_what_daybeat_refuses(writer: Writer, webhook: str) -> None:
    assert deliver(webhook, "no UUID") == 422
    assert writer.stored() == []


class HomeAssistant(yaml.SafeLoader):  # type: ignore[misc]
    """Reads its configuration."""


HomeAssistant.add_constructor("!secret", lambda loader, node: f"secret {loader.construct_scalar(node)}")


def rendered(template: str, variables: dict[str, str]) -> str:
    """Fill a template in, as far as ours needs it: each place is a known expression, written as JSON."""

    def fill(place: re.Match[str]) -> str:
        expression, _, last_filter = place[1].rpartition(" | ")
        assert last_filter == "to_json"
        return json.dumps(variables[expression])

    return re.sub(r"\{\{ (.+?) \}\}", fill, template)


def test_home_assistant_sends_an_event(writer: Writer) -> None:
    house = yaml.load((SNIPPETS / "home_assistant.yaml").read_text(), HomeAssistant)  # noqa: S506 - it is a safe one
    command, (automation,) = house["rest_command"]["daybeat_event"], house["automation"]
    (action,) = automation["actions"]
    assert action["action"] == "rest_command.daybeat_event"
    assert command["headers"] == {"Authorization": "secret daybeat_authorization"}
    variables = {
        "event_type": action["data"]["event_type"],
        "metadata | default({})": action["data"]["metadata"],
        "utcnow().isoformat()": datetime.now(UTC).isoformat(),
    }
    answer = httpx2.request(
        command["method"].upper(),
        command["url"].replace("http://192.168.1.10:8000", writer.url),
        content=rendered(command["payload"], variables),
        headers={"Authorization": f"Bearer {writer.token}", "Content-Type": command["content_type"]},
        timeout=WITHIN,
    )
    assert answer.status_code == 202, answer.text
    (event,) = writer.stored()
    assert (event["event_type"], event["metadata"]) == ("door opened", {"door": "front"})
