"""What arrives from devices: handled in order, answered after the commit, acknowledged after the answer.

Messages that wait are handled together in one unit of work, so that they share its commit. When the store is away, all
of them wait for it and are handled again, in their order.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import structlog

from daybeat.infra.db.store import OutcomeUnknown, Store, StoreUnavailable
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.events.handling import INFRASTRUCTURE
from daybeat.infra.mqtt import set_aside
from daybeat.infra.mqtt.figures import MqttFigures
from daybeat.infra.mqtt.link import NotConnected, Received
from daybeat.infra.mqtt.routes import Arrival, Message, Route, find_door
from daybeat.kit.errors import DomainError

log = structlog.get_logger()

MOST_AT_ONCE = 64
MOST_BYTES = 64 * 1024
MOST_UNANNOUNCED = 5000  # messages of QoS 0, which nothing else holds back
PATIENCE = 5
FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0

AWAY = (StoreUnavailable, OutcomeUnknown, *INFRASTRUCTURE)

TOO_LARGE = "A message can have 64 KiB."
NOT_RETAINED = "A message to Daybeat must not be retained."
OUR_FAULT = "This could not be stored and has been set aside."


@dataclass(slots=True)
class _Waiting:
    received: Received
    since: float = field(default_factory=time.perf_counter)
    door: tuple[Route, Arrival] | None = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    word: str
    answers: Sequence[Message] = ()


class Intake:
    """Takes what devices send to the doors."""

    def __init__(self, store: Store, doors: Sequence[Route], figures: MqttFigures) -> None:
        self._store, self._doors, self._figures = store, doors, figures
        self._queue: deque[_Waiting] = deque()
        self._news = asyncio.Event()
        self._cleared: set[str] = set()
        self._answering: set[asyncio.Task[None]] = set()

    def offer(self, received: Received) -> None:
        """Line up a message."""
        if not received.qos and len(self._queue) >= MOST_UNANNOUNCED:
            self._figures.messages.labels("dropped").inc()
            return
        self._queue.append(_Waiting(received))
        self._news.set()

    async def run(self) -> None:
        """Handle messages for ever."""
        while True:
            await self._news.wait()
            self._news.clear()
            while batch := self._next_batch():
                try:
                    await self._settle(batch)
                except Exception:
                    # Not acknowledged, so the broker keeps them; the next messages have to go on.
                    log.exception("mqtt messages left with the broker", messages=len(batch))

    def _next_batch(self) -> list[_Waiting]:
        """Take what waits. What came over a connection that has ended comes again over the next one."""
        taken: list[_Waiting] = []
        while self._queue and len(taken) < MOST_AT_ONCE:
            waiting = self._queue.popleft()
            if not waiting.received.qos or not waiting.received.link.closed.is_set():
                taken.append(waiting)
        return taken

    async def _settle(self, batch: list[_Waiting]) -> None:
        """Handle a batch to its end, however long the store is away."""
        wait, tries = FIRST_WAIT, 0
        for waiting in batch:
            waiting.door = self._find(waiting.received)
        while batch:
            together = batch if tries < PATIENCE else batch[:1]
            try:
                outcomes = await self._store.write(partial(self._handle_all, together), Origin(source="mqtt"))
            except AWAY as failure:
                tries += 1
                outcomes = await self._after_failure(together, failure) if tries > PATIENCE else []
                if not outcomes:
                    log.warning("mqtt messages wait for the store", messages=len(batch), seconds=wait)
                    await asyncio.sleep(wait)
                    wait = min(wait * 2, LONGEST_WAIT)
            for waiting, outcome in zip(together, outcomes, strict=False):
                self._answer(waiting, outcome)
            batch = batch[len(outcomes) :]

    def _handle_all(self, batch: Sequence[_Waiting], uow: UnitOfWork) -> list[_Outcome]:
        """Handle messages one after another in one unit of work; one that is refused leaves nothing behind."""
        uow.in_turn_of(*(each.door[1].user_id for each in batch if each.door is not None))
        return [self._handle(each, uow) for each in batch]

    def _find(self, received: Received) -> tuple[Route, Arrival] | None:
        found = find_door(self._doors, received.topic, received.payload)
        return None if found is None or self._is_own_clearing(received) else found

    def _handle(self, waiting: _Waiting, uow: UnitOfWork) -> _Outcome:
        if waiting.door is None:
            return _Outcome("dropped")
        received, (route, arrival) = waiting.received, waiting.door
        unfit = _unfit(received)
        if unfit is not None:
            return _Outcome("refused", [*self._clearing(received), *_refusal(route, arrival, unfit)])
        uow.origin = Origin(source="mqtt")
        try:
            with uow.attempt():
                return _Outcome("stored", route.handle(arrival, uow))
        except AWAY:
            raise
        except DomainError as refusal:
            return _Outcome("refused", _refusal(route, arrival, refusal.detail))
        except Exception as failure:
            log.exception("mqtt message set aside", door=route.tail, user_id=str(arrival.user_id))
            set_aside.keep(uow, route.tail, arrival, failure)
            return _Outcome("set_aside", _refusal(route, arrival, OUR_FAULT))

    async def _after_failure(self, alone: Sequence[_Waiting], failure: Exception) -> list[_Outcome]:
        """Wait for the store; a message that fails again and again while others do not is no fault of the store."""
        if alone[0].door is None or not await self._store_works():
            return []
        route, arrival = alone[0].door
        log.error("mqtt message set aside", door=route.tail, user_id=str(arrival.user_id), exc_info=failure)
        return await self._set_aside(route, arrival, failure)

    async def _store_works(self) -> bool:
        try:
            await self._store.write(_nothing, Origin(source="mqtt"))
        except AWAY:
            return False
        return True

    async def _set_aside(self, route: Route, arrival: Arrival, failure: Exception) -> list[_Outcome]:
        try:
            await self._store.write(partial(_keep, route, arrival, failure), Origin(source="mqtt"))
        except AWAY:
            return []
        return [_Outcome("set_aside", _refusal(route, arrival, OUR_FAULT))]

    def _answer(self, waiting: _Waiting, outcome: _Outcome) -> None:
        self._figures.messages.labels(outcome.word).inc()
        task = asyncio.create_task(self._finish(waiting, outcome))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _finish(self, waiting: _Waiting, outcome: _Outcome) -> None:
        """Answer, and acknowledge when the broker has the answer. Otherwise the message comes again, and so does it."""
        received = waiting.received
        with contextlib.suppress(NotConnected):
            for sent in [received.link.publish(answer) for answer in outcome.answers]:
                await sent
            received.acknowledge()
            self._figures.handling.observe(time.perf_counter() - waiting.since)

    def _clearing(self, received: Received) -> list[Message]:
        """Take a message that should not have been retained out of the broker's memory."""
        if not received.retained:
            return []
        self._cleared.add(received.topic)
        return [Message(received.topic, b"", retain=True)]

    def _is_own_clearing(self, received: Received) -> bool:
        """Tell whether this is the empty message with which we cleared a topic; MQTT 3 sends us our own."""
        if received.payload or received.topic not in self._cleared:
            return False
        self._cleared.discard(received.topic)
        return True


def _unfit(received: Received) -> str | None:
    if received.retained:
        return NOT_RETAINED
    return TOO_LARGE if len(received.payload) > MOST_BYTES else None


def _refusal(route: Route, arrival: Arrival, reason: str) -> Sequence[Message]:
    try:
        return route.refuse(arrival, reason)
    except Exception:
        log.exception("mqtt refusal failed", door=route.tail)
        return ()


def _keep(route: Route, arrival: Arrival, failure: Exception, uow: UnitOfWork) -> None:
    set_aside.keep(uow, route.tail, arrival, failure)


def _nothing(_uow: UnitOfWork) -> None:
    return
