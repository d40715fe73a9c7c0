"""`/today` with ten years behind it, beside working everything out anew; and what one more check-in costs."""

import asyncio
import os
import random
import sqlite3
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from bench.histories import KINDS, add, fill
from bench.http import Connection, Request, request
from bench.people import Person, register, today
from bench.running import Running, copy_of, scratch
from bench.table import Figure, milliseconds, percentile, print_table

HABITS, YEARS = 30, 10
LOOKS, NAIVE_LOOKS, ROUNDS = 60, 8, 4
APPENDS = 100
AIM = 0.030


async def _prepare(folder: Path) -> tuple[Person, str, str]:
    """Make the account, then check in to every habit once today, as its owner does."""
    with Running(folder, "-m", "bench.server", "ours") as server:
        connection = await Connection.open(server.port)
        person = await register(connection, "years@example.org")
        await fill(connection, person, HABITS, YEARS)
        old = person.habits[0]
        young = await add(connection, person, KINDS[0], 10, random.Random(2))
        for habit in person.habits:
            body = {"state": "done", "amount": 5}
            await connection.ask("PUT", f"/habits/{habit}/check-ins/{today()}", person.token, body)
        await connection.close()
    return person, old, young


def _forget_tallies(folder: Path) -> None:
    """Drop the kept figures. Looking does not bring them back, so every look begins at the first day."""
    with closing(sqlite3.connect(folder / "daybeat.db")) as database, database:
        database.execute("DELETE FROM habit_tallies")


async def _look(server: Running, person: Person, times: int) -> list[float]:
    """Look a few times over a fresh connection, since the server hangs up on one that waits for the other's turn."""
    asked = request("GET", "/api/v1/today", person.token)
    connection = await Connection.open(server.port)
    waits = [await _timed(connection, asked) for _ in range(times + 1)]
    await connection.close()
    return waits[1:]


async def _timed(connection: Connection, asked: Request) -> float:
    began = time.perf_counter()
    status, answer = await connection.send(asked)
    assert status == 200, answer
    return time.perf_counter() - began


async def _append(server: Running, person: Person, habits: dict[str, str]) -> dict[str, list[float]]:
    """Clear today and say "done" again, in turn for an old and a young habit; only the saying is timed."""
    waits: dict[str, list[float]] = defaultdict(list)
    connection = await Connection.open(server.port)
    for _ in range(APPENDS):
        for age, habit in habits.items():
            path = f"/api/v1/habits/{habit}/check-ins/{today()}"
            await connection.send(request("DELETE", path, person.token))
            waits[age].append(await _timed(connection, request("PUT", path, person.token, {"state": "done"})))
    await connection.close()
    return waits


async def _run() -> None:
    with scratch() as root:
        person, old, young = await _prepare(root / "ours")
        _forget_tallies(copy_of(root / "ours", "naive"))
        waits: dict[str, list[float]] = defaultdict(list)
        with Running(root / "ours") as ours, Running(root / "naive") as naive:
            for _ in range(ROUNDS):
                waits["ours"] += await _look(ours, person, LOOKS)
                waits["naive"] += await _look(naive, person, NAIVE_LOOKS)
            appended = await _append(ours, person, {"old": old, "young": young})
    _print(waits, appended)


def _print(waits: dict[str, list[float]], appended: dict[str, list[float]]) -> None:
    lines = []
    for share in (0.5, 0.95):
        ours, naive = (percentile(waits[way], share) for way in ("ours", "naive"))
        aim = (f"<= {AIM * 1000:.0f} ms", ours <= AIM) if share == 0.95 else ()
        what = f"/today, {HABITS} habits x {YEARS} years: p{share * 100:.0f}"
        rival = f"{milliseconds(naive)} from the first day"
        lines.append(Figure(what, milliseconds(ours), rival, f"{naive / ours:.1f}x", *aim))
    for share in (0.5, 0.95):
        old, young = (percentile(appended[age], share) for age in ("old", "young"))
        what = f"today's check-in after {YEARS} years: p{share * 100:.0f}"
        rival = f"{milliseconds(young)} after 10 days"
        lines.append(Figure(what, milliseconds(old), rival, f"{old / young:.2f}x"))
    load = os.getloadavg()[0]
    note = f"{LOOKS * ROUNDS} and {NAIVE_LOOKS * ROUNDS} looks in turn, one client; load average {load:.1f}"
    print_table("Ten years of history", lines, [note])


def run() -> None:
    """Measure and print."""
    asyncio.run(_run())
