"""Facts from the exchange become hints for open browsers. They are worth something for a moment, and no more."""

from collections.abc import Awaitable, Callable, Sequence

from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue

from daybeat.infra.amqp.consuming import Reading
from daybeat.infra.amqp.envelope import NotAnEnvelope, read_envelope
from daybeat.infra.amqp.topology import declare_exchange, declare_hints
from daybeat.infra.cache.port import Hint


def hints_reading(tell: Callable[[list[Hint]], Awaitable[None]]) -> Reading:
    """Say how the queue of hints is read."""

    async def handle(batch: Sequence[AbstractIncomingMessage]) -> None:
        await tell(_newest(batch))

    async def declare(channel: AbstractChannel) -> AbstractQueue:
        await declare_exchange(channel)
        return await declare_hints(channel)

    return Reading("live", declare, handle, batch=100)


def _newest(batch: Sequence[AbstractIncomingMessage]) -> list[Hint]:
    """One hint a user is enough; garbage is nobody's hint."""
    hints = {}
    for message in batch:
        try:
            fact = read_envelope(message.body)
        except NotAnEnvelope:
            continue
        hints[fact.user_id] = Hint(fact.user_id, fact.user_seq, fact.occurred_at)
    return list(hints.values())
