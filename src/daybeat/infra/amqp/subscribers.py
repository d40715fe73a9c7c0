"""Subscribers fed from RabbitMQ: what the embedded dispatcher does from the log, with the same handling."""

from collections.abc import Sequence
from functools import partial

import structlog
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue

from daybeat.infra.amqp.consuming import Reading
from daybeat.infra.amqp.envelope import Envelope, NotAnEnvelope, read_envelope
from daybeat.infra.amqp.topology import declare_exchange, declare_queue
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events import quarantine
from daybeat.infra.events.handling import handle, handle_again
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.queues.receipts import is_new, key_of
from daybeat.infra.readable import readable

log = structlog.get_logger()

GATHERING = 0.02  # seconds, as in one process


def subscriber_reading(store: Store, subscriber: Subscriber) -> Reading:
    """Say how a subscriber reads its queue."""

    async def handle_batch(batch: Sequence[AbstractIncomingMessage]) -> None:
        await store.write(partial(_handle, subscriber, batch))

    async def declare(channel: AbstractChannel) -> AbstractQueue:
        await declare_exchange(channel)
        return await declare_queue(channel, subscriber)

    return Reading(subscriber.name, declare, handle_batch, gathering=GATHERING)


def take_again(subscriber: Subscriber, body: bytes, uow: UnitOfWork) -> None:
    """Handle a message that was set aside, if by now it can be read."""
    handle_again(subscriber, read_envelope(body), uow)


def _handle(subscriber: Subscriber, batch: Sequence[AbstractIncomingMessage], uow: UnitOfWork) -> None:
    facts: list[Envelope] = []
    for message in batch:
        try:
            facts.append(read_envelope(message.body))
        except NotAnEnvelope as failure:
            _set_aside(subscriber, message, failure, uow)
    handle(subscriber, facts, uow)


def _set_aside(subscriber: Subscriber, message: AbstractIncomingMessage, failure: Exception, uow: UnitOfWork) -> None:
    key = key_of(message.message_id or "", message.body)
    if is_new(uow, f"{quarantine.MESSAGE}{subscriber.name}", key):
        log.warning("message set aside", subscriber=subscriber.name, reason=str(failure))
        quarantine.set_aside(
            uow,
            reader=f"{quarantine.MESSAGE}{subscriber.name}",
            reference=str(key),
            content=readable(message.body),
            error=failure,
        )
