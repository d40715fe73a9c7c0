"""Insights of ten years: thirty habits, five moods a day. Looked at as they are, and after one more check-in."""

import asyncio
import os
import random
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.histories import fill
from bench.http import Connection, request
from bench.people import Person, register, sign_in, today
from bench.running import Running, scratch
from bench.table import Figure, milliseconds, percentile, print_table

HABITS, YEARS, MOODS = 30, 10, 5
LOOKS, CHANGES = 60, 20
HEARD = 0.15  # seconds until a check-in is surely known to insights
AIM = 0.100
PATHS = (
    "/insights/summary?days=30",
    "/insights/summary?days=365",
    "/insights/trends?days=365",
    "/insights/hours?days=365",
    "/insights/year",
    "/insights/risks",
    "/insights/suggestions",
    "/insights/associations",
    "/reports/weekly",
    "/reports/monthly",
)
NEW_MOOD = """
INSERT INTO moods (id, user_id, score, tags, at, zone, day, source, created_at)
VALUES (?, ?, ?, '[]', ?, 'UTC', ?, 'api', ?)
"""
KEPT = ("insight_habit_days", "insight_days", "insight_mood_days", "insight_hours", "insight_marks")

Waits = dict[str, list[float]]


async def _prepare(folder: Path) -> Person:
    with Running(folder, "-m", "bench.server", "ours") as server:
        connection = await Connection.open(server.port)
        person = await register(connection, "years@example.org")
        await fill(connection, person, HABITS, YEARS)
        await connection.close()
        await asyncio.to_thread(_caught_up, folder)
    with closing(sqlite3.connect(folder / "daybeat.db")) as database, database:
        (user,) = database.execute("SELECT id FROM users").fetchone()
        database.executemany(NEW_MOOD, _moods(user))
        for table in KEPT:
            database.execute(f"DELETE FROM {table}")  # noqa: S608
    return person


def _caught_up(folder: Path) -> None:
    """Wait until everybody has heard of a hundred thousand check-ins: that work is no part of a look."""
    behind = "SELECT (SELECT max(seq) FROM event_log) > (SELECT min(seq) FROM subscriber_offset)"
    with closing(sqlite3.connect(folder / "daybeat.db")) as database:
        while database.execute(behind).fetchone()[0]:
            time.sleep(0.5)


def _moods(user: str) -> Iterator[tuple[Any, ...]]:
    """Give five moods a day, which drift and differ as people's do."""
    chance, level = random.Random(3), 3.0
    for number in range(round(YEARS * 365.25), 0, -1):
        day = today() - timedelta(days=number)
        level += 0.2 * (3.2 - level) + chance.gauss(0, 0.4)
        for hour in (8, 11, 14, 17, 20):
            at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
            score = min(5, max(1, round(level + chance.gauss(0, 0.7))))
            yield uuid4().hex, user, score, at, day.isoformat(), at


async def _timed(connection: Connection, person: Person, path: str) -> float:
    began = time.perf_counter()
    status, answer = await connection.send(request("GET", f"/api/v1{path}", person.token))
    assert status == 200, answer
    return time.perf_counter() - began


async def _measure(server: Running, person: Person) -> tuple[float, Waits, Waits]:
    connection = await Connection.open(server.port)
    await sign_in(connection, person)
    first = await _timed(connection, person, PATHS[0])
    for path in PATHS:
        await _timed(connection, person, path)
    still, changing = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    for _ in range(LOOKS):
        for path in PATHS:
            still[path].append(await _timed(connection, person, path))
    for number in range(CHANGES):
        path = f"/habits/{person.habits[number % HABITS]}/check-ins/{today()}"
        for aim in PATHS:
            body = {"state": "done", "amount": len(changing[aim]) + 1}
            await connection.ask("PUT", path, person.token, body)
            await asyncio.sleep(HEARD)
            changing[aim].append(await _timed(connection, person, aim))
    await connection.close()
    return first, still, changing


def run() -> None:
    """Measure and print."""
    with scratch() as root:
        person = asyncio.run(_prepare(root / "ours"))
        with Running(root / "ours") as server:
            first, still, changing = asyncio.run(_measure(server, person))
    figures = [each for path in PATHS for each in _figures(path, still[path], changing[path], first)]
    load = os.getloadavg()[0]
    notes = [
        f"{LOOKS} looks at each, one client, then {CHANGES} check-ins with a look after each; load average {load:.1f}",
        f"Reading all {YEARS} years anew, as the first look does: {first:.2f} s.",
    ]
    print_table(f"Insights: {HABITS} habits x {YEARS} years, {MOODS} moods a day", figures, notes)


def _figures(path: str, still: list[float], changing: list[float], first: float) -> Iterator[Figure]:
    for what, waits in (("", still), (" after a check-in", changing)):
        slow = percentile(waits, 0.95)
        ratio = f"{first / slow:.0f}x" if path.startswith("/insights/summary") else ""
        rival = f"{milliseconds(first)} from the first day" if ratio else ""
        yield Figure(f"{path}{what}: p95", milliseconds(slow), rival, ratio, f"<= {AIM * 1000:.0f} ms", slow <= AIM)
