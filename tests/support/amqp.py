"""A way into a queue, open for as long as a test needs it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from daybeat.infra.amqp.outlet import BrokerOutlet


@asynccontextmanager
async def open_outlet(url: str, queue: str) -> AsyncIterator[BrokerOutlet]:
    outlet = BrokerOutlet(url, queue)
    running = asyncio.create_task(outlet.run())
    try:
        yield outlet
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
