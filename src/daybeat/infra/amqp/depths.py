"""How much waits in queues: asked on a connection of its own, which is closed again and takes nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aio_pika.abc import AbstractChannel, AbstractConnection
from aio_pika.exceptions import ChannelNotFoundEntity

from daybeat.infra.amqp.link import TROUBLE, connected

PATIENCE = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class Depth:
    """What the broker says of a queue: messages nobody has taken yet, and who would take them."""

    ready: int
    consumers: int


async def depths_of(url: str, queues: Sequence[str]) -> Mapping[str, Depth] | None:
    """Ask for these queues; those that nobody has declared yet are left out. None: the broker does not answer."""
    try:
        async with asyncio.timeout(PATIENCE), connected(url, "daybeat operations") as connection:
            return await _ask(connection, queues)
    except TROUBLE:
        return None


async def _ask(connection: AbstractConnection, queues: Sequence[str]) -> Mapping[str, Depth]:
    found: dict[str, Depth] = {}
    channel = await connection.channel(publisher_confirms=False)
    for queue in queues:
        try:
            found[queue] = await _depth(channel, queue)
        except ChannelNotFoundEntity:  # and the broker has closed the channel we asked on
            channel = await connection.channel(publisher_confirms=False)
    return found


async def _depth(channel: AbstractChannel, queue: str) -> Depth:
    said = (await channel.declare_queue(queue, passive=True)).declaration_result
    return Depth(ready=said.message_count or 0, consumers=said.consumer_count or 0)
