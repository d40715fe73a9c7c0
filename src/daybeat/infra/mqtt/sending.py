"""Messages to devices that nobody keeps: sent while a broker is connected, and refused to the sender while none is."""

import asyncio
import random

import structlog

from daybeat.infra.mqtt.address import GATEWAY_CLIENT_ID, BrokerAddress
from daybeat.infra.mqtt.link import NEWEST, OLDER, Link, NotConnected, ProtocolRefused, Received, Session
from daybeat.infra.mqtt.routes import Message

log = structlog.get_logger()

CLIENT_ID = f"{GATEWAY_CLIENT_ID}-notify"
"""Ours beside the gateway's: two with one client id throw each other out."""
FIRST_WAIT, LONGEST_WAIT = 0.1, 10.0


class Sending:
    """Publishes at QoS 1, not retained. It uses the connection it is given by `serve`, or its own from `stay`."""

    def __init__(self) -> None:
        self._link: Link | None = None
        self._trouble: str | None = None

    @property
    def connected(self) -> bool:
        return self._link is not None and not self._link.closed.is_set()

    async def publish(self, topic: str, payload: bytes) -> None:
        """Send, and wait until the broker has it. Raises ConnectionError when no broker is there, or it went away."""
        link = self._link
        if link is None:
            raise ConnectionError("no broker is connected")
        try:
            await link.publish(Message(topic, payload))
        except NotConnected as error:
            raise ConnectionError(str(error)) from None

    async def serve(self, link: Link) -> None:
        """Send over a connection of the gateway's until that ends."""
        self._link = link
        try:
            await link.closed.wait()
        finally:
            self._link = None

    async def stay(self, address: BrokerAddress, client_id: str = CLIENT_ID) -> None:
        """Keep a connection of our own until cancelled, for a process without a gateway. It hears nothing."""
        wait, version = FIRST_WAIT, NEWEST
        while True:
            link = Link(address, Session(client_id, version, lasting=False), Received.acknowledge)
            try:
                await link.open()
                wait, self._trouble = FIRST_WAIT, None
                await self.serve(link)
            except NotConnected as trouble:
                if isinstance(trouble, ProtocolRefused):
                    version = OLDER if version == NEWEST else NEWEST
                self._note(trouble)
            except Exception:
                log.exception("mqtt connection given up")
            finally:
                await link.close()
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311 - spreads attempts, keeps no secret
            wait = min(wait * 2, LONGEST_WAIT)

    def _note(self, trouble: NotConnected) -> None:
        """Log each trouble once."""
        if str(trouble) != self._trouble:
            self._trouble = str(trouble)
            log.warning("mqtt broker not connected", reason=self._trouble)
