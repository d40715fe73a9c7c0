"""Readers of plain queues on RabbitMQ, which handle each message once."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue

from daybeat.infra.amqp.consuming import Reading
from daybeat.infra.amqp.topology import declare_plain_queue
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.queues.delivery import QUEUE, QueueReader, handle_all
from daybeat.infra.queues.receipts import digest_of, handled_lately, is_new, key_of, remember


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
