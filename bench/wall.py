"""A click until it is painted on a wall, and one change of the wall until the last of thousands has it."""

import json
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import Page

from bench.browser import chromium
from bench.crowd import Crowd
from bench.running import Running, scratch
from bench.table import Figure, milliseconds, percentile, print_table

CLICKS, WARM_UP = 60, 6
CLICK_AIM = 0.200
BETWEEN_CLICKS = 250
ROUNDS, FIRST_ROUNDS = 40, 5
BETWEEN_ROUNDS = 0.2
SIZES = {1000: 0.020, 5000: 0.060}
USUAL = ("-m", "bench.wall_server")
LIMIT = ("-m", "bench.bare_sockets")
KB = 1024

NOW = "performance.timeOrigin + performance.now()"
LISTEN = f"window.clicked = []; addEventListener('click', () => window.clicked.push({NOW}), {{ capture: true }})"
WATCH = f"""() => {{
  window.seen = [];
  const note = () => requestAnimationFrame(() => {{
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.seen.push({NOW});
    channel.port2.postMessage(0);
  }});
  new MutationObserver(note).observe(document.getElementById("happy"), {{ childList: true }});
}}"""
"""Notes the moment after the frame that shows the change: an animation frame, then the first task behind it."""


@dataclass(slots=True)
class Spread:
    """What many rounds came to: seconds until the last listener had it, and memory for each of them."""

    from_answer: list[float] = field(default_factory=list)
    from_count: list[float] = field(default_factory=list)
    kib: float = 0.0


def _clicks(root: Path) -> list[float]:
    with ExitStack() as opened:
        server = opened.enter_context(Running(root / "clicks"))
        browser = opened.enter_context(chromium())
        here, wall = (browser.new_context().new_page() for _ in range(2))
        here.goto(f"{server.url}/mood-sender/")
        wall.goto(f"{server.url}/mood-wall/")
        wall.wait_for_function("document.getElementById('connection').textContent === 'Live'")
        time.sleep(1)
        here.evaluate(LISTEN)
        wall.evaluate(WATCH)
        for _ in range(CLICKS + WARM_UP):
            here.get_by_role("button", name="Happy").click()
            here.wait_for_timeout(BETWEEN_CLICKS)
        return _waits(here, wall)


def _waits(here: Page, wall: Page) -> list[float]:
    clicks, sights = here.evaluate("window.clicked"), wall.evaluate("window.seen")
    assert len(clicks) == len(sights) == CLICKS + WARM_UP, f"{len(clicks)} clicks, seen {len(sights)} times"
    return [(sight - click) / 1000 for click, sight in zip(clicks, sights, strict=True)][WARM_UP:]


def _spread(folder: Path, size: int, *command: str) -> Spread:
    """Open so many walls and change what they show, again and again."""
    spread = Spread()
    with Running(folder, *command) as server:
        _send(server)
        time.sleep(1)
        before = _resident(server.pid)
        with Crowd(server.port, size) as crowd:
            for number in range(ROUNDS + FIRST_ROUNDS):
                time.sleep(BETWEEN_ROUNDS)
                answered = _send(server)
                last = crowd.hear(b'"total":%d,' % (number + 2))
                if number >= FIRST_ROUNDS:
                    spread.from_answer.append(last - answered)
                    spread.from_count.append(last - _counted_at(server, answered))
            spread.kib = (_resident(server.pid) - before) / size
    return spread


def _send(server: Running) -> float:
    """Send a mood; gives the moment of its answer."""
    headers = {"Content-Type": "application/json"}
    with urlopen(Request(f"{server.url}/mood-sender/send", b'{"type":"good"}', headers)) as answer:  # noqa: S310
        assert answer.status == 202
    return time.time()


def _counted_at(server: Running, answered: float) -> float:
    """Ask when the change was made; the limit counts nothing, so its answer is the moment."""
    with urlopen(f"{server.url}/mood-wall/stats") as answer:  # noqa: S310
        if not answer.headers.get("Content-Type"):
            return answered
        return datetime.fromisoformat(json.load(answer)["updated_at"]).timestamp()


def _resident(pid: int) -> int:
    fields = Path(f"/proc/{pid}/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") // KB


def _lines(size: int, aim: float, ours: Spread, usual: Spread, limit: Spread) -> list[Figure]:
    lines = []
    for share in (0.5, 0.99):
        own, other, least = (percentile(each.from_count, share) for each in (ours, usual, limit))
        lines.append(
            Figure(
                f"change to last of {size:,} walls: p{share * 100:.0f}",
                milliseconds(own),
                f"{milliseconds(other)} the usual way, {milliseconds(least)} bare sockets",
                f"{other / own:.1f} x, {least / own:.2f}",
                *((f"<= {aim * 1000:.0f} ms", own <= aim) if share == 0.5 else ()),
            )
        )
    own, other = percentile(ours.from_answer, 0.5), percentile(usual.from_answer, 0.5)
    lines.append(
        Figure("  from the sender's answer: p50", milliseconds(own), milliseconds(other), f"{other / own:.1f} x")
    )
    lines.append(
        Figure("  memory a wall", f"{ours.kib:.1f} KiB", f"{usual.kib:.1f} KiB", f"{usual.kib / ours.kib:.1f} x")
    )
    return lines


def run() -> None:
    """Measure and print."""
    lines: list[Figure] = []
    with scratch() as root:
        clicks = _clicks(root)
        for share in (0.5, 0.95):
            wait = percentile(clicks, share)
            aim = (f"<= {CLICK_AIM * 1000:.0f} ms", wait <= CLICK_AIM) if share == 0.95 else ()
            lines.append(Figure(f"click to wall, painted: p{share * 100:.0f}", milliseconds(wait), "", "", *aim))
        for size, aim_of_size in SIZES.items():
            ours = _spread(root / f"ours-{size}", size)
            usual = _spread(root / f"usual-{size}", size, *USUAL)
            limit = _spread(root / f"limit-{size}", size, *LIMIT)
            lines += _lines(size, aim_of_size, ours, usual, limit)
    load = os.getloadavg()[0]
    notes = [
        f"{CLICKS} clicks, {ROUNDS} rounds; server and listeners share {os.cpu_count()} processors; load {load:.1f}",
        "change: from the moment it is made, so its commit and a look at the counts are in it; bare sockets do neither",
        "the usual way: an asyncio.Queue and a StreamingResponse for each; bare sockets: one send() for each",
    ]
    print_table("The wall", lines, notes)
