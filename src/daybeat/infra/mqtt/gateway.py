"""The gateway: one lasting session at the broker, over as many connections as it takes.

Every connection begins the same way, whatever the broker remembers: subscribe, say that we are here, publish what the
broker may have forgotten.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import structlog

from daybeat.contracts.topics import STATUS
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.mqtt.address import GATEWAY_CLIENT_ID, BrokerAddress
from daybeat.infra.mqtt.figures import MqttFigures
from daybeat.infra.mqtt.intake import Intake
from daybeat.infra.mqtt.link import NEWEST, OLDER, Link, NotConnected, ProtocolRefused, Session
from daybeat.infra.mqtt.publisher import Publisher
from daybeat.infra.mqtt.retained import publish_again
from daybeat.infra.mqtt.routes import Message, Route, filter_of

log = structlog.get_logger()

ONLINE = Message(STATUS, b"online", retain=True)
OFFLINE = Message(STATUS, b"offline", retain=True)
FIRST_WAIT, LONGEST_WAIT = 0.1, 10.0
MEMORY_MAY_BE_OLD = timedelta(hours=1)
"""Mosquitto writes its memory to the disk every half hour unless it is told otherwise."""

Serve = Callable[[Link], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the composition root hands to the gateway.

    `first` is done at the beginning of each connection, before anything is said or heard: a broker may have to be told
    first what we may do. `beside` runs along with each connection.
    """

    store: Store
    doors: Sequence[Route]
    figures: MqttFigures
    first: Sequence[Serve] = ()
    beside: Sequence[Serve] = ()
    client_id: str = GATEWAY_CLIENT_ID


class Gateway:
    """Keeps Daybeat at the broker. Nothing that comes or breaks there ends it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._intake = Intake(parts.store, parts.doors, parts.figures)
        self._publisher = Publisher(parts.store, parts.figures)
        self._session = Session(parts.client_id, NEWEST, will=OFFLINE)
        self._trouble: str | None = None
        self._link: Link | None = None

    @property
    def connected(self) -> bool:
        return self._link is not None and not self._link.closed.is_set()

    async def run(self, address: BrokerAddress) -> None:
        """Stay connected to a broker until cancelled; then say goodbye."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._intake.run())
            tasks.create_task(self._stay(address))

    async def _stay(self, address: BrokerAddress) -> None:
        wait = FIRST_WAIT
        while True:
            link = Link(address, self._session, self._intake.offer)
            try:
                remembered = await link.open()
                wait = FIRST_WAIT
                await self._serve(link, remembered=remembered)
            except NotConnected as trouble:
                self._note(trouble)
            except Exception:
                log.exception("mqtt connection given up")
            finally:
                await self._leave(link)
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311 - spreads attempts, keeps no secret
            wait = min(wait * 2, LONGEST_WAIT)

    async def _serve(self, link: Link, *, remembered: bool) -> None:
        """Begin a connection, then wait for its end."""
        log.info("mqtt connected", version=5 if link.is_newest else 3, remembered=remembered)
        for prepare in self._parts.first:
            await prepare(link)
        if not all(await link.subscribe([filter_of(door) for door in self._parts.doors])):
            log.error("mqtt broker does not let us hear devices; see docs/mqtt.md")
        await link.publish(ONLINE)
        await self._parts.store.write(partial(_publish_forgotten, remembered=remembered))
        self._trouble, self._link = None, link
        self._parts.figures.connected.set(1)
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(_guarded(serve, link)) for serve in (self._publisher.run, *self._parts.beside)]
            await link.closed.wait()
            for task in beside:
                task.cancel()
        raise NotConnected("the connection ended")

    async def _leave(self, link: Link) -> None:
        """End a connection; when it still stands, we go of our own accord and say so."""
        self._parts.figures.connected.set(0)
        self._link = None
        if not link.closed.is_set():
            with contextlib.suppress(NotConnected, TimeoutError):
                async with asyncio.timeout(1):
                    await link.publish(OFFLINE)
        await link.close()

    def _note(self, trouble: NotConnected) -> None:
        """Log each trouble once, and speak the other version of MQTT when that may help."""
        if isinstance(trouble, ProtocolRefused):
            self._session = replace(self._session, version=OLDER if self._session.version == NEWEST else NEWEST)
        if str(trouble) != self._trouble:
            self._trouble = str(trouble)
            log.warning("mqtt broker not connected", reason=self._trouble)


def _publish_forgotten(uow: UnitOfWork, *, remembered: bool) -> None:
    publish_again(uow, since=uow.now - MEMORY_MAY_BE_OLD if remembered else None)


async def _guarded(serve: Serve, link: Link) -> None:
    """Run something beside the connection; when it breaks, the connection goes on."""
    try:
        await serve(link)
    except NotConnected:
        return
    except Exception:
        log.exception("mqtt part failed")
