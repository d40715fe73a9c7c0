"""Plain queues on RabbitMQ: the way in, confirmed, and readers that handle each message once."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from aio_pika import DeliveryMode, Message
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue
from aio_pika.exceptions import PublishError

from daybeat.infra.amqp.consuming import Reading
from daybeat.infra.amqp.link import TROUBLE, Stay
from daybeat.infra.amqp.topology import declare_plain_queue
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.queues.delivery import QUEUE, QueueReader, handle_all
from daybeat.infra.queues.receipts import digest_of, handled_lately, is_new, key_of, remember
from daybeat.kit.errors import DomainError, Kind
from daybeat.kit.ids import new_id

OPEN_WITHIN = 0.8
CONFIRMED_WITHIN = 3.0


class QueueUnavailable(DomainError):
    """The message broker does not answer right now, so nothing was taken. Try again in a moment."""

    kind = Kind.UNAVAILABLE


class BrokerOutlet:
    """The way into one queue. It is open while a connection stands."""

    def __init__(self, url: str, queue: str) -> None:
        self._queue = queue
        self.link = Stay(url, f"daybeat to {queue}")
        self._channel: AbstractChannel | None = None
        self._opened = asyncio.Event()

    async def run(self) -> None:
        """Keep the way open for ever."""
        await self.link.run(self._hold)

    async def put(self, *bodies: bytes) -> None:
        """Publish, and return when the broker has confirmed."""
        channel = await self._open_channel()
        publish = partial(channel.default_exchange.publish, routing_key=self._queue, mandatory=True)
        try:
            async with asyncio.timeout(CONFIRMED_WITHIN):
                await asyncio.gather(*(publish(_message(body)) for body in bodies))
        except PublishError as returned:  # somebody has deleted the queue
            await self._declare_again(channel)
            raise QueueUnavailable(retry_after=1) from returned
        except TROUBLE as trouble:
            raise QueueUnavailable(retry_after=1) from trouble

    async def _open_channel(self) -> AbstractChannel:
        """Wait for a connection as long as it takes when all is well, and not while the broker is away."""
        with suppress(TimeoutError):
            async with asyncio.timeout(OPEN_WITHIN):
                await self._opened.wait()
        if self._channel is None:
            raise QueueUnavailable(retry_after=1)
        return self._channel

    async def _declare_again(self, channel: AbstractChannel) -> None:
        with suppress(*TROUBLE):
            async with asyncio.timeout(CONFIRMED_WITHIN):
                await declare_plain_queue(channel, self._queue)

    async def _hold(self, channel: AbstractChannel) -> None:
        await declare_plain_queue(channel, self._queue)
        self._channel = channel
        self._opened.set()
        try:
            await asyncio.Event().wait()
        finally:
            self._channel = None
            self._opened.clear()


def queue_reading(store: Store, reader: QueueReader) -> Reading:
    """Say how a reader reads its queue: alone, so that one at a time knows what has been handled."""
    known = _Known(reader)

    async def handle_batch(batch: Sequence[AbstractIncomingMessage]) -> None:
        try:
            await store.write(partial(known.handle, batch))
        except Exception:
            known.doubt()
            raise
        known.note(batch)

    async def declare(channel: AbstractChannel) -> AbstractQueue:
        known.begin()
        return await declare_plain_queue(channel, reader.queue)

    return Reading(reader.name, declare, handle_batch, batch=reader.batch, alone=True)


class _Known:
    """What a reader handled before this connection, as far as it can come again on it."""

    def __init__(self, reader: QueueReader) -> None:
        self._reader, self._name = reader, f"{QUEUE}{reader.name}"
        self._lately: Counter[str] | None = None
        self._in_doubt = False

    def begin(self) -> None:
        """Look again: a connection has begun."""
        self._lately = None

    def doubt(self) -> None:
        """Take the batch as one that may have been handled: the answer to its commit may be all that got lost."""
        self._lately, self._in_doubt = None, True

    def handle(self, batch: Sequence[AbstractIncomingMessage], uow: UnitOfWork) -> None:
        """Hand over what is new."""
        uow.in_turn_of(self._name)
        if self._lately is None:
            self._lately = Counter(handled_lately(uow.connection, self._name))
        left = self._lately.copy()
        new = [message for message in batch if self._is_new(message, left, uow)]
        remember(uow, self._name, Counter(digest_of(each.body) for each in new if not each.message_id))
        handle_all(self._reader, [(str(each.message_id or ""), each.body) for each in new], uow)

    def note(self, batch: Sequence[AbstractIncomingMessage]) -> None:
        """What came again will not come again on this connection."""
        if self._lately is not None:
            came_again = (each for each in batch if self._came_again(each) and not each.message_id)
            self._lately.subtract(digest_of(each.body) for each in came_again)
            self._lately = +self._lately
        self._in_doubt = False

    def _came_again(self, message: AbstractIncomingMessage) -> bool:
        return bool(message.redelivered) or self._in_doubt

    def _is_new(self, message: AbstractIncomingMessage, left: Counter[str], uow: UnitOfWork) -> bool:
        if message.message_id:
            return is_new(uow, self._name, key_of(message.message_id, message.body))
        digest = digest_of(message.body)
        if not self._came_again(message) or not left[digest]:
            return True
        left[digest] -= 1
        return False


def _message(body: bytes) -> Message:
    return Message(
        body,
        message_id=str(new_id()),
        content_type="application/json",
        delivery_mode=DeliveryMode.PERSISTENT,
        app_id="daybeat",
    )
