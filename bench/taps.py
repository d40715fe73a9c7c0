"""A tap in one browser until it is painted in another one, both real, both on the real page."""

import asyncio
import os
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page

from bench.browser import chromium, signed_in
from bench.http import Connection
from bench.people import Person, begin_habit, register, today
from bench.running import Running, scratch
from bench.table import Figure, milliseconds, percentile, print_table

TAPS, WARM_UP, HABITS = 60, 6, 3
AIM = 0.060
BETWEEN = 250

NOW = "performance.timeOrigin + performance.now()"
WATCH = f"""habit => {{
  window.seen = [];
  const button = document.querySelector(`[data-check-in="${{habit}}"]`);
  const note = () => requestAnimationFrame(() => {{
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.seen.push({NOW});
    channel.port2.postMessage(0);
  }});
  new MutationObserver(note).observe(button, {{ attributes: true, attributeFilter: ["aria-pressed"] }});
}}"""
"""Notes the moment after the frame that shows the change: an animation frame, then the first task behind it."""
LISTEN = f"""habit => {{
  window.tapped = [];
  const button = document.querySelector(`[data-check-in="${{habit}}"]`);
  button.addEventListener("click", () => window.tapped.push({NOW}), {{ capture: true }});
}}"""


async def _prepare(port: int) -> Person:
    connection = await Connection.open(port)
    person = await register(connection, "taps@example.org")
    for _ in range(HABITS):
        await begin_habit(connection, person, today())
    await connection.close()
    return person


def _measure(root: Path) -> tuple[list[float], list[float]]:
    """Tap in one, watch in both. All moments come from the clock of the machine, as each page reads it."""
    with ExitStack() as opened:
        server = opened.enter_context(Running(root / "data"))
        return measure((server.port, server.port))


def measure(ports: tuple[int, int]) -> tuple[list[float], list[float]]:
    """Tap in a browser at the first port; gives the waits until it is painted there, and in another at the second."""
    with ExitStack() as opened:
        person = asyncio.run(_prepare(ports[0]))
        browser = opened.enter_context(chromium())
        here, there = (signed_in(browser, f"http://127.0.0.1:{port}", person) for port in ports)
        habit = person.habits[0]
        here.evaluate(LISTEN, habit)
        for page in (here, there):
            page.evaluate(WATCH, habit)
        time.sleep(2)
        for _ in range(TAPS + WARM_UP):
            here.locator(f'[data-check-in="{habit}"]').click()
            here.wait_for_timeout(BETWEEN)
        return _waits(here, here), _waits(here, there)


def _waits(tapped: Page, seen: Page) -> list[float]:
    taps, sights = tapped.evaluate("window.tapped"), seen.evaluate("window.seen")
    assert len(taps) == len(sights) == TAPS + WARM_UP, f"{len(taps)} taps, seen {len(sights)} times"
    return [(sight - tap) / 1000 for tap, sight in zip(taps, sights, strict=True)][WARM_UP:]


def run() -> None:
    """Measure and print."""
    with scratch() as root:
        own, other = _measure(root)
    lines = [
        Figure(
            f"tap to other browser, painted: p{share * 100:.0f}",
            milliseconds(percentile(other, share)),
            f"{milliseconds(percentile(own, share))} in the tapping one",
            "",
            *((f"<= {AIM * 1000:.0f} ms", percentile(other, share) <= AIM) if share == 0.95 else ()),
        )
        for share in (0.5, 0.95)
    ]
    print_table("A tap in two browsers", lines, [f"{TAPS} taps; load average {os.getloadavg()[0]:.1f}"])
