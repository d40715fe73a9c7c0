"""Real browsers in front of a real Daybeat: people with accounts, and the screens they look at."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from tests.support.daybeat import PASSWORD
from tests.support.process import DaybeatProcess

CHROMIUM = Path("/usr/bin/chromium-headless-shell")  # the same engine without windows: a visit costs half
DESKTOP_CHROMIUM = Path("/usr/bin/chromium")  # keeps profiles, and hears of pushes
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_MS = 20_000
UNAUTHORIZED = 401
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}
READ = {"name": "Read", "schedule": {"kind": "daily"}}
WATER = {
    "name": "Water",
    "schedule": {"kind": "daily"},
    "target": 8,
    "direction": "at_least",
    "unit": "glasses",
}


@contextmanager
def browser_driver() -> Iterator[Playwright]:
    """Start what drives Chromium. While it is open, this thread has an event loop: close it with the module."""
    for program in (CHROMIUM, DESKTOP_CHROMIUM):
        if not program.exists():
            raise RuntimeError(f"{program} is missing. Install it with: sudo apt-get install {program.name}")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        yield driver


def start_chromium(driver: Playwright, program: Path = CHROMIUM) -> Browser:
    return driver.chromium.launch(executable_path=program, args=list(QUIET))


def start_device(driver: Playwright, profile: Path, *, offline: bool = False) -> BrowserContext:
    """Start a browser that keeps everything in a folder, as one on a desk or in a pocket does."""
    return patient(
        driver.chromium.launch_persistent_context(
            profile, executable_path=DESKTOP_CHROMIUM, args=list(QUIET), offline=offline, viewport=None
        )
    )


def patient(context: BrowserContext) -> BrowserContext:
    context.set_default_timeout(PATIENCE_MS)
    return context


def new_email() -> str:
    return f"{uuid4().hex[:12]}@example.org"


class Account:
    """Somebody with an account, and a script of theirs that asks over HTTP."""

    def __init__(self, server: DaybeatProcess, email: str, way_in: str, **profile: str) -> None:
        self.server, self.email = server, email
        self._come_in(way_in, **profile)

    def _come_in(self, way_in: str = "login", **profile: str) -> None:
        body = {"email": self.email, "password": PASSWORD, **profile}
        headers = {"X-Daybeat-Client": "web"}
        answer = httpx2.post(f"{self.server.url}/api/v1/auth/{way_in}", json=body, headers=headers, timeout=60)
        assert answer.is_success, answer.text
        self._token, self._cookies = answer.json()["access_token"], dict(answer.cookies)

    @classmethod
    def new(cls, server: DaybeatProcess) -> "Account":
        """Open an account whose day ends at midnight, so that tests may say "today" at any hour."""
        account = cls(server, new_email(), "register", name="Ana", timezone="UTC")
        account.ask("PATCH", "/auth/me", json={"rollover_hour": 0})
        return account

    @classmethod
    def of(cls, server: DaybeatProcess, email: str) -> "Account":
        """Sign in to an account that is there already."""
        return cls(server, email, "login")

    def session(self) -> Any:
        """Give what a browser would keep of signing in, once: the cookie changes with every use."""
        cookies, self._cookies = self._cookies, {}
        if not cookies:
            return None
        kept = {"name": "daybeat.account", "value": json.dumps(self.ask("GET", "/auth/me"))}
        url, rest = self.server.url, {"httpOnly": True, "sameSite": "Strict", "expires": -1, "secure": False}
        planted = [{"name": name, "value": cookies[name], "url": url, **rest} for name in cookies]
        return {"cookies": planted, "origins": [{"origin": url, "localStorage": [kept]}]}

    def ask(self, method: str, path: str, **request: Any) -> Any:
        """Send a request under /api/v1 and give what was answered."""
        answer = self._send(method, path, **request)
        if answer.status_code == UNAUTHORIZED:  # the browser it shared a session with has signed out
            self._come_in()
            answer = self._send(method, path, **request)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    def _send(self, method: str, path: str, **request: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self._token}", **request.pop("headers", {})}
        return httpx2.request(method, f"{self.server.url}/api/v1{path}", headers=headers, timeout=60, **request)

    def habit(self, **wishes: Any) -> str:
        """Begin a habit and give its id."""
        return str(self.ask("POST", "/habits", json={**READ, **wishes})["id"])

    def event(self, **wishes: Any) -> str:
        """Send an event of now and give its id."""
        now = datetime.now(UTC).isoformat()
        said = {"user_id": 101, "event_type": "login", "timestamp": now, **wishes}
        return str(self.ask("POST", "/events/track", json=said)["event_id"])

    def habit_named(self, name: str) -> Any:
        return next(each for each in self.ask("GET", "/habits")["items"] if each["name"] == name)

    def day(self, habit_id: str) -> Any:
        """Give what Today says about one habit."""
        return next(each for each in self.ask("GET", "/today")["items"] if each["habit_id"] == habit_id)

    def check_ins(self, habit_id: str) -> list[Any]:
        """Give every stored check-in of a habit."""
        return list(self.ask("GET", f"/habits/{habit_id}/check-ins")["items"])


class Screen:
    """One tab that shows Daybeat."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def open(self, path: str = "/") -> "Screen":
        self.page.goto(f"{self.url}{path}")
        return self

    def is_live(self) -> None:
        """Wait until the socket listens, so that what others do from here on has to show."""
        self.says_connection("Live")

    def says_connection(self, words: str) -> None:
        expect(self.page.get_by_role("status", name="Connection")).to_have_text(words)

    def row(self, name: str) -> Locator:
        """Find the check-in button of a habit on Today."""
        return self.page.locator(f'main [data-check-in][aria-label^="{name}, "]')

    def tap(self, name: str) -> None:
        self.row(name).click()

    def shows(self, name: str, words: str) -> None:
        """Wait until a habit is in that state, in exactly these words."""
        expect(self.row(name)).to_have_accessible_name(re.compile(rf"^{name}, [^,]+, {re.escape(words)}$"))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()

    def register(self, email: str) -> None:
        """Fill in the form for newcomers."""
        self.page.get_by_label("Name").fill("Ana")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Create account").click()

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def is_kept_by_worker(self) -> None:
        """Wait until the service worker looks after this tab, so that it opens without the server."""
        self.page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")


class Traffic:
    """Everything a tab or a whole browser asks for, sockets included, in order."""

    def __init__(self, source: Page | BrowserContext) -> None:
        self.urls: list[str] = []
        self.methods: list[str] = []
        for page in [source] if isinstance(source, Page) else source.pages:
            page.on("websocket", lambda socket: self.urls.append(socket.url))
        if isinstance(source, Page):
            source.on("request", self._note)
        else:
            source.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.urls.append(request.url)
        self.methods.append(request.method)

    def strangers(self, url: str) -> list[str]:
        """Give every address that is not on our own server."""
        own = (f"{url}/", f"{url.replace('http', 'ws', 1)}/", "data:", "blob:")
        return [each for each in self.urls if not each.startswith(own)]


class Visits:
    """Opens tabs, each in a browser of its own unless told otherwise, and closes them all at the end."""

    def __init__(self, browser: Browser, server: DaybeatProcess) -> None:
        self._browser, self._server = browser, server
        self._contexts: list[BrowserContext] = []

    def stranger(self, **options: Any) -> Screen:
        """Open a browser nobody is signed in with, on an empty tab.

        No service worker looks after it unless the test is about one: fetching the whole app ahead costs as much as
        the visit.
        """
        usual = {"viewport": DESKTOP, "service_workers": "block"}
        context = patient(self._browser.new_context(**{**usual, **options}))
        self._contexts.append(context)
        return Screen(context.new_page(), self._server.url)

    def of(self, account: Account, **options: Any) -> Screen:
        """Open a browser where somebody is signed in and wait until Today is live. The first one knows them already."""
        session = account.session()
        screen = self.stranger(storage_state=session, **options).open("/" if session else "/login")
        if not session:
            screen.log_in(account.email)
        screen.heading("Today")
        screen.is_live()
        return screen

    def close(self) -> None:
        for context in self._contexts:
            context.close()
