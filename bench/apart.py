"""From a tap at one API to a listener at another, over RabbitMQ and Redis; beside one process on SQLite."""

import asyncio
import os
from statistics import median

from bench import live, taps
from bench.running import Running, scratch
from bench.table import Figure, milliseconds, percentile, print_table
from tests.support.soak.house import House
from tests.support.soak.outages import FEW_ROLES

AIM = 0.100


def run() -> None:
    """Measure and print."""
    with scratch() as root:
        with Running(root / "data") as server:
            alone = asyncio.run(live.measure(server.port, server.port))
            _, painted_alone = taps.measure((server.port, server.port))
        with House(root / "house", {**FEW_ROLES, "api-2": ("daybeat", "api")}) as house:
            house.start()
            ports = (house.roles["api-1"].port, house.roles["api-2"].port)
            apart = asyncio.run(live.measure(*ports))
            _, painted_apart = taps.measure(ports)
    lines = [
        *live.figures_of("one process, tap to another socket", alone, live.AIM),
        *live.figures_of("two APIs, tap to a socket at the other", apart, AIM),
        *_painted("one process, tap to paint in another browser", painted_alone),
        *_painted("two APIs, tap to paint in a browser at the other", painted_apart),
    ]
    print_table("Two APIs", lines, [f"load average {os.getloadavg()[0]:.1f}"])


def _painted(what: str, waits: list[float]) -> list[Figure]:
    p95 = percentile(waits, 0.95)
    return [
        Figure(f"{what}: p50", milliseconds(median(waits)), ""),
        Figure(f"{what}: p95", milliseconds(p95), "", "", f"<= {AIM * 1000:.0f} ms", p95 <= AIM),
    ]
