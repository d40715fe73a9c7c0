"""How much one caller may ask for: rate limits, and a bounded pool for work that is slow on purpose."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from daybeat.kit.errors import DomainError, Kind

T = TypeVar("T")


class TooManyRequests(DomainError):
    """Too many attempts in a short time. Wait a moment, then try again."""

    kind = Kind.TOO_MANY


class RateLimits:
    """Counts by name and caller in a moving window. Written like `10/5 minutes`."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def check(self, limit: str, *caller: str) -> None:
        """Refuse when the caller has used up the limit, without counting."""
        item = parse(limit)
        if not self._limiter.test(item, *caller):
            raise TooManyRequests(retry_after=self._wait(item, *caller))

    def count(self, limit: str, *caller: str) -> None:
        """Count one use, and refuse when it is one too many."""
        item = parse(limit)
        if not self._limiter.hit(item, *caller):
            raise TooManyRequests(retry_after=self._wait(item, *caller))

    def _wait(self, item: RateLimitItem, *caller: str) -> int:
        return max(1, round(self._limiter.get_window_stats(item, *caller).reset_time - time.time()))


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
