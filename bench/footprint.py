"""What Daybeat takes: memory of the whole process tree, idle and after use; seconds until the first answer."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.histories import fill
from bench.http import Connection, request, run_load
from bench.people import register, today
from bench.running import Running, scratch
from bench.table import Figure, print_table

STARTS = 3
IDLE = 10.0
AIM_MB, AIM_SECONDS = 120, 2.0
MB = 1024


def memory(pid: int) -> tuple[float, float]:
    """Give resident and proportional memory of a process and all it started, in MB."""
    resident = proportional = 0
    for each in _tree(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name == "Rss":
                resident += int(rest.split()[0])
            elif name == "Pss":
                proportional += int(rest.split()[0])
    return resident / MB, proportional / MB


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _tree(int(child))


async def _use(port: int) -> None:
    """Live a busy day: thirty habits of three years, and some thousand requests."""
    connection = await Connection.open(port)
    person = await register(connection, "busy@example.org")
    await fill(connection, person, 30, 3)
    looks = [request("GET", "/api/v1/today", person.token)] * 100
    tap = f"/api/v1/habits/{person.habits[0]}/check-ins/{today()}"
    taps = [request("PUT", tap, person.token, {"state": state}) for state in ("done", "no")] * 300
    await run_load(port, [looks, taps, looks, taps], 60)
    await connection.close()


def run() -> None:
    """Measure and print."""
    first: list[float] = []
    second: list[float] = []
    idle: list[tuple[float, float]] = []
    used: list[tuple[float, float]] = []
    for _ in range(STARTS):
        with scratch() as root:
            server = Running(root / "data")
            first.append(server.start())
            server.stop()
            second.append(server.start())
            if not idle:
                time.sleep(IDLE)
                idle.append(memory(server.pid))
                asyncio.run(_use(server.port))
                time.sleep(2)
                used.append(memory(server.pid))
            server.stop()
    (resident, proportional), (resident_used, proportional_used) = idle[0], used[0]
    lines = [
        Figure(
            f"memory, {IDLE:.0f} s idle",
            f"{resident:.0f} MB",
            f"{proportional:.0f} MB proportional",
            "",
            f"<= {AIM_MB} MB",
            resident <= AIM_MB,
        ),
        Figure("memory after use", f"{resident_used:.0f} MB", f"{proportional_used:.0f} MB proportional"),
        Figure(
            "first start to first answer", f"{median(first):.2f} s", "an empty folder: tables and a secret are made"
        ),
        Figure(
            "second start to first answer",
            f"{median(second):.2f} s",
            "",
            "",
            f"<= {AIM_SECONDS:.0f} s",
            median(second) <= AIM_SECONDS,
        ),
    ]
    starts = ", ".join(f"{one:.2f} then {two:.2f}" for one, two in zip(first, second, strict=True))
    print_table("Footprint", lines, [f"{STARTS} starts each, medians: {starts} s"])
