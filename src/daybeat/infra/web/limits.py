"""How much one caller may ask for: rate limits, and a bounded pool for work that is slow on purpose."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter

from daybeat.kit.errors import DomainError, Kind

if TYPE_CHECKING:
    from daybeat.infra.cache.redis_link import RedisLink

T = TypeVar("T")

Ask = Callable[[MovingWindowRateLimiter, RateLimitItem], Awaitable[bool]]


class TooManyRequests(DomainError):
    """Too many attempts in a short time. Wait a moment, then try again."""

    kind = Kind.TOO_MANY


class RateLimits:
    """Counts by name and caller in a moving window. Written like `10/5 minutes`.

    With Redis all processes count together; while it is away each counts for itself.
    """

    def __init__(self, redis: "RedisLink | None" = None) -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._redis = redis
        self._shared = MovingWindowRateLimiter(_in_redis(redis)) if redis is not None else None

    async def check(self, limit: str, *caller: str) -> None:
        """Refuse when the caller has used up the limit, without counting."""
        await self._ask(limit, caller, lambda limiter, item: limiter.test(item, *caller))

    async def count(self, limit: str, *caller: str) -> None:
        """Count one use, and refuse when it is one too many."""
        await self._ask(limit, caller, lambda limiter, item: limiter.hit(item, *caller))

    async def _ask(self, limit: str, caller: tuple[str, ...], ask: Ask) -> None:
        item, shared, wait = parse(limit), self._shared, None
        if shared is not None and self._redis is not None:
            wait = await self._redis.attempt(lambda: _seconds_to_wait(shared, item, caller, ask), None)
        if wait is None:  # no Redis, or none that answers
            wait = await _seconds_to_wait(self._own, item, caller, ask)
        if wait:
            raise TooManyRequests(retry_after=wait)


async def _seconds_to_wait(
    limiter: MovingWindowRateLimiter, item: RateLimitItem, caller: tuple[str, ...], ask: Ask
) -> int:
    """Ask a limiter; 0 when the caller may go on."""
    if await ask(limiter, item):
        return 0
    stats = await limiter.get_window_stats(item, *caller)
    return max(1, round(stats.reset_time - time.time()))


def _in_redis(redis: "RedisLink") -> Storage:
    """Count through the connections of the link, with its patience."""
    pool = redis.client.connection_pool
    return RedisStorage(
        f"async+{redis.url}",
        implementation="redispy",
        key_prefix="daybeat.limits",
        connection_pool=pool,  # type: ignore[arg-type]  # handed on as it is
    )


class BoundedPool:
    """A few threads for slow work. When too much waits already, the next caller is told to come back."""

    def __init__(self, workers: int, most_waiting: int) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="slow")
        self._free = most_waiting + workers

    async def run(self, work: Callable[[], T]) -> T:
        if self._free == 0:
            raise TooManyRequests(retry_after=2)
        self._free -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._free += 1
