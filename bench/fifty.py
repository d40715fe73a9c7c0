"""Fifty habits of three years in a browser: the first habit on screen, the requests, and a tap beside three habits."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from bench.browser import chromium, signed_in
from bench.histories import fill
from bench.http import Connection
from bench.people import Person, register
from bench.running import Running, scratch
from bench.table import Figure, milliseconds, percentile, print_table

MANY, FEW, YEARS = 50, 3, 3
LOADS, TAPS = 5, 24
FIRST_WITHIN, MOST_REQUESTS = 1.0, 30

FIRST = """() => {
  const look = () => {
    if (document.querySelector("[data-check-in]")) requestAnimationFrame(() => { window.first = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
TAP = """button => new Promise(done => {
  const began = performance.now();
  const before = button.getAttribute("aria-label");
  new MutationObserver((_, observer) => {
    if (button.getAttribute("aria-label") === before) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - began);
      channel.port2.postMessage(0);
    });
  }).observe(button, { attributes: true });
  button.click();
})"""


@dataclass(slots=True)
class Seen:
    """What a browser came to."""

    firsts: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    taps: list[float] = field(default_factory=list)


async def _prepare(port: int, habits: int) -> Person:
    connection = await Connection.open(port)
    person = await register(connection, f"has{habits}@example.org")
    await fill(connection, person, habits, YEARS)
    await connection.close()
    return person


def _look(browser: Browser, url: str, person: Person) -> Seen:
    """Load anew in a browser that is signed in but has nothing cached, then tap."""
    seen = Seen()
    for _ in range(LOADS):
        page = signed_in(browser, url, person)
        fresh = browser.new_context(storage_state=page.context.storage_state()).new_page()
        page.context.close()
        _load(fresh, url, seen)
        if len(seen.firsts) == LOADS:
            seen.taps = _tap(fresh)
        fresh.context.close()
    return seen


def _load(page: Page, url: str, seen: Seen) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(f"({FIRST})()")
    page.goto(url)
    page.locator("[data-check-in]").first.wait_for()
    page.wait_for_timeout(1500)  # whatever else the page fetches belongs to the count
    seen.firsts.append(page.evaluate("window.first") / 1000)
    seen.requests.append(len(asked))


def _tap(page: Page) -> list[float]:
    button = page.locator("[data-check-in][aria-pressed]").first
    waits = []
    for _ in range(TAPS + 4):
        waits.append(button.evaluate(TAP) / 1000)
        page.wait_for_timeout(200)
    return waits[4:]


def run() -> None:
    """Measure and print."""
    with scratch() as root:
        many, few = _measure(root)
    first, requests = median(many.firsts), max(many.requests)
    lines = [
        Figure(
            f"{MANY} habits: first on screen",
            milliseconds(first),
            f"{milliseconds(median(few.firsts))} with {FEW}",
            "",
            f"< {FIRST_WITHIN:.0f} s",
            first < FIRST_WITHIN,
        ),
        Figure(
            f"{MANY} habits: requests",
            str(requests),
            f"{max(few.requests)} with {FEW}",
            "",
            f"< {MOST_REQUESTS}",
            requests < MOST_REQUESTS,
        ),
        *(_tap_line(share, many.taps, few.taps) for share in (0.5, 0.95)),
    ]
    load = os.getloadavg()[0]
    note = f"{YEARS} years of history; medians of {LOADS} loads with empty caches; {TAPS} taps; load average {load:.1f}"
    print_table("Many habits in a browser", lines, [note])


def _tap_line(share: float, many: Sequence[float], few: Sequence[float]) -> Figure:
    ours, other = percentile(many, share), percentile(few, share)
    what, rival = f"{MANY} habits: tap until painted, p{share * 100:.0f}", f"{milliseconds(other)} with {FEW}"
    return Figure(what, milliseconds(ours), rival, f"{ours / other:.2f}x")


def _measure(root: Path) -> tuple[Seen, Seen]:
    with Running(root / "data") as server:
        many = asyncio.run(_prepare(server.port, MANY))
        few = asyncio.run(_prepare(server.port, FEW))
        with chromium() as browser:
            return _look(browser, server.url, many), _look(browser, server.url, few)
