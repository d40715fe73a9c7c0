"""From a tap to another listener: the way through the commit, the hub and a second socket."""

import asyncio
import json
import os
import time

from websockets.asyncio.client import ClientConnection, connect

from bench.http import Connection, request
from bench.people import Person, begin_habit, register, today
from bench.running import Running, scratch
from bench.table import Figure, milliseconds, percentile, print_table

TAPS = 200
AIM = 0.060
BETWEEN = 0.02


async def _listen(port: int, person: Person) -> ClientConnection:
    socket = await connect(f"ws://127.0.0.1:{port}/api/v1/live")
    await socket.send(json.dumps({"type": "auth", "token": person.token}))
    assert json.loads(await socket.recv())["type"] == "ready"
    return socket


async def _tap(connection: Connection, socket: ClientConnection, person: Person, state: str) -> tuple[float, float]:
    """Give the seconds until the tapping client has its answer, and until the listener has the fact."""
    path = f"/api/v1/habits/{person.habits[0]}/check-ins/{today()}"
    hearing = asyncio.create_task(_hear(socket))
    await asyncio.sleep(0)
    began = time.perf_counter()
    await connection.send(request("PUT", path, person.token, {"state": state}))
    answered = time.perf_counter() - began
    return answered, await hearing - began


async def _hear(socket: ClientConnection) -> float:
    await socket.recv()
    return time.perf_counter()


async def measure(tapped: int, heard: int) -> list[tuple[float, float]]:
    """Tap at one port and listen at another, which may be the same."""
    connection = await Connection.open(tapped)
    person = await register(connection, "live@example.org")
    await begin_habit(connection, person, today())
    socket = await _listen(heard, person)
    waits = []
    for number in range(TAPS + 10):
        waits.append(await _tap(connection, socket, person, ("done", "no")[number % 2]))
        await asyncio.sleep(BETWEEN)
    await socket.close()
    await connection.close()
    return waits[10:]


def figures_of(what: str, waits: list[tuple[float, float]], aim: float) -> list[Figure]:
    """Put a measurement into lines."""
    answers, facts = zip(*waits, strict=True)
    return [
        Figure(
            f"{what}: p{share * 100:.0f}",
            milliseconds(percentile(facts, share)),
            f"{milliseconds(percentile(answers, share))} to its own answer",
            "",
            *((f"<= {aim * 1000:.0f} ms", percentile(facts, share) <= aim) if share == 0.95 else ()),
        )
        for share in (0.5, 0.95)
    ]


def run() -> None:
    """Measure and print."""
    with scratch() as root, Running(root / "data") as server:
        waits = asyncio.run(measure(server.port, server.port))
    lines = figures_of("tap to another socket", waits, AIM)
    print_table("Live", lines, [f"{TAPS} taps, one after another; load average {os.getloadavg()[0]:.1f}"])
