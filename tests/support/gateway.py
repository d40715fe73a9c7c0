"""A gateway on its own: a real store, a real broker, and a door that writes down what it took."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection, insert, select, text

from daybeat.bootstrap.core import Core
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.mqtt.address import parse_address
from daybeat.infra.mqtt.figures import MqttFigures
from daybeat.infra.mqtt.gateway import Gateway, Parts
from daybeat.infra.mqtt.routes import Arrival, Message, Route, topic_of
from daybeat.kit.errors import DomainError
from daybeat.modules.accounts.models import invites
from tests.support.mosquitto import PrivateMosquitto
from tests.support.mqtt_person import MqttPerson

ANA = UUID("01a204d1-8a28-7c3c-bb7c-950797c6e813")


class Unwelcome(DomainError):
    """This word is not taken."""


@dataclass
class Door:
    """Takes words on `mood/reply` and answers on `mood/ack`. A known word is a duplicate, as with every real door."""

    stumbles: Callable[[str], None] = lambda _word: None
    answered: list[str] = field(default_factory=list)

    @property
    def route(self) -> Route:
        return Route("mood/reply", self._handle, self._refuse)

    def _handle(self, arrival: Arrival, uow: UnitOfWork) -> Sequence[Message]:
        word = arrival.payload.decode()
        self.stumbles(word)
        if word == "unwelcome":
            raise Unwelcome
        known = uow.connection.execute(select(invites).where(invites.c.code_hash == arrival.payload)).first()
        if known is None:
            uow.connection.execute(insert(invites).values(code_hash=arrival.payload, expires_at=uow.now))
        return [self._ack(arrival, word, "stored" if known is None else "duplicate")]

    def _refuse(self, arrival: Arrival, reason: str) -> Sequence[Message]:
        return [self._ack(arrival, arrival.payload[:32].decode(errors="replace"), "refused", reason)]

    def _ack(self, arrival: Arrival, word: str, status: str, reason: str | None = None) -> Message:
        said = {"reply_id": word, "status": status, "reason": reason}
        return Message(topic_of(arrival.user_id, "mood/ack"), json.dumps(said).encode())


def taken(core: Core) -> list[str]:
    """Read what the door wrote down, in the order of writing."""
    query = select(invites.c.code_hash).order_by(text("rowid" if core.settings.is_embedded else "ctid"))

    def look(connection: Connection) -> list[str]:
        return [bytes(word).decode() for word in connection.execute(query).scalars()]

    return core.store.read_now(look)


@asynccontextmanager
async def gateway_at(
    broker: PrivateMosquitto, store: Any, doors: Sequence[Route], **parts: Any
) -> AsyncIterator[Gateway]:
    """Run a gateway, connected, for as long as the block lasts."""
    gateway = Gateway(Parts(store, doors, MqttFigures(CollectorRegistry()), **parts))
    running = asyncio.create_task(gateway.run(parse_address(broker.url)))
    try:
        await until(lambda: gateway.connected)
        yield gateway
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def until(wanted: Callable[[], bool], within: float = 10.0) -> None:
    """Wait until something is so."""
    for _ in range(int(within * 100)):
        if wanted():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not become so")


def cut_off(gateway: Gateway) -> None:
    """End a gateway's connection as a pulled plug does: nobody says goodbye."""
    assert gateway._link is not None
    plain: Any = gateway._link._client.socket()
    plain.shutdown(2)


def anybody(broker: PrivateMosquitto, name: str, user_id: UUID = ANA, **options: Any) -> MqttPerson:
    """Give a device at a broker that lets everybody in."""
    made = {"url": f"mqtt://127.0.0.1:{broker.port}", "username": name, "password": "", "client_id": name}
    return MqttPerson(made, str(user_id), **options)
