"""The relay: hands the outbox to RabbitMQ, and takes a row out only when the broker has confirmed it.

One relay works at a time, however many run: a batch is read, published, confirmed and deleted in one transaction that
has the relay's turn. A relay that dies in between publishes again; consumers know what they have handled.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from aio_pika import DeliveryMode, Message
from aio_pika.abc import AbstractChannel, AbstractExchange
from sqlalchemy import Connection, Row

from daybeat.infra.amqp.envelope import CONTENT_TYPE, write_envelope
from daybeat.infra.amqp.figures import RelayFigures
from daybeat.infra.amqp.link import Stay
from daybeat.infra.amqp.topology import declare_all, declare_plain_queue, make_lasting
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.outbox import FACTS, relayed, waiting_facts
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.queues.table import ANY_QUEUE, has_left, leaving
from daybeat.infra.wakeup import WakeUp

AT_ONCE = 200
SAFETY_NET = 1.0  # seconds between looks when nobody woke us
CONFIRMED_WITHIN = 4.0
TURN = "relay"

Rows = Sequence[Row[Any]]
Publish = Callable[[Rows], None]
PublishOnLoop = Callable[[Rows], Awaitable[None]]
Waiting = Callable[[Connection, int], Rows]
Done = Callable[[Connection, Sequence[int]], None]


class Relay:
    """Publishes what was committed: facts to the exchange, messages to their queues."""

    def __init__(self, store: Store, url: str, subscribers: Sequence[Subscriber], figures: RelayFigures) -> None:
        self._store, self._subscribers, self._figures = store, subscribers, figures
        self.link = Stay(url, "daybeat relay")
        self._news = WakeUp(SAFETY_NET)
        for topic in (FACTS, ANY_QUEUE):
            store.on_hint(topic, self._news.wake)

    async def run(self) -> None:
        """Relay for ever."""
        await self.link.run(self._relay)

    async def _relay(self, channel: AbstractChannel) -> None:
        exchange = await declare_all(channel, self._subscribers)
        steps = (
            self._step(waiting_facts, relayed, partial(_publish_facts, exchange)),
            self._step(leaving, has_left, partial(_publish_messages, channel, set[str]())),
        )
        while True:
            self._news.clear()
            if not sum([await self._store.write(step) for step in steps]):
                await self._news.wait()

    def _step(self, waiting: Waiting, done: Done, publish: PublishOnLoop) -> Callable[[UnitOfWork], int]:
        return partial(_relay_some, waiting=waiting, done=done, publish=self._confirmed(publish))

    def _confirmed(self, publish: PublishOnLoop) -> Publish:
        """Let a unit of work, which runs in a thread, publish on our loop and wait for the broker's confirms."""
        loop = asyncio.get_running_loop()

        async def within(rows: Sequence[Row[Any]]) -> None:
            with self._figures.confirming.time():
                async with asyncio.timeout(CONFIRMED_WITHIN):
                    await publish(rows)
            self._figures.relayed.inc(len(rows))

        return lambda rows: asyncio.run_coroutine_threadsafe(within(rows), loop).result(CONFIRMED_WITHIN + 1)


def _relay_some(uow: UnitOfWork, waiting: Waiting, done: Done, publish: Publish) -> int:
    """Publish what waits, and take it out; gives how much that was. Somebody else's turn is not ours."""
    if not uow.has_turn(TURN):
        return 0
    rows = waiting(uow.connection, AT_ONCE)
    if rows:
        publish(rows)
        done(uow.connection, [row.no for row in rows])
    return len(rows)


async def _publish_facts(exchange: AbstractExchange, rows: Sequence[Row[Any]]) -> None:
    await asyncio.gather(*(exchange.publish(_fact(row), row.type, mandatory=True) for row in rows))


async def _publish_messages(channel: AbstractChannel, declared: set[str], rows: Sequence[Row[Any]]) -> None:
    """Publish to plain queues. On this channel `declared` are there: one that is not gives the message back."""
    if missing := {row.queue for row in rows} - declared:
        for queue in missing:
            await declare_plain_queue(channel, queue)
        await make_lasting(channel)
        declared |= missing
    publish = partial(channel.default_exchange.publish, mandatory=True)
    await asyncio.gather(*(publish(_message(row), row.queue) for row in rows))


def _fact(row: Row[Any]) -> Message:
    return Message(
        write_envelope(row),
        message_id=str(row.id),
        type=row.type,
        timestamp=row.occurred_at,
        correlation_id=row.correlation_id,
        content_type=CONTENT_TYPE,
        delivery_mode=DeliveryMode.PERSISTENT,
        app_id="daybeat",
    )


def _message(row: Row[Any]) -> Message:
    """Make a message whose id is the same when it has to be published again."""
    name = f"daybeat:{row.queue}:{row.no}:{row.at.isoformat()}:{row.body.hex()}"
    return Message(
        row.body,
        message_id=str(uuid5(NAMESPACE_URL, name)),
        content_type="application/json",
        delivery_mode=DeliveryMode.PERSISTENT,
        app_id="daybeat",
    )
