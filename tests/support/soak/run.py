"""The run itself: people work, everything is killed under them, then it heals, drains and is accounted for."""

import asyncio
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx2
import psycopg
from sqlalchemy import create_engine

from daybeat.bootstrap.readers import SUBSCRIBERS
from daybeat.infra.db.postgresql import dialect_url
from tests.support.accounting import Verdict, audit, read_shared_books
from tests.support.crowd import Crowd
from tests.support.database import unhandled
from tests.support.ledger import Ledger
from tests.support.soak.house import ROLES, House
from tests.support.soak.listener import Listener
from tests.support.soak.mischief import Mischief, Plan
from tests.support.soak.moods import Clicks, Device, Foreigner

DRAIN_WITHIN = 60.0
HANGING = 10.0
A_MOMENT = 10.0
APIS = ("api-1", "api-2")


@dataclass(frozen=True, slots=True)
class Crowding:
    """How many people there are, and how long they rest between two things they do."""

    users: int = 6
    devices: int = 3
    mqtt: int = 3
    pause: float = 0.05
    accepted: int = 0  # go on until at least so many commands were accepted
    arrives: float = DRAIN_WITHIN  # seconds in which everything has to be where it belongs once they rest


@dataclass(slots=True)
class Report:
    """What a run came to."""

    seed: int
    done: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    accepted: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    ambiguous: int = 0
    unavailable: int = 0
    longest: float = 0.0
    facts: int = 0
    drained: float = 0.0
    reconnects: int = 0
    verdict: Verdict = field(default_factory=Verdict)

    @property
    def kills(self) -> int:
        """How often something was ended with SIGKILL."""
        return sum(n for name, n in self.done.items() if ":" not in name and name != "redis flushed")

    @property
    def all_accepted(self) -> int:
        return sum(self.accepted.values())


def soak(folder: Path, plan: Plan, crowding: Crowding, roles: Mapping[str, tuple[str, ...]] = ROLES) -> Report:
    """Run it on private services in a folder."""
    report, _ = soak_with(folder, lambda house: Mischief(house, plan), crowding, roles)
    return report


def soak_with(
    folder: Path,
    mischief: Callable[[House], Mischief],
    crowding: Crowding,
    roles: Mapping[str, tuple[str, ...]] = ROLES,
) -> tuple[Report, Mischief]:
    """Run it with mischief of a kind of one's own."""
    began = time.monotonic()
    logging.getLogger("aiormq").setLevel(logging.CRITICAL)
    with House(folder, roles) as house:
        house.start()
        made = mischief(house)
        report = asyncio.run(_Soak(house, made, crowding).run())
    report.seconds = time.monotonic() - began
    return report, made


class _Soak:
    def __init__(self, house: House, mischief: Mischief, crowding: Crowding) -> None:
        self._house, self._crowding, self._mischief = house, crowding, mischief
        seed = mischief.plan.seed
        self._report = Report(seed)
        self._ledger = Ledger(house.folder / "ledger.jsonl")
        urls = [house.roles[name].url for name in APIS]
        self._crowd = Crowd(
            urls[0],
            self._ledger,
            seed,
            users=crowding.users,
            devices=crowding.devices,
            more=urls[1:],
            pause=crowding.pause,
        )
        sender = house.roles.get("mood-sender")
        self._clicks = Clicks(sender.url if sender is not None else None)
        self._foreigner = Foreigner(house.rabbitmq.amqp_url)
        self._urls = urls
        self._listeners: list[Listener] = []
        self._stop_threads = threading.Event()

    async def run(self) -> Report:
        await self._crowd.sign_up()
        devices = [await self._device(email) for email in list(self._crowd.tokens)[: self._crowding.mqtt]]
        self._listeners = [Listener(email, self._urls, self._crowd) for email in self._crowd.tokens]
        listening = [asyncio.create_task(each.live()) for each in self._listeners]
        try:
            await self._work_under_fire(devices)
        except BaseException:
            self._stop_threads.set()  # they would outlive us, and whoever waits for them would never hear why
            raise
        await asyncio.to_thread(self._mischief.heal)
        await self._finish(devices)
        await self._drain()
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        self._account()
        return self._report

    async def _work_under_fire(self, devices: list[Device]) -> None:
        self._stop = asyncio.Event()
        self._crowd.begin()
        pause = self._crowding.pause
        self._others = [
            asyncio.create_task(self._clicks.live(self._stop, pause * 2)),
            asyncio.create_task(asyncio.to_thread(self._foreigner.live, self._stop_threads, pause * 2)),
            *(asyncio.create_task(asyncio.to_thread(each.live, self._stop_threads, pause)) for each in devices),
        ]
        await asyncio.to_thread(self._mischief.run)
        await asyncio.to_thread(self._wait_for_enough)

    def _wait_for_enough(self) -> None:
        while len(self._ledger.acknowledged) < self._crowding.accepted:
            time.sleep(0.5)

    async def _finish(self, devices: list[Device]) -> None:
        """Let everybody get the answer they still wait for."""
        del devices
        self._stop.set()
        self._stop_threads.set()
        await asyncio.gather(*self._others)
        await self._crowd.finish()

    async def _drain(self) -> None:
        """Wait until nothing is on its way any more, and every listener has heard everything."""
        began = time.monotonic()
        while left := await asyncio.to_thread(self._left):
            if time.monotonic() - began > self._crowding.arrives:
                self._report.verdict.note("not drained", left)
                break
            await asyncio.sleep(0.2)
        self._report.drained = time.monotonic() - began

    def _left(self) -> str:
        """Say what is still on its way. RabbitMQ counts a quorum queue now and then, so receipts count too."""
        if outbox := self._house.outbox():
            return f"{outbox} in the outbox"
        queued = {name: n for name, n in self._house.queues().items() if n and name.startswith(("daybeat.", "mood_"))}
        for name in ("daybeat.jobs", *([] if "mood-wall" in self._house.roles else ["mood_events"])):
            queued.pop(name, None)
        behind = [each.email for each in self._listeners if each.since < self._newest(each.email)]
        waiting = [*(f"{n} in {name}" for name, n in queued.items()), *(f"listener {each}" for each in behind)]
        return ", ".join(waiting or self._unhandled())

    def _newest(self, email: str) -> int:
        with psycopg.connect(self._house.postgresql.url) as database:
            row = database.execute(
                "SELECT seq FROM event_stream JOIN users ON users.id = user_id WHERE email = %s", [email]
            ).fetchone()
        return int(row[0]) if row else 0

    def _account(self) -> None:
        books = read_shared_books(self._house.postgresql.url)
        verdict, report = audit(self._ledger, books), self._report
        verdict.found.update(report.verdict.found)
        verdict.examples += report.verdict.examples
        self._account_for_facts(verdict)
        self._account_for_the_wall(verdict)
        for listener in self._listeners:
            report.reconnects += listener.connections - 1
            for wrong in listener.wrong:
                verdict.note("live out of order", wrong)
        report.longest = max(self._crowd.longest, self._clicks.longest)
        if report.longest > HANGING:
            verdict.note("hanging", f"a request took {report.longest:.1f} s")
        report.done, report.verdict = self._mischief.done, verdict
        report.accepted.update(each.kind for each in self._ledger.acknowledged)
        report.accepted.update({"click": self._clicks.accepted, "foreign mood": len(self._foreigner.sent)})
        report.repeated, report.unavailable = self._ledger.repeated, self._crowd.unavailable
        report.ambiguous = len(self._ledger.ambiguous) + self._clicks.ambiguous + len(self._foreigner.unsure)
        report.facts = sum(len(each) for each in books.facts.values())

    def _account_for_facts(self, verdict: Verdict) -> None:
        """What a job tells while we count has its moment too; what is lost stays so."""
        until = time.monotonic() + A_MOMENT
        while (left := self._unhandled()) and time.monotonic() < until:
            time.sleep(0.2)
        for each in left:
            verdict.note("facts not handled", each)

    def _unhandled(self) -> list[str]:
        """Say whose receipts are missing."""
        engine = create_engine(dialect_url(self._house.postgresql.url))
        with engine.connect() as connection:
            counts = {each.name: connection.execute(unhandled(each)).scalar_one() for each in SUBSCRIBERS}
        engine.dispose()
        return [f"{left} by {name}" for name, left in counts.items() if left]

    def _account_for_the_wall(self, verdict: Verdict) -> None:
        """Every accepted click is counted once; every message of somebody else's by its own time."""
        with psycopg.connect(self._house.postgresql.url) as database:
            row = database.execute("SELECT count(*) FROM wall_messages WHERE kind = 'good'").fetchone()
            rows = database.execute("SELECT sent_at FROM wall_messages WHERE kind = 'bad'").fetchall()
        counted, stamps = int(row[0]) if row else 0, Counter(_stamp(each[0]) for each in rows)
        if "mood-wall" not in self._house.roles:
            return
        if not self._clicks.accepted <= counted <= self._clicks.accepted + self._clicks.ambiguous:
            verdict.note("clicks", f"{counted} counted, {self._clicks.accepted} accepted")
        for stamp in self._foreigner.sent:
            if stamps[stamp] != 1:
                verdict.note("foreign moods doubled" if stamps[stamp] else "foreign moods lost", stamp)
        for stamp, n in stamps.items():
            if stamp not in self._foreigner.sent and (stamp not in self._foreigner.unsure or n > 1):
                verdict.note("foreign moods phantom", stamp)

    async def _device(self, email: str) -> Device:
        headers = {"Authorization": f"Bearer {self._crowd.tokens[email]}"}
        async with httpx2.AsyncClient(base_url=f"{self._urls[0]}/api/v1", headers=headers, timeout=20) as client:
            made = (await client.post("/mqtt/devices", json={"name": "phone"})).json()
            user_id = (await client.get("/auth/me")).json()["id"]
        return Device(email, user_id, made, self._house.mosquitto.port, self._ledger)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
