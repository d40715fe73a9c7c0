"""Redis, asked with little patience: when it does not answer at once, Daybeat goes on without it for a moment."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = structlog.get_logger()

T = TypeVar("T")

ANSWER_SECONDS = 0.25
LEFT_ALONE_FOR = 2.0
NO_SECOND_TRY = Retry(NoBackoff(), 0)
TROUBLE = (RedisError, OSError, TimeoutError)


class RedisLink:
    """One pool of connections for everything that is kept in Redis."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client: Redis = Redis.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=NO_SECOND_TRY,
        )
        self._away_until = 0.0

    @property
    def is_away(self) -> bool:
        return time.monotonic() < self._away_until

    async def attempt(self, command: Callable[[], Awaitable[T]], otherwise: T) -> T:
        """Do something with Redis, or give what holds without it."""
        if self.is_away:
            return otherwise
        try:
            return await command()
        except TROUBLE as trouble:
            self._away_until = time.monotonic() + LEFT_ALONE_FOR
            log.warning("redis does not answer", reason=repr(trouble))
            return otherwise

    async def get(self, key: str) -> bytes | None:
        kept = await self.attempt(lambda: self.client.get(key), None)
        return kept.encode() if isinstance(kept, str) else kept

    async def put(self, key: str, value: bytes, seconds: int) -> None:
        await self.attempt(lambda: self.client.set(key, value, ex=seconds), None)

    async def close(self) -> None:
        await self.client.aclose()
