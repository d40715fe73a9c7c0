"""Durable check-ins a second from sixteen clients: ours, the same one by one, and the same writing nothing."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median
from uuid import uuid4

from bench.http import Connection, Load, Request, request, run_load
from bench.people import Person, begin_habit, register, today
from bench.running import Running, copy_of, scratch
from bench.table import Figure, milliseconds, percentile, print_table

CLIENTS = 16
HABITS = 220
DAYS = 7
ROUNDS = 4
SECONDS = 3.0
WARM_UP = 0.7
WAYS = ("ours", "one-by-one", "nothing")


@dataclass(slots=True)
class Outcome:
    """What one way came to over all rounds."""

    rates: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    refused: int = 0

    def take(self, load: Load, processor: float) -> None:
        self.rates.append(load.rate)
        self.waits += load.waits
        self.processor.append(processor / len(load.waits))
        self.refused += load.refused

    @property
    def rate(self) -> float:
        return median(self.rates)

    def at(self, share: float) -> float:
        return percentile(self.waits, share)


async def prepare(folder: Path) -> list[Person]:
    """Make sixteen people with many habits, so that every measured check-in is the first of its day."""
    with Running(folder, "-m", "bench.server", "ours") as server:
        people = [await _one(server.port, number) for number in range(CLIENTS)]
        await asyncio.sleep(1.0)  # subscribers come to the end of the log
    return people


async def _one(port: int, number: int) -> Person:
    connection = await Connection.open(port)
    person = await register(connection, f"bench{number}@example.org")
    for index in range(HABITS):
        wishes = {"target": 3, "unit": "pages"} if index >= HABITS // 2 else {}
        await begin_habit(connection, person, today() - timedelta(days=30), **wishes)
    await connection.close()
    return person


def taps(person: Person) -> Iterator[Request]:
    """Say "done" for each of the last seven days of each yes/no habit: a new check-in every time."""
    for back in range(DAYS):
        day = today() - timedelta(days=back)
        for habit in person.habits[: HABITS // 2]:
            yield request("PUT", f"/api/v1/habits/{habit}/check-ins/{day}", person.token, {"state": "done"})


def amounts(person: Person) -> Iterator[Request]:
    """Add to each numeric habit again and again, each time under a key of its own."""
    for _ in range(DAYS):
        for habit in person.habits[HABITS // 2 :]:
            path = f"/api/v1/habits/{habit}/check-ins"
            yield request("POST", path, person.token, {"amount": 1}, Idempotency_Key=str(uuid4()))


KINDS = {"PUT a day": taps, "POST an amount, with a key": amounts}


async def measure(servers: dict[str, Running], people: list[Person], kind: str) -> dict[str, Outcome]:
    """Measure all ways in turn, round after round, so that a noisy moment hits them all."""
    outcomes = {way: Outcome() for way in servers}
    wishes = {way: [KINDS[kind](person) for person in people] for way in servers}
    for server, clients in zip(servers.values(), wishes.values(), strict=True):
        await run_load(server.port, clients, WARM_UP)
    for _ in range(ROUNDS):
        for way, server in servers.items():
            before = server.cpu_seconds()
            load = await run_load(server.port, wishes[way], SECONDS)
            outcomes[way].take(load, server.cpu_seconds() - before)
    return outcomes


def figures(kind: str, outcomes: dict[str, Outcome]) -> list[Figure]:
    """Put the outcome into lines."""
    ours, rival, limit = (outcomes[way] for way in WAYS)
    return [
        Figure(
            f"{kind}: a second",
            f"{ours.rate:.0f}",
            f"{rival.rate:.0f} one by one",
            f"{ours.rate / rival.rate:.2f}x",
            ">= 2x",
            ours.rate >= 2 * rival.rate,
        ),
        Figure(
            f"{kind}: a second",
            f"{ours.rate:.0f}",
            f"{limit.rate:.0f} writing nothing",
            f"{ours.rate / limit.rate:.0%}",
            ">= 60%",
            ours.rate >= 0.6 * limit.rate,
        ),
        *(
            Figure(
                f"{kind}: p{share * 100:.0f}",
                milliseconds(ours.at(share)),
                f"{milliseconds(rival.at(share))} one by one, {milliseconds(limit.at(share))} nothing",
                f"{rival.at(share) / ours.at(share):.1f}x",
                *(("<= 50 ms", ours.at(share) <= 0.05) if share == 0.99 else ()),
            )
            for share in (0.5, 0.99)
        ),
    ]


async def _run() -> None:
    with scratch() as root, ExitStack() as stack:
        people = await prepare(root / "prepared")
        folders = {way: copy_of(root / "prepared", way) for way in WAYS}
        servers = {
            way: stack.enter_context(Running(folder, "-m", "bench.server", way)) for way, folder in folders.items()
        }
        lines: list[Figure] = []
        notes: list[str] = []
        for kind in KINDS:
            outcomes = await measure(servers, people, kind)
            lines += figures(kind, outcomes)
            notes += [
                f"{kind}, {way}: rounds {', '.join(f'{rate:.0f}' for rate in outcome.rates)} a second; "
                f"{milliseconds(median(outcome.processor))} of processor time each; {outcome.refused} refused"
                for way, outcome in outcomes.items()
            ]
        load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
        notes.append(f"{CLIENTS} keep-alive clients, synchronous=FULL, medians of {ROUNDS} rounds, load average {load}")
        print_table("Durable check-ins", lines, notes)


def run() -> None:
    """Measure and print."""
    asyncio.run(_run())
