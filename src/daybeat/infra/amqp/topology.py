"""The exchange and the queues, declared by everybody who uses them, so that it does not matter who comes first."""

from collections.abc import Sequence

from aio_pika import ExchangeType
from aio_pika.abc import AbstractChannel, AbstractExchange, AbstractQueue
from pamqp.common import FieldTable

from daybeat.infra.events.subscriptions import Subscriber
from daybeat.kit.ids import new_id

EXCHANGE = "daybeat.events"
LIVE_QUEUE = "daybeat.live"
HINTS_KEPT_FOR = 60_000  # milliseconds: a hint that is older helps nobody
ONE_WORKS: FieldTable = {"x-queue-type": "quorum", "x-single-active-consumer": True}
NO_LIMIT_SINCE = 4  # RabbitMQ's major version from which quorum queues give up a message after 20 deliveries


def queue_of(subscriber: Subscriber) -> str:
    """Name a subscriber's queue."""
    return f"daybeat.{subscriber.name}"


async def declare_exchange(channel: AbstractChannel) -> AbstractExchange:
    return await channel.declare_exchange(EXCHANGE, ExchangeType.TOPIC, durable=True)


async def declare_queue(channel: AbstractChannel, subscriber: Subscriber) -> AbstractQueue:
    """Declare a subscriber's queue. One consumer at a time works on it, so that each user's facts keep their order."""
    arguments: FieldTable = {**ONE_WORKS, **await _patience(channel)}
    queue = await channel.declare_queue(queue_of(subscriber), durable=True, arguments=arguments)
    for kind in subscriber.handlers:
        await queue.bind(EXCHANGE, routing_key=kind.name)
    return queue


async def declare_plain_queue(channel: AbstractChannel, name: str) -> AbstractQueue:
    """Declare a queue as other people's programs do, durable and nothing else: a difference would be an error."""
    return await channel.declare_queue(name, durable=True)


async def make_lasting(channel: AbstractChannel) -> None:
    """Have the broker write down what was declared, before anything is entrusted to it.

    RabbitMQ 3 confirms a declaration now and then before its log is on the disk (seen in 3 of 60 under load, in none of
    135 with another declaration behind it). A kill then takes the queue, and what was confirmed in it. The other one,
    should a kill bring it back, goes by itself.
    """
    last = await channel.declare_queue(f"{EXCHANGE}.last.{new_id()}", durable=True, arguments={"x-expires": 60_000})
    await last.delete()


async def declare_hints(channel: AbstractChannel) -> AbstractQueue:
    """Declare the queue from which open browsers are woken. What is in it may get lost."""
    queue = await channel.declare_queue(LIVE_QUEUE, durable=True, arguments={"x-message-ttl": HINTS_KEPT_FOR})
    await queue.bind(EXCHANGE, routing_key="#")
    return queue


async def declare_all(channel: AbstractChannel, subscribers: Sequence[Subscriber]) -> AbstractExchange:
    """Declare everything, so that no fact is published before there is a queue for it."""
    exchange = await declare_exchange(channel)
    for subscriber in subscribers:
        await declare_queue(channel, subscriber)
    await declare_hints(channel)
    await make_lasting(channel)
    return exchange


async def _patience(channel: AbstractChannel) -> dict[str, int]:
    """A message is not to blame for consumers that died with it, so nothing may be given up after some deliveries."""
    properties = (await channel.get_underlay_channel()).connection.server_properties
    version = properties.get("version", b"0")
    major = int(str(version.decode() if isinstance(version, bytes) else version).split(".")[0])
    return {"x-delivery-limit": -1} if major >= NO_LIMIT_SINCE else {}
