"""`python -m tests.support.soak.broken WAY ROLE`: a process with one promise broken, which the run has to notice."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

AMQP = "daybeat.infra.amqp"


def unconfirmed() -> None:
    """Publish without waiting for a confirm."""
    module: Any = import_module(f"{AMQP}.relay")
    stay = module.Stay
    module.Stay = lambda url, name: stay(url, name, confirms=False)


def ack_first() -> None:
    """Acknowledge a message, then handle it."""
    module: Any = import_module(f"{AMQP}.consuming")
    handle = module.Consumer._handle

    async def acknowledge_and_handle(consumer: Any, batch: Sequence[Any]) -> None:
        await batch[-1].ack(multiple=True)
        await handle(consumer, batch)

    module.Consumer._handle = acknowledge_and_handle


def no_receipts() -> None:
    """Forget which messages were counted."""
    module: Any = import_module(f"{AMQP}.queues")
    module.is_new = lambda *_: True
    module.handled_lately = lambda *_: {}


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
