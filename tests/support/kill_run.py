"""Kill Daybeat again and again under a crowd, heal, and account for every answer."""

import asyncio
import os
import random
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import httpx2

from tests.support.accounting import Books, Verdict, audit, read_books, same_answers
from tests.support.crowd import Crowd
from tests.support.ledger import Ledger
from tests.support.process import START_WITHIN, DaybeatProcess

SHORTEST_LIFE, LONGEST_LIFE = 0.3, 1.3
SETTLE = 0.5
USERS, DEVICES = 3, 3
DRAIN_WITHIN = 30.0
BROKEN = "tests.support.broken_daybeat"
AS_IT_IS = "daybeat serve"


class Victim(DaybeatProcess):
    """`daybeat serve`, or a stretched or broken one, that can be killed before it is ready, too."""

    def launch(self, way: str) -> None:
        """Start without waiting."""
        module = ["daybeat", "serve"] if way == AS_IT_IS else [BROKEN, way]
        environment = {
            **os.environ,
            "DAYBEAT_DATA_DIR": str(self.folder),
            "DAYBEAT_PORT": str(self.port),
            "DAYBEAT_LOG_LEVEL": "error",
            "DAYBEAT_MQTT_URL": "off",
        }
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self._process = subprocess.Popen([sys.executable, "-m", *module], env=environment, stdout=log, stderr=log)  # noqa: S603

    def wait(self) -> None:
        """Wait until it answers, asking so lightly that the asking does not slow the start."""
        until = time.monotonic() + START_WITHIN
        while not self._answers():
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError((self.folder.parent / f"{self.folder.name}.log").read_text()[-3000:])
            time.sleep(0.01)

    def _answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=1)) as connection:
            try:
                connection.request("GET", "/health/ready")
                return connection.getresponse().status == HTTPStatus.OK
            except (OSError, HTTPException):
                return False


@dataclass(slots=True)
class Report:
    """What a run came to."""

    kills: int
    killed_while_starting: int = 0
    seconds: float = 0.0
    acknowledged: int = 0
    repeated: int = 0
    ambiguous: int = 0
    stored_ambiguous: int = 0
    facts: int = 0
    lived_days: int = 0
    verdict: Verdict = field(default_factory=Verdict)


def kill_run(
    folder: Path, *, kills: int, seed: int, ways: tuple[str, ...] = (AS_IT_IS, "stretched"), rebuild: bool = True
) -> Report:
    """Run it. Life after life takes the next of the ways; the last life is never killed and drains."""
    return asyncio.run(_KillRun(folder, kills, seed, ways, rebuild=rebuild).run())


class _KillRun:
    def __init__(self, folder: Path, kills: int, seed: int, ways: tuple[str, ...], *, rebuild: bool) -> None:
        self._folder, self._ways, self._seed, self._rebuild = folder, ways, seed, rebuild
        self._chance = random.Random(seed)  # noqa: S311
        self._ledger = Ledger(folder.parent / "ledger.jsonl")
        self._report = Report(kills)

    async def run(self) -> Report:
        began = time.monotonic()
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        victim = Victim(self._folder)
        crowd = Crowd(victim.url, self._ledger, self._seed, users=USERS, devices=DEVICES)
        try:
            await self._live_and_die(victim, crowd)
            await crowd.finish()
            await self._close_the_books(victim, crowd)
        finally:
            victim.__exit__()
        self._report.seconds = time.monotonic() - began
        return self._report

    async def _live_and_die(self, victim: Victim, crowd: Crowd) -> None:
        """Kill while they work; now and then so soon that Daybeat has not even started."""
        for life in range(self._report.kills + 1):
            victim.launch(self._ways[life % len(self._ways)])
            if 0 < life < self._report.kills and self._chance.random() < 0.15:
                await asyncio.sleep(self._chance.uniform(0.2, 0.8))
                self._report.killed_while_starting += 1
            else:
                await asyncio.to_thread(victim.wait)
                if life == 0:
                    await crowd.sign_up()
                    await asyncio.sleep(SETTLE)  # a broken Daybeat may lose an errand, but should know the people
                    crowd.begin()
                await asyncio.sleep(self._chance.uniform(SHORTEST_LIFE, LONGEST_LIFE))
            if life < self._report.kills:
                victim.kill()

    async def _close_the_books(self, victim: Victim, crowd: Crowd) -> None:
        """Compare ledger, SQLite and API, then what is kept beside the truth with what a rebuild makes of it."""
        await _drained(victim.url)
        shown = await _shown(victim.url, crowd)
        victim.stop()
        books = read_books(self._folder)
        verdict = audit(self._ledger, books)
        stored = {check_in: (habit, day) for check_in, habit, day, _ in books.check_ins}
        same_answers(stored, shown.check_ins, "API", verdict)
        if self._rebuild:
            await asyncio.to_thread(_replay, self._folder)
            same_answers(books.lived_days, read_books(self._folder).lived_days, "read model", verdict)
            victim.launch(AS_IT_IS)
            await asyncio.to_thread(victim.wait)
            same_answers(shown.stats, (await _shown(victim.url, crowd)).stats, "stats", verdict)
        self._sum_up(books, verdict)

    def _sum_up(self, books: Books, verdict: Verdict) -> None:
        ledger, report = self._ledger, self._report
        notes = {note for _, _, _, note in books.check_ins}
        report.acknowledged, report.repeated = len(ledger.acknowledged), ledger.repeated
        report.ambiguous = len(ledger.ambiguous)
        report.stored_ambiguous = sum(1 for each in ledger.ambiguous if each.mark in notes)
        report.facts = sum(len(each) for each in books.facts.values())
        report.lived_days, report.verdict = len(books.lived_days), verdict


@dataclass(slots=True)
class Shown:
    """What the API says of everybody: each check-in with its place, and the stats of each habit."""

    check_ins: dict[str, tuple[str, str]] = field(default_factory=dict)
    stats: dict[str, Any] = field(default_factory=dict)


async def _shown(url: str, crowd: Crowd) -> Shown:
    shown = Shown()
    async with httpx2.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as client:
        for token in crowd.tokens.values():
            headers = {"Authorization": f"Bearer {token}"}
            habits = (await client.get("/habits", params={"archived": "all"}, headers=headers)).json()["items"]
            for habit in habits:
                shown.stats[habit["id"]] = habit["stats"]
                asked = {"from": habit["start"], "limit": 500}
                path = f"/habits/{habit['id']}/check-ins"
                for each in (await client.get(path, params=asked, headers=headers)).json()["items"]:
                    shown.check_ins[each["id"]] = (habit["id"], each["date"])
    return shown


async def _drained(url: str) -> None:
    """Wait until every subscriber has read the log to its end."""
    until = time.monotonic() + DRAIN_WITHIN
    async with httpx2.AsyncClient() as client:
        while (await client.get(f"{url}/health")).json()["undelivered"]:
            if time.monotonic() > until:
                raise AssertionError("subscribers do not come to the end of the log")
            await asyncio.sleep(0.05)


def _replay(folder: Path) -> None:
    environment = {**os.environ, "DAYBEAT_DATA_DIR": str(folder)}
    subprocess.run([sys.executable, "-m", "daybeat", "replay"], env=environment, check=True, capture_output=True)
