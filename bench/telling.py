"""One slow channel beside a quick one: how long the messages of the quick one take, alone and beside the slow one."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

from prometheus_client import CollectorRegistry
from sqlalchemy import func, insert, select

from bench.running import scratch
from bench.table import Figure, print_table
from daybeat.bootstrap.channels import Ways
from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.notifying import notifying_background
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.notifications.handlers import NEW
from daybeat.modules.notifications.models import notification_channels, notification_deliveries
from daybeat.modules.notifications.repository import ChannelRepository
from daybeat.modules.notifications.telling import Told, tell_one
from tests.support.ntfy_server import NtfyServer
from tests.support.webhook_receiver import Receiver, Reply, Request

QUICK, SLOW = 500, 500
SLOWNESS = 3.0  # seconds for an answer
MOST_SLOWER = 1.5


class SlowReceiver(Receiver):
    """Answers, but takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.over = threading.Event()

    def answer(self, request: Request) -> Reply:
        self.over.wait(SLOWNESS)
        return super().answer(request)


def run() -> None:
    """Print both."""
    alone, beside = _seconds(slow=0), _seconds(slow=SLOW)
    ratio = beside / alone
    lines = [
        Figure(f"{QUICK} messages to {QUICK} ntfy topics", f"{alone:.1f} s"),
        Figure(
            f"the same beside {SLOW} to webhooks that answer after {SLOWNESS:g} s",
            f"{beside:.1f} s",
            "",
            f"{ratio:.2f} x",
            f"<= {MOST_SLOWER} x",
            ratio <= MOST_SLOWER,
        ),
    ]
    print_table("Notifications: a slow channel beside a quick one", lines)


def _seconds(slow: int) -> float:
    with scratch() as root, _servers() as (ntfy, webhook):
        settings = Settings(data_dir=root / "data", allow_private_targets=True)
        with open_core(settings) as core:
            core.store.write_now(partial(_fill, ntfy.url, webhook.url, slow))
            return asyncio.run(_until_sent(core))


@contextmanager
def _servers() -> Iterator[tuple[NtfyServer, SlowReceiver]]:
    ntfy, webhook = NtfyServer(), SlowReceiver()
    with ntfy.running(), webhook.running():
        yield ntfy, webhook
        webhook.over.set()


def _fill(ntfy: str, webhook: str, slow: int, uow: UnitOfWork) -> None:
    """Let the slow messages wait first."""
    for _ in range(slow):
        _wait(uow, "webhook", {"url": webhook, "secret": "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"})
    for number in range(QUICK):
        _wait(uow, "ntfy", {"server": ntfy, "topic": f"topic{number}"})


def _wait(uow: UnitOfWork, kind: str, address: dict[str, Any]) -> None:
    channel, user = new_id(), new_id()
    row = {"id": channel, "user_id": user, "kind": kind, "name": "", "address": address, "kinds": [], "language": "en"}
    uow.connection.execute(insert(notification_channels).values(**row, place=None, created_at=uow.now, **NEW))
    tell_one(Told("test", "test", {"channel": "bench"}), new_id(), _place(uow, user, channel), uow)


def _place(uow: UnitOfWork, user: UUID, channel: UUID) -> Any:
    return ChannelRepository(uow.connection).get(user, channel)


async def _until_sent(core: Core) -> float:
    ways = Ways(core.settings, core.secret)
    began = time.perf_counter()
    tasks = [asyncio.create_task(run()) for run in notifying_background(core, ways, CollectorRegistry()).values()]
    sent = notification_deliveries.c.state == "sent"
    quick = select(func.count()).join_from(notification_deliveries, notification_channels, _SAME).where(sent, _QUICK)
    while await core.store.read(lambda c: c.execute(quick).scalar_one()) < QUICK:  # noqa: ASYNC110 - as a stranger would
        await asyncio.sleep(0.02)
    seconds = time.perf_counter() - began
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return seconds


_SAME = notification_deliveries.c.channel_id == notification_channels.c.id
_QUICK = notification_channels.c.kind == "ntfy"
