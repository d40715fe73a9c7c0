"""`python -m tests.support.activity_run.broken WAY ROLE`: a process with one promise broken."""

import asyncio
import sys
from importlib import import_module
from typing import Any

from daybeat.kit.ids import new_id
from tests.support.soak.broken import ack_first as acknowledge_first

A_MOMENT = 0.2  # seconds, so that a kill finds what it looks for


def unconfirmed() -> None:
    """Answer 202 when the message has been written to a socket."""
    module: Any = import_module("daybeat.infra.amqp.outlet")
    stay = module.Stay
    module.Stay = lambda url, name: stay(url, name, confirms=False)


def plain_insert() -> None:
    """Insert whatever comes, under a name of its own."""
    module: Any = import_module("daybeat.modules.activity.store")
    commit = module.ActivityStore._commit

    def commit_as_new(store: Any, batch: Any) -> None:
        for event in batch.events:
            event.event_id = new_id()
        batch.nameless = ()
        commit(store, batch)

    module.ActivityStore._commit = commit_as_new
    _acknowledge_late()


def ack_first() -> None:
    """Acknowledge a message, then store it."""
    acknowledge_first()


def _acknowledge_late() -> None:
    consuming: Any = import_module("daybeat.infra.amqp.consuming")
    handle = consuming.Consumer._handle

    async def handle_slowly(consumer: Any, batch: Any) -> None:
        await handle(consumer, batch)
        await asyncio.sleep(A_MOMENT)

    consuming.Consumer._handle = handle_slowly


def main(way: str, role: str) -> None:
    """Run the role in a broken way."""
    globals()[way]()
    import_module(f"daybeat.services.{role}").run()


if __name__ == "__main__":
    main(*sys.argv[1:])
