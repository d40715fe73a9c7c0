"""`python -m tests.support.soak.broken WAY ROLE`: a process with one promise broken, which the run has to notice."""

import asyncio
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

AMQP = "daybeat.infra.amqp"
A_MOMENT = 0.2  # seconds, so that a kill finds what it looks for


def unconfirmed() -> None:
    """Publish without waiting for a confirm."""
    module: Any = import_module(f"{AMQP}.relay")
    stay = module.Stay
    module.Stay = lambda url, name: stay(url, name, confirms=False)


def ack_first() -> None:
    """Acknowledge a message, then take a moment, then handle it."""
    module: Any = import_module(f"{AMQP}.consuming")
    handle = module.Consumer._handle
    messages: Any = import_module("aio_pika.message")
    messages.IncomingMessage.ack = _nothing

    async def acknowledge_and_handle(consumer: Any, batch: Sequence[Any]) -> None:
        for message in batch:
            await message.channel.basic_ack(message.delivery_tag)
        await asyncio.sleep(A_MOMENT)
        await handle(consumer, batch)

    module.Consumer._handle = acknowledge_and_handle


def no_receipts() -> None:
    """Forget which messages were counted, and take a moment before acknowledging."""
    module: Any = import_module(f"{AMQP}.queues")
    module.is_new = lambda *_: True
    module.handled_lately = lambda *_: {}
    consuming: Any = import_module(f"{AMQP}.consuming")
    handle = consuming.Consumer._handle

    async def handle_slowly(consumer: Any, batch: Sequence[Any]) -> None:
        await handle(consumer, batch)
        await asyncio.sleep(A_MOMENT)

    consuming.Consumer._handle = handle_slowly


async def _nothing(_message: Any, *, multiple: bool = False) -> None:
    """Acknowledge what has been acknowledged."""
    del multiple


def two_consumers() -> None:
    """Let several consumers work on a queue, as happens when an old channel stays open."""
    module: Any = import_module(f"{AMQP}.topology")
    module.ONE_WORKS = {"x-queue-type": "quorum"}


def main(way: str, role: str) -> None:
    """Run the role in a broken way."""
    globals()[way]()
    import_module(f"daybeat.services.{role.replace('-', '_')}").run()


if __name__ == "__main__":
    main(*sys.argv[1:])
