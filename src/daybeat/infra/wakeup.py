"""Waiting for news: woken from any thread, and looking now and then all the same, because a hint may get lost."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from daybeat.kit.errors import DomainError

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0


class WakeUp:
    """Something to wait for on the loop that runs when it is made."""

    def __init__(self, safety_net: float) -> None:
        self._safety_net = safety_net
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def wake(self) -> None:
        with suppress(RuntimeError):  # the loop has ended: whoever starts next looks first
            self._loop.call_soon_threadsafe(self._news.set)

    def clear(self) -> None:
        """Forget what woke us; done before looking, so that news of meanwhile wakes again."""
        self._news.clear()

    async def wait(self) -> bool:
        """Wait for news; False when there was none and it is time to look anyway."""
        try:
            # Not wait_for: in Python 3.11 it can swallow a cancellation, and then the process never stops.
            async with asyncio.timeout(self._safety_net):
                await self._news.wait()
        except TimeoutError:
            return False
        return True


async def keep_going(
    work: Callable[[], Awaitable[None]], name: str, *, first_wait: float = FIRST_WAIT, longest: float = LONGEST_WAIT
) -> None:
    """Do something again and again. What fails is waited for, a little longer each time."""
    wait = first_wait
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except DomainError as trouble:  # something is away, which is no fault of the work
            log.warning("work waits", work=name, seconds=wait, reason=str(trouble))
        except Exception:
            log.exception("work waits", work=name, seconds=wait)
        else:
            wait = first_wait
            continue
        await asyncio.sleep(wait)
        wait = min(wait * 2, longest)
