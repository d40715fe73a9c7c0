"""`daybeat simulate`: settle a town, let it live for some minutes, and settle accounts."""

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from rich.progress import Progress

from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.settings import Settings
from daybeat.cli.errors import CommandFailed
from daybeat.cli.show import progress_bar, put_json, put_line
from daybeat.cli.simulation.balance import Balance, balance_of, lines_of
from daybeat.cli.simulation.crowd import Crowd
from daybeat.cli.simulation.server import OwnDaybeat
from daybeat.cli.simulation.town import Resident, settle
from daybeat.infra.mqtt.mosquitto import HOW_TO_GET_IT, find_programs

CONNECT_WITHIN = 120.0
DRAIN_WITHIN = 120.0
QUIET_FROM, QUIET_TO = 45.0, 58.0
"""Seconds of a minute in which all prompts have arrived and the next ones have not been put."""
MINUTE = 60.0
SPARE_FILES = 200


def simulate(people: int, minutes: float, *, seed: int, as_json: bool) -> bool:
    """Run a town and print what became of it; False when anything was lost or doubled."""
    if find_programs() is None:
        raise CommandFailed(HOW_TO_GET_IT)
    with tempfile.TemporaryDirectory(prefix="daybeat-simulation-") as folder, progress_bar() as progress:
        balance = live(Path(folder), people, minutes, seed=seed, progress=progress)
    if as_json:
        put_json(asdict(balance))
    else:
        for what, figure in lines_of(balance):
            put_line(f"{what.ljust(40)}{figure}")
    return balance.is_sound


def live(
    folder: Path,
    people: int,
    minutes: float,
    *,
    seed: int,
    progress: Progress,
    meanwhile: Callable[[OwnDaybeat, float], None] = lambda _server, _seconds: None,
) -> Balance:
    """Let a town live; `meanwhile` may disturb its server as the seconds go by."""
    _allow_files(people)
    settings = Settings(data_dir=folder)
    residents = _settled(settings, people, progress)
    server = OwnDaybeat(folder)
    server.start()
    crowd = Crowd(residents, "127.0.0.1", server.mqtt_port, seed=seed)
    try:
        _connect(crowd, progress)
        _live_on(crowd, minutes * MINUTE, progress, lambda seconds: meanwhile(server, seconds))
        _drain(crowd)
    finally:
        server.stop()
    crowd.leave()
    with open_core(settings) as core:
        return core.store.read_now(lambda connection: balance_of(connection, crowd.members))


def _settled(settings: Settings, people: int, progress: Progress) -> list[Resident]:
    task = progress.add_task("moving in", total=people)
    with open_core(settings) as core:
        return settle(core, people, lambda count: progress.advance(task, count))


def _connect(crowd: Crowd, progress: Progress) -> None:
    """Wait until everybody hears prompts."""
    task = progress.add_task("connecting", total=len(crowd.members))
    until = time.monotonic() + CONNECT_WITHIN

    def all_here() -> bool:
        progress.update(task, completed=crowd.listening)
        if time.monotonic() > until:
            raise CommandFailed(f"Only {crowd.listening} of {len(crowd.members)} could connect.")
        return crowd.listening == len(crowd.members)

    crowd.live(all_here)


def _live_on(crowd: Crowd, seconds: float, progress: Progress, passed: Callable[[float], None]) -> None:
    """Go on for so long and over a full minute, to the fiftieth second of one: what was asked in it is over then."""
    begin = time.time()
    end = max(begin + seconds, begin + MINUTE - begin % MINUTE)
    end += (50 - end) % MINUTE
    task = progress.add_task("living", total=end - begin)

    def is_over() -> bool:
        progress.update(task, completed=time.time() - begin)
        passed(time.time() - begin)
        return time.time() >= end

    crowd.live(is_over)


def _drain(crowd: Crowd) -> None:
    """Wait until every reply has its ack, and out of the seconds in which prompts are on their way."""
    until = time.monotonic() + DRAIN_WITHIN

    def is_calm() -> bool:
        return time.monotonic() > until or (QUIET_FROM <= time.time() % MINUTE <= QUIET_TO and not any(_waits(crowd)))

    crowd.live(is_calm)


def _waits(crowd: Crowd) -> Iterator[bool]:
    return (reply not in member.diary.acks for member in crowd.members for reply in member.diary.sent)


def _allow_files(people: int) -> None:
    """Every client is an open file here, and another one at the broker."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if people + SPARE_FILES > most:
        raise CommandFailed(f"This system allows {most} open files, so at most {most - SPARE_FILES} people.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
