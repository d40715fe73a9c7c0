"""The run: events come in, everything is killed under them, then it heals, drains and is accounted for."""

import asyncio
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.activity_run.senders import Book, Foreigner, Sender
from tests.support.activity_run.town import ROLES, Town

DRAIN_WITHIN = 60.0
HANGING = 10.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is killed, and how many events have to be accepted before it ends."""

    kills: int
    seed: int
    rabbitmq: int = 0
    mariadb: int = 0
    events: int = 0
    apart: tuple[float, float] = (0.1, 0.5)
    roles: tuple[str, ...] = tuple(ROLES)


@dataclass(slots=True)
class Report:
    """What a run came to. `found` is empty when every promise was kept."""

    done: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    unsure: int = 0
    stored: int = 0
    refused: int = 0
    longest: float = 0.0
    drained: float = 0.0
    seconds: float = 0.0
    found: Counter[str] = field(default_factory=Counter)

    @property
    def kills(self) -> int:
        return self.done.total()


def run(folder: Path, plan: Plan, roles: Mapping[str, tuple[str, ...]] = ROLES) -> Report:
    """Run it on private services in a folder."""
    began = time.monotonic()
    with Town(folder, roles) as town:
        report = asyncio.run(_run(town, plan))
    report.seconds = time.monotonic() - began
    return report


async def _run(town: Town, plan: Plan) -> Report:
    report, book = Report(), Book()
    stop, stop_thread = asyncio.Event(), threading.Event()
    senders = [
        *(Sender(book, town.collectors, at_once=20, patient=True, pause=0.02) for _ in range(2)),
        *(Sender(book, town.collectors, at_once=1, patient=True, pause=0.005) for _ in range(3)),
        Sender(book, town.collectors, at_once=5, patient=False, pause=0.02),
    ]
    foreigner = asyncio.to_thread(Foreigner(book, town.rabbitmq.amqp_url).live, stop_thread)
    sending = [asyncio.create_task(each) for each in (*(sender.live(stop) for sender in senders), foreigner)]
    try:
        await asyncio.to_thread(_kill, town, plan, report)
        while len(book.accepted) < plan.events:  # noqa: ASYNC110 - what is waited for is a number
            await asyncio.sleep(0.2)
        await asyncio.to_thread(_heal, town)
    finally:
        stop.set()
        stop_thread.set()
    await asyncio.gather(*sending)
    await _drain(town, report)
    await asyncio.to_thread(_account, town, book, report)
    return report


def _kill(town: Town, plan: Plan, report: Report) -> None:
    dice = random.Random(plan.seed)  # noqa: S311
    acts = ["role"] * plan.kills + ["rabbitmq"] * plan.rabbitmq + ["mariadb"] * plan.mariadb
    dice.shuffle(acts)
    for act in acts:
        _ACTS[act](town, dice, plan, report)
        time.sleep(dice.uniform(*plan.apart))


def _kill_role(town: Town, dice: random.Random, plan: Plan, report: Report) -> None:
    """Kill a role that can do its work: one that is only starting has nothing to lose."""
    role = town.roles[dice.choice(plan.roles)]
    role.wait()
    time.sleep(dice.uniform(0, 0.2))
    role.kill()
    role.launch()
    report.done[role.name] += 1


def _kill_rabbitmq(town: Town, _dice: random.Random, _plan: Plan, report: Report) -> None:
    town.rabbitmq.stop(signal.SIGKILL)
    town.rabbitmq.start()
    report.done["rabbitmq"] += 1


def _kill_mariadb(town: Town, _dice: random.Random, _plan: Plan, report: Report) -> None:
    town.mariadb.stop(signal.SIGKILL)
    town.mariadb.start()
    report.done["mariadb"] += 1


_ACTS: Mapping[str, Callable[[Town, random.Random, Plan, Report], None]] = {
    "role": _kill_role,
    "rabbitmq": _kill_rabbitmq,
    "mariadb": _kill_mariadb,
}


def _heal(town: Town) -> None:
    for role in town.roles.values():
        role.wait()


async def _drain(town: Town, report: Report) -> None:
    began = time.monotonic()
    while left := await asyncio.to_thread(town.waiting):
        if time.monotonic() - began > DRAIN_WITHIN:
            report.found["not drained"] = left
            break
        await asyncio.sleep(0.2)
    report.drained = time.monotonic() - began


def _account(town: Town, book: Book, report: Report) -> None:
    """Accepted: exactly once. Unsure: once or not at all. Nothing else exists, and nothing was taken for no event."""
    stored = Counter(town.stored())
    report.accepted, report.unsure, report.stored = len(book.accepted), len(book.unsure), stored.total()
    report.refused, report.longest = book.refused, book.longest
    report.found["lost"] = sum(number not in stored for number in book.accepted)
    report.found["doubled"] = sum(n > 1 for n in stored.values())
    report.found["phantom"] = sum(number not in book.accepted and number not in book.unsure for number in stored)
    report.found["set aside"] = town.set_aside()
    report.found["wrong answers"] = len(book.wrong)
    report.found["hanging"] = int(book.longest > HANGING)
    report.found = +report.found
