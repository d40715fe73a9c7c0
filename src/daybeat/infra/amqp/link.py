"""One connection to RabbitMQ at a time. When it breaks, everything on it is closed before the next one is made.

A library's automatic reconnection keeps consumers of the old connection; then two of them work on one queue, and its
order is lost. Here whoever works on a connection ends with it and begins anew on the next.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from aio_pika import connect
from aio_pika.abc import AbstractChannel, AbstractConnection
from aio_pika.exceptions import AMQPException

from daybeat.kit.errors import DomainError

log = structlog.get_logger()

CONNECT_SECONDS = 5.0
HEARTBEAT = 10  # seconds; a broker behind a dead link is given up after two of them
FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0
TROUBLE = (AMQPException, OSError, TimeoutError, RuntimeError)
"""What a broker that is away looks like; the library raises RuntimeError on a channel that has closed meanwhile."""

OnChannel = Callable[[AbstractChannel], Awaitable[None]]


@asynccontextmanager
async def connected(url: str, name: str) -> AsyncIterator[AbstractConnection]:
    """Open a connection, and close it whatever happens."""
    async with asyncio.timeout(CONNECT_SECONDS):
        connection = await connect(url, client_properties={"connection_name": name}, heartbeat=HEARTBEAT)
    try:
        yield connection
    finally:
        try:
            async with asyncio.timeout(1):
                await connection.close()
        except TROUBLE:
            log.debug("connection was gone", name=name)


class Stay:
    """Runs something on a channel for ever, over as many connections as it takes."""

    def __init__(self, url: str, name: str, *, confirms: bool = True) -> None:
        self._url, self._name, self._confirms = url, name, confirms
        self.is_connected = False
        self._trouble: str | None = None

    async def run(self, work: OnChannel) -> None:
        """Work until cancelled. The wait before the next connection grows, and falls back when work had begun."""
        wait = FIRST_WAIT
        while True:
            try:
                async with connected(self._url, self._name) as connection:
                    wait = FIRST_WAIT
                    await self._work(connection, work)
            except asyncio.CancelledError:
                raise
            except (*TROUBLE, DomainError) as trouble:
                self._note(trouble)
            except Exception:
                log.exception("work on the broker failed", name=self._name)
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311 - spreads attempts, keeps no secret
            wait = min(wait * 2, LONGEST_WAIT)

    async def _work(self, connection: AbstractConnection, work: OnChannel) -> None:
        channel = await connection.channel(publisher_confirms=self._confirms, on_return_raises=self._confirms)
        self.is_connected, self._trouble = True, None
        try:
            working = asyncio.ensure_future(work(channel))
            closed = asyncio.ensure_future(_closed(channel))
            await asyncio.wait({working, closed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.is_connected = False
            for task in (working, closed):
                task.cancel()
            await asyncio.gather(working, closed, return_exceptions=True)
        if not working.cancelled():
            working.result()

    def _note(self, trouble: BaseException) -> None:
        """Log each trouble once."""
        said = f"{type(trouble).__name__}: {trouble}"
        if said != self._trouble:
            self._trouble = said
            log.warning("work on the broker waits", name=self._name, reason=said)


async def _closed(channel: AbstractChannel) -> None:
    await channel.closed()
