"""Many requests wait, few writes are made: what has come while one write is under way goes together in the next.

That beats a window of time: a lone request is written at once, and a thousand share one confirm. A second write at the
same time was tried: it halves what goes together, and costs the broker more than it saves the waiting.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from daybeat.kit.errors import DomainError, Kind
from daybeat.modules.activity.event import ActivityEvent
from daybeat.modules.activity.figures import IntakeFigures
from daybeat.modules.activity.ports import Sink

MOST_TOGETHER = 5000  # events in a write
MOST_WAITING = 5000  # requests
MOST_BYTES_WAITING = 16 * 1024 * 1024


class TooBusy(DomainError):
    """More events come in than can be kept. None of yours was taken; send them again in a moment."""

    kind = Kind.UNAVAILABLE


class Stopping(DomainError):
    """Daybeat is stopping. None of these events was taken; send them again in a moment."""

    kind = Kind.UNAVAILABLE


@dataclass(slots=True)
class _Request:
    events: Sequence[ActivityEvent]
    size: int
    answer: "asyncio.Future[None]"


class Intake:
    """Takes events and answers when they will not get lost any more."""

    def __init__(self, sink: Sink, figures: IntakeFigures) -> None:
        self._sink, self._figures = sink, figures
        self._waiting: list[_Request] = []
        self._bytes = 0
        self._writer: asyncio.Task[None] | None = None

    def is_full(self) -> bool:
        """Tell whether a request would be refused, whatever is in it."""
        return len(self._waiting) >= MOST_WAITING or self._bytes >= MOST_BYTES_WAITING

    async def put(self, events: Sequence[ActivityEvent], size: int) -> None:
        """Keep events that were so many bytes long. At most a few megabytes wait; the rest is refused at once."""
        if len(self._waiting) >= MOST_WAITING or self._bytes + size > MOST_BYTES_WAITING:
            self._figures.shed.inc(len(events))
            raise TooBusy(retry_after=1)
        request = _Request(events, size, asyncio.get_running_loop().create_future())
        self._waiting.append(request)
        self._bytes += size
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await request.answer

    async def _write(self) -> None:
        """Write until nothing waits."""
        while self._waiting:
            requests = self._next()
            try:
                with self._figures.writing.time():
                    await self._sink.put([event for request in requests for event in request.events])
            except DomainError as trouble:
                self._refuse([*requests, *self._take(len(self._waiting))], trouble)
            except BaseException:
                self._refuse(requests, Stopping(retry_after=1))
                raise
            else:
                self._accept(requests)

    def _next(self) -> list[_Request]:
        """Take what goes together: in the order it came, and not more than one write should have."""
        events = taken = 0
        for request in self._waiting:
            events += len(request.events)
            if taken and events > MOST_TOGETHER:
                break
            taken += 1
        return self._take(taken)

    def _take(self, n: int) -> list[_Request]:
        requests, self._waiting = self._waiting[:n], self._waiting[n:]
        self._bytes -= sum(request.size for request in requests)
        return requests

    def _accept(self, requests: Sequence[_Request]) -> None:
        self._figures.accepted.inc(sum(len(request.events) for request in requests))
        for request in requests:
            if not request.answer.done():
                request.answer.set_result(None)

    def _refuse(self, requests: Sequence[_Request], trouble: DomainError) -> None:
        """Refuse these: those who only wait would wait as long and hear the same."""
        for request in requests:
            if not request.answer.done():
                request.answer.set_exception(trouble)
