"""A bot in a process of its own, that is killed around its first commit: `python -m … FOLDER URL MOMENT`."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.prompts import moods_door
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.modules.notifications.telegram.api import BotApi
from daybeat.modules.notifications.telegram.bot import Bot
from tests.support.clock import SetClock
from tests.support.daybeat import NOON
from tests.support.telegram import TOKEN
from tests.support.telegram_home import QUICK, KeptChats, RealActing

MOMENTS = ("before commit", "after commit")


class _Killed:
    """A store whose process does not outlive the first update."""

    def __init__(self, store: Store, moment: str) -> None:
        self.read = store.read
        self._store, self._moment = store, moment

    async def write(self, work: Callable[[UnitOfWork], Any], origin: Origin | None = None) -> Any:
        if origin is None:
            return await self._store.write(work)
        return await self._store.write(self._last(work), origin) and _die()

    def _last(self, work: Callable[[UnitOfWork], Any]) -> Callable[[UnitOfWork], Any]:
        def work_and_die(uow: UnitOfWork) -> bool:
            work(uow)
            return self._moment == "after commit" or _die()

        return work_and_die


def bot_that_is_killed(folder: Path, url: str, moment: str) -> None:
    """Run one until it is dead."""
    command = [sys.executable, "-m", "tests.support.telegram_bot_run", str(folder), url, moment]
    ended = subprocess.run(command, check=False, capture_output=True, timeout=60)  # noqa: S603
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


async def _run(folder: str, url: str, moment: str) -> None:
    clock = SetClock(NOON)
    with open_core(Settings(data_dir=Path(folder)), clock) as core:
        store: Any = _Killed(core.store, moment)
        await Bot(BotApi(TOKEN, url=url), store, clock, RealActing(moods_door(core)), KeptChats(), QUICK).run()


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


if __name__ == "__main__":
    asyncio.run(_run(*sys.argv[1:]))
