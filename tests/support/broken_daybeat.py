"""`python -m tests.support.broken_daybeat WAY`: `daybeat serve` with the moments around a commit stretched, or broken.

A process dies between a commit and its answer less than once in a hundred kills, and those are the kills that tell.
So every way here holds still for a moment at the place that matters:

* `stretched` is Daybeat as it is, slow before the commit and again before the answer.
* `answer_before_commit` says yes when the work is done, and commits afterwards. Many services do.
* `no_keys` forgets what an Idempotency-Key had come to.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from daybeat.bootstrap.settings import load_settings
from daybeat.infra.db.embedded import EmbeddedStore
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.web.idempotency import Once
from daybeat.services.serve import serve

T = TypeVar("T")
Work = Callable[[UnitOfWork], T]

BEFORE_COMMIT = 0.005
BEFORE_ANSWER = 0.05

_write = EmbeddedStore.write


def _slow(work: Work[T]) -> Work[T]:
    def with_a_pause(uow: UnitOfWork) -> T:
        result = work(uow)
        time.sleep(BEFORE_COMMIT)
        return result

    return with_a_pause


async def _stretched(store: EmbeddedStore, work: Work[T], origin: Origin | None = None) -> T:
    if origin is None:  # Daybeat's own work has nobody who waits for an answer
        return await _write(store, work, origin)
    result = await _write(store, _slow(work), origin)
    await asyncio.sleep(BEFORE_ANSWER)
    return result


async def _late(store: EmbeddedStore, work: Work[T], origin: Origin | None = None) -> T:
    result = await _write(store, work, origin)
    if origin is not None:
        await asyncio.sleep(3 * BEFORE_ANSWER)
    return result


async def _answer_first(store: EmbeddedStore, work: Work[T], origin: Origin | None = None) -> T:
    if origin is None:
        return await _write(store, work, origin)
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def tell(uow: UnitOfWork) -> None:
        result = work(uow)
        loop.call_soon_threadsafe(answer.set_result, result)
        time.sleep(BEFORE_COMMIT)

    committed = asyncio.ensure_future(_write(store, tell, origin))
    waiting: list[asyncio.Future[Any]] = [committed, answer]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    if answer.done():
        return answer.result()
    await committed
    return await answer


def _always_anew(_once: Once, _uow: UnitOfWork, _user_id: Any, _answer: Any, produce: Callable[[], T]) -> T:
    return produce()


def main(way: str) -> None:
    """Serve in one of the ways."""
    store: Any = EmbeddedStore
    store.write = {"stretched": _stretched, "answer_before_commit": _answer_first, "no_keys": _late}[way]
    if way == "no_keys":
        once: Any = Once
        once.run = _always_anew
    serve(load_settings())


if __name__ == "__main__":
    main(sys.argv[1])
