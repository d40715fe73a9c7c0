"""Ten minutes of more events than the collector can get rid of: its memory, what it refuses, and how it recovers."""

import os
import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from bench.activity_places import EVENT, write_script
from bench.running import Running, environment, scratch
from bench.table import Figure, print_table
from scripts.services.rabbitmq import RabbitMQ
from tests.support.services import SECRET

MINUTES = float(os.environ.get("DAYBEAT_OVERLOAD_MINUTES", "10"))
CONNECTIONS = 12_000  # each with a request under way: more than twice what may wait
WARM = 30.0
MEGABYTE = 1024 * 1024
MOST_GROWTH = 1.1
RECOVERED_WITHIN = 1.0


def run() -> None:
    """Measure and print."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with scratch() as root, _collector(root) as collector:
        idle = _memory(collector)
        load = _begin_load(collector, root)
        time.sleep(WARM)
        warm, seen = _memory(collector), list[float]()
        until = time.monotonic() + MINUTES * 60 - WARM
        while time.monotonic() < until:
            time.sleep(1)
            seen.append(_memory(collector))
        accepted, shed = _counts(collector)
        load.terminate()
        load.wait()
        recovered = _recovery(collector)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    growth = max(seen) / warm
    lines = [
        Figure("memory: idle, after half a minute of it", f"{idle:.0f} MiB, {warm:.0f} MiB"),
        Figure("memory: most, and at the end", f"{max(seen):.0f} MiB, {seen[-1]:.0f} MiB"),
        Figure("memory: most beside warm", "", "", f"{growth:.2f} x", f"<= {MOST_GROWTH} x", growth <= MOST_GROWTH),
        Figure("taken, refused with 503", f"{accepted:,}, {shed:,}", "", "", "both", accepted > 0 and shed > 0),
        Figure(
            "taken again after", f"{recovered:.2f} s", "", "", f"<= {RECOVERED_WITHIN} s", recovered <= RECOVERED_WITHIN
        ),
    ]
    by_minute = ", ".join(f"{each:.0f}" for each in seen[59::60])
    lines.insert(3, Figure("memory after each minute", f"{by_minute} MiB"))
    said = f"{MINUTES:g} minutes, {CONNECTIONS:,} requests under way at all times, 5,000 may wait"
    print_table("Activity: more than can be taken", lines, [said])


@contextmanager
def _collector(root: Path) -> Iterator[Running]:
    rabbitmq = RabbitMQ(root / "rabbitmq", bound=True)
    rabbitmq.start()
    try:
        settings = {
            "DAYBEAT_AMQP_URL": rabbitmq.amqp_url,
            "DAYBEAT_ACTIVITY_ANONYMOUS": "1",
            "DAYBEAT_ACTIVITY_EVENTS_PER_MINUTE": "0",
            "DAYBEAT_SECRET_KEY": SECRET,
        }
        with environment(**settings), Running(root / "collect", "-m", "daybeat", "collect") as collector:
            yield collector
    finally:
        rabbitmq.stop()


def _begin_load(collector: Running, root: Path) -> "subprocess.Popen[bytes]":
    script = write_script(root)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{int(MINUTES * 60) + 60}", "--timeout", "20", "-s", str(script)]
    url = f"{collector.url}/api/v1/events/track"
    return subprocess.Popen([*command, url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def _memory(collector: Running) -> float:
    """Give the resident memory in MiB."""
    pages = int(Path(f"/proc/{collector.pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / MEGABYTE


def _counts(collector: Running) -> tuple[int, int]:
    said = httpx2.get(f"{collector.url}/metrics", timeout=30).text.splitlines()
    found = {line.split()[0]: float(line.split()[1]) for line in said if line.startswith("daybeat_activity_")}
    return int(found["daybeat_activity_accepted_total"]), int(found["daybeat_activity_shed_total"])


def _recovery(collector: Running) -> float:
    began = time.monotonic()
    while True:
        try:
            answer = httpx2.post(f"{collector.url}/api/v1/events/track", json=EVENT, timeout=10)
        except httpx2.TransportError:
            continue
        if answer.status_code == httpx2.codes.ACCEPTED:
            return time.monotonic() - began
        time.sleep(0.02)
