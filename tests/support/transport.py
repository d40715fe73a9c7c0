"""The two ways facts and messages travel, behind one face: within SQLite, and over PostgreSQL and RabbitMQ."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import aio_pika
from prometheus_client import CollectorRegistry
from sqlalchemy import Column, Connection, Integer, String, Table, delete, func, insert, select

from daybeat.bootstrap.background import amqp_url
from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.settings import Settings
from daybeat.contracts.accounts import ProfileChanged
from daybeat.infra.amqp.consuming import Consumer, Reading
from daybeat.infra.amqp.figures import ConsumerFigures, RelayFigures
from daybeat.infra.amqp.queues import queue_reading
from daybeat.infra.amqp.relay import Relay
from daybeat.infra.amqp.subscribers import subscriber_reading
from daybeat.infra.amqp.topology import queue_of
from daybeat.infra.db.schema import metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.delivery import subscriber_offset
from daybeat.infra.events.dispatcher import Dispatcher
from daybeat.infra.events.log import event_log
from daybeat.infra.events.outbox import event_outbox, waiting_in_outbox
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.queues.delivery import QueueReader
from daybeat.infra.queues.runner import QueueRunner
from daybeat.infra.queues.table import put, queue_messages, unread
from tests.support.clock import SetClock
from tests.support.database import unhandled
from tests.support.daybeat import NOON
from tests.support.foreign import foreign_sender
from tests.support.services import services

QUEUE = "test"
WITHIN = 20.0
heard = Table("test_heard", metadata, Column("no", Integer, primary_key=True), Column("word", String(80)))
metadata.remove(heard)

Run = Callable[[], Coroutine[Any, Any, None]]


class Listener:
    """A subscriber and a queue reader that write down what they hear, and stumble over chosen words."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.stumbles_over: dict[str, list[Exception]] = {}
        self.subscriber = Subscriber("test.listener", forget=lambda _connection: None)
        self.subscriber.on(ProfileChanged)(self._hear_fact)
        self.reader = QueueReader(QUEUE, "test.reader", self._hear_messages)

    @property
    def heard(self) -> list[str]:
        """What stands written, in the order of writing: a note in memory would survive a rollback."""
        query = select(heard.c.word).order_by(heard.c.no)
        return self._core.store.read_now(lambda connection: list(connection.execute(query).scalars()))

    def _hear_fact(self, event: ProfileChanged, uow: UnitOfWork) -> None:
        self._write(event.fields[0], uow)

    def _hear_messages(self, bodies: Sequence[bytes], uow: UnitOfWork) -> None:
        for body in bodies:
            self._write(body.decode(), uow)

    def _write(self, word: str, uow: UnitOfWork) -> None:
        uow.connection.execute(insert(heard).values(word=word))
        trouble = self.stumbles_over.get(word)
        if trouble:
            raise trouble[0] if len(trouble) == 1 else trouble.pop(0)


class Transport(Protocol):
    """What a test may do with facts and messages."""

    core: Core
    listener: Listener

    def deliver(self) -> None:
        """Let the listener hear everything there is."""
        ...

    def deliver_again(self) -> None:
        """Deliver every fact once more, as after a crash that nobody remembers."""
        ...


def tell(core: Core, *words: str, user: UUID) -> None:
    """Make facts true."""

    def record(uow: UnitOfWork) -> None:
        for word in words:
            uow.record(ProfileChanged(user_id=user, fields=(word,)))

    core.store.write_now(record)


def send(core: Core, *bodies: str) -> None:
    """Put messages into the queue."""
    core.store.write_now(partial(put, queue=QUEUE, bodies=[body.encode() for body in bodies]))


class Embedded:
    """Within one process: dispatcher and queue runner."""

    def __init__(self, core: Core) -> None:
        self.core, self.listener = core, Listener(core)

    def deliver(self) -> None:
        store, listener = self.core.store, self.listener
        parts: list[Run] = [
            lambda: Dispatcher(store, [listener.subscriber]).run(),
            lambda: QueueRunner(store, listener.reader).run(),
        ]
        asyncio.run(_run_until(parts, lambda: not store.read_now(self._left)))

    def deliver_again(self) -> None:
        self.core.store.write_now(lambda uow: uow.connection.execute(delete(subscriber_offset)) and None)
        self.deliver()

    def _left(self, connection: Connection) -> int:
        position = select(subscriber_offset.c.seq).where(
            subscriber_offset.c.subscriber == self.listener.subscriber.name
        )
        reached = connection.execute(position).scalar_one_or_none() or 0
        newest = connection.execute(select(func.max(event_log.c.seq))).scalar_one() or 0
        return int(newest - reached) + unread(connection, QUEUE, self.listener.reader.name)


class OverRabbitMQ:
    """Over the broker: relay, one consumer a queue."""

    def __init__(self, core: Core) -> None:
        self.core, self.listener = core, Listener(core)

    def deliver(self) -> None:
        asyncio.run(_run_until([self._relay, *self._consumers()], self._is_done, self._queues_empty))

    def deliver_again(self) -> None:
        again = insert(event_outbox).from_select(["event_id"], select(event_log.c.id).order_by(event_log.c.seq))
        self.core.store.write_now(lambda uow: uow.connection.execute(again) and None)
        self.deliver()

    def relay_only(self) -> None:
        """Bring everything to the broker."""
        asyncio.run(_run_until([self._relay], lambda: not self.core.store.read_now(_unrelayed)))

    def publish(self, body: bytes, queue: str, message_id: str | None = None) -> None:
        """Publish as somebody else's program would."""
        with foreign_sender(amqp_url(self.core), queue) as sender:
            sender.send(body, message_id)

    def consume_until(self, done: Callable[[], bool], wrap: Callable[[Reading], Reading]) -> None:
        """Consume in a changed way until something is true, then end without a word."""
        asyncio.run(_run_until(self._consumers(wrap), done))

    async def _relay(self) -> None:
        await Relay(
            self.core.store, amqp_url(self.core), [self.listener.subscriber], RelayFigures(CollectorRegistry())
        ).run()

    def _consumers(self, wrap: Callable[[Reading], Reading] = lambda reading: reading) -> list[Run]:
        store, url = self.core.store, amqp_url(self.core)
        figures = ConsumerFigures(CollectorRegistry())
        readings = [subscriber_reading(store, self.listener.subscriber), queue_reading(store, self.listener.reader)]
        return [Consumer(url, wrap(reading), figures).run for reading in readings]

    def _is_done(self) -> bool:
        return not self.core.store.read_now(self._left)

    def _left(self, connection: Connection) -> int:
        return _unrelayed(connection) + int(connection.execute(unhandled(self.listener.subscriber)).scalar_one())

    async def _queues_empty(self) -> bool:
        connection = await aio_pika.connect(amqp_url(self.core))
        async with connection:
            channel = await connection.channel()
            names = (queue_of(self.listener.subscriber), QUEUE)
            queues = [await channel.get_queue(name, ensure=True) for name in names]
        await asyncio.sleep(0.2)  # for what has been handed out
        return not any(queue.declaration_result.message_count for queue in queues)


@contextmanager
def embedded(folder: Path) -> Iterator[Embedded]:
    with open_core(Settings(data_dir=folder), SetClock(NOON)) as core:
        heard.create(core.store.engine)
        yield Embedded(core)


@contextmanager
def over_rabbitmq(folder: Path) -> Iterator[OverRabbitMQ]:
    with services().corner() as corner, open_core(Settings(data_dir=folder, **corner), SetClock(NOON)) as core:  # type: ignore[arg-type]
        heard.create(core.store.engine)
        yield OverRabbitMQ(core)


def _unrelayed(connection: Connection) -> int:
    messages = connection.execute(select(func.count()).select_from(queue_messages)).scalar_one()
    return int(messages + waiting_in_outbox(connection).n)


async def _run_until(
    parts: Sequence[Run], done: Callable[[], bool], then: Callable[[], Coroutine[Any, Any, bool]] | None = None
) -> None:
    running = [asyncio.create_task(part()) for part in parts]
    until = time.monotonic() + WITHIN
    try:
        while not (await asyncio.to_thread(done) and (then is None or await then())):
            assert time.monotonic() < until, "not delivered"
            await asyncio.sleep(0.02)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
