"""Sends what waits. Each kind of channel has a line of its own, so that a slow one holds up nobody else."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog

from daybeat.infra.db.store import OutcomeUnknown, Store, StoreUnavailable
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.wakeup import WakeUp, keep_going
from daybeat.infra.web.limits import RateLimits, TooManyRequests
from daybeat.kit.clock import Clock
from daybeat.kit.errors import DomainError
from daybeat.modules.notifications.channels.port import Channel, Channels, Later, Trouble
from daybeat.modules.notifications.delivering import (
    Batch,
    Next,
    claim,
    is_wanted,
    kinds_due,
    note_sent,
    note_trouble,
    release,
)
from daybeat.modules.notifications.domain.pace import Rhythm, limit_of
from daybeat.modules.notifications.figures import DeliveryFigures
from daybeat.modules.notifications.messages import Links, Parcel
from daybeat.modules.notifications.telling import NEWS

log = structlog.get_logger()

T = TypeVar("T")

LOOK_EVERY = 0.5  # seconds
GATHERING = 0.2  # seconds in which what is told at the same time gathers, to be said in one message
TRY_AGAIN, MOST_TRIES = 0.5, 120  # seconds, times
SHARED_WAIT, MOST_WAITS = 0.05, 100  # seconds, times: a place is not held for ever
MOST_RHYTHMS = 10_000
PLACES_AT_ONCE = 16  # of one kind
WITHIN = 15.0  # seconds; a channel that takes longer than it may is left


class NoTurn(Exception):
    """Others send so much that there was no turn for us."""


class Sender:
    """Brings deliveries to their channels, in this process. With `limits` it keeps to one pace with other processes."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        channels: Channels,
        links: Links,
        figures: DeliveryFigures,
        limits: RateLimits | None = None,
    ) -> None:
        self.store, self.links, self.figures = store, links, figures
        self._clock, self._limits = clock, limits
        self._lines = {kind: Line(self, channel) for kind, channel in channels.by_kind.items()}

    async def run(self) -> None:
        """Send for ever."""
        news = WakeUp(LOOK_EVERY)
        self.store.on_hint(NEWS, news.wake)

        async def look() -> None:
            news.clear()
            await self.look()
            await news.wait()

        async with asyncio.TaskGroup() as group:
            for line in self._lines.values():
                group.create_task(line.run())
            group.create_task(keep_going(look, "notifications", first_wait=0.5, longest=5.0))

    async def look(self) -> None:
        """Wake the lines for which something waits."""
        for kind in await self.store.read(partial(kinds_due, kinds=tuple(self._lines), now=self._clock.now())):
            self._lines[kind].wake()

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Write down what came of a message. It is out, so a database that is away for a moment is waited for."""
        for _ in range(MOST_TRIES):
            try:
                return await self.store.write(work)
            except (StoreUnavailable, OutcomeUnknown):
                await asyncio.sleep(TRY_AGAIN)
        return await self.store.write(work)

    async def share(self, limit: str, *what: str) -> bool:
        """Wait until all senders together may use a channel once more; tells whether that took time."""
        if self._limits is None:
            return False
        for tries in range(MOST_WAITS):
            try:
                await self._limits.count(limit, "notify", *what)
            except TooManyRequests:
                await asyncio.sleep(SHARED_WAIT)
            else:
                return tries > 0
        raise NoTurn


class Line:
    """The messages of one kind of channel: some places at a time, one message at a time to each."""

    def __init__(self, sender: Sender, channel: Channel) -> None:
        self._sender, self._channel = sender, channel
        self._together = Rhythm(channel.pace.together)
        self._each = defaultdict[UUID, Rhythm](lambda: Rhythm(channel.pace.each))
        self._news = asyncio.Event()
        self._busy: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        self._news.set()

    async def run(self) -> None:
        """Take what waits whenever there is room."""
        try:
            await keep_going(self._take, f"notifications {self._channel.kind}", first_wait=0.5, longest=5.0)
        finally:
            for task in self._busy:
                task.cancel()
            await asyncio.gather(*self._busy, return_exceptions=True)

    async def _take(self) -> None:
        await self._news.wait()
        await asyncio.sleep(GATHERING)
        self._news.clear()
        while room := PLACES_AT_ONCE - len(self._busy):
            claiming = partial(claim, kind=self._channel.kind, places=room, links=self._sender.links)
            batches = await self._sender.store.write(claiming)
            for batch in batches:
                self._begin(batch)
            if not batches:
                return

    def _begin(self, batch: Batch) -> None:
        task = asyncio.create_task(self._send_all(batch))
        self._busy.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        if not task.cancelled() and task.exception() is not None:
            # Its place stays held for a while, and then somebody tries again.
            log.warning("delivery interrupted", channel=self._channel.kind, reason=repr(task.exception()))
        self._news.set()

    async def _send_all(self, batch: Batch) -> None:
        """Send in order. What comes after a message that has to wait must not overtake it."""
        following = Next.GO_ON
        with suppress(NoTurn):
            for number, parcel in enumerate(batch.parcels):
                waited = await self._wait_turn(batch.channel_id)
                if (number or waited) and not await self._sender.store.read(partial(is_wanted, parcel=parcel)):
                    continue
                following = await self._send(batch, parcel)
                if following is not Next.GO_ON:
                    break
        await self._sender.write(partial(release, batch=batch, following=following))

    async def _wait_turn(self, place: UUID) -> bool:
        """Wait until this process, and all together, may send there; tells whether that took time."""
        waited, kind, pace = False, self._channel.kind, self._channel.pace
        if len(self._each) > MOST_RHYTHMS:
            self._each.clear()
        for rhythm in (self._each[place], self._together):
            wait = rhythm.take(time.monotonic())
            if wait:
                waited = True
                await asyncio.sleep(wait)
        shared = await self._sender.share(limit_of(pace.each), kind, str(place))
        return await self._sender.share(limit_of(pace.together), kind) or shared or waited

    async def _send(self, batch: Batch, parcel: Parcel) -> Next:
        """Send one message and write down what came of it."""
        try:
            async with asyncio.timeout(WITHIN):
                reference = await self._channel.send(batch.address, parcel.message)
        except Trouble as trouble:
            return await self._note(batch, parcel, trouble)
        except TimeoutError:
            return await self._note(batch, parcel, Later("It took too long."))
        except DomainError as trouble:  # an address that is not one any more
            return await self._note(batch, parcel, Later(trouble.detail))
        except Exception:
            log.exception("channel failed", channel=batch.kind, delivery=str(parcel.message.id))
            return await self._note(batch, parcel, Later("Something unexpected happened; it is in Daybeat's log."))
        await self._sender.write(partial(note_sent, batch=batch, parcel=parcel, reference=reference))
        self._sender.figures.sent.labels(batch.kind).inc()
        return Next.GO_ON

    async def _note(self, batch: Batch, parcel: Parcel, trouble: Trouble) -> Next:
        self._sender.figures.troubles.labels(batch.kind, type(trouble).__name__.lower()).inc()
        return await self._sender.write(partial(note_trouble, batch=batch, parcel=parcel, trouble=trouble))
