"""The way into a plain queue: what went through it has been confirmed by the broker."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from aio_pika import DeliveryMode, Message
from aio_pika.abc import AbstractChannel
from aio_pika.exceptions import PublishError

from daybeat.infra.amqp.link import TROUBLE, Stay
from daybeat.infra.amqp.topology import declare_plain_queue, make_lasting
from daybeat.kit.errors import DomainError, Kind
from daybeat.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection that is about to stand, and for the broker's confirm."""

    to_open: float = 0.8
    to_confirm: float = 3.0


class QueueUnavailable(DomainError):
    """The message broker does not answer right now, so nothing was taken. Try again in a moment."""

    kind = Kind.UNAVAILABLE


class BrokerOutlet:
    """The way into one queue. It is open while a connection stands."""

    def __init__(self, url: str, queue: str, patience: Patience = Patience()) -> None:
        self._queue, self._patience = queue, patience
        self.link = Stay(url, f"daybeat to {queue}")
        self._channel: AbstractChannel | None = None
        self._opened, self._given_up = asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        """Keep the way open for ever."""
        await self.link.run(self._hold)

    async def put(self, *bodies: bytes) -> None:
        """Publish, and return when the broker has confirmed."""
        channel = await self._open_channel()
        publish = partial(channel.default_exchange.publish, routing_key=self._queue, mandatory=True)
        try:
            async with asyncio.timeout(self._patience.to_confirm):
                await asyncio.gather(*(publish(_message(body)) for body in bodies))
        except PublishError as returned:  # somebody has deleted the queue
            await self._declare_again(channel)
            raise QueueUnavailable(retry_after=1) from returned
        except TROUBLE as trouble:
            # A broker without room for more confirms nothing and says nothing; what was written to it would pile up.
            self._given_up.set()
            raise QueueUnavailable(retry_after=1) from trouble

    async def _open_channel(self) -> AbstractChannel:
        """Wait for a connection as long as it takes when all is well, and not while the broker is away."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.to_open):
                await self._opened.wait()
        if self._channel is None:
            raise QueueUnavailable(retry_after=1)
        return self._channel

    async def _declare_again(self, channel: AbstractChannel) -> None:
        with suppress(*TROUBLE):
            async with asyncio.timeout(self._patience.to_confirm):
                await self._declare(channel)

    async def _declare(self, channel: AbstractChannel) -> None:
        await declare_plain_queue(channel, self._queue)
        await make_lasting(channel)

    async def _hold(self, channel: AbstractChannel) -> None:
        await self._declare(channel)
        self._channel = channel
        self._given_up.clear()
        self._opened.set()
        try:
            await self._given_up.wait()
        finally:
            self._channel = None
            self._opened.clear()


def _message(body: bytes) -> Message:
    return Message(
        body,
        message_id=str(new_id()),
        content_type="application/json",
        delivery_mode=DeliveryMode.PERSISTENT,
        app_id="daybeat",
    )
