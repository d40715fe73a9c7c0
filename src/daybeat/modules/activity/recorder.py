"""The recorder: batches from the queue into the table, one commit each, acknowledged after it."""

import asyncio
from collections.abc import Sequence
from typing import Protocol
from uuid import NAMESPACE_OID, uuid5

from daybeat.kit.clock import Clock
from daybeat.modules.activity.batch import Again, Batch, Nameless, name_in_message, saying_of
from daybeat.modules.activity.event import NOBODY
from daybeat.modules.activity.figures import RecorderFigures
from daybeat.modules.activity.messages import Bad, read_message
from daybeat.modules.activity.refused import Refusal
from daybeat.modules.activity.store import ActivityStore


class Delivered(Protocol):
    """A message as the broker hands it over."""

    @property
    def body(self) -> bytes: ...
    @property
    def message_id(self) -> str | None: ...
    @property
    def redelivered(self) -> bool | None: ...


class Recorder:
    """Stores what messages hold. A batch that is tried again is the same batch: its events keep their names."""

    def __init__(self, store: ActivityStore, clock: Clock, figures: RecorderFigures) -> None:
        self._store, self._clock, self._figures = store, clock, figures
        self._again = Again()
        self._messages: Sequence[Delivered] = ()
        self._batch = Batch(())

    def begin(self) -> None:
        """Count anew what comes again: a connection has begun."""
        self._again = Again()
        self._messages = ()

    async def record(self, messages: Sequence[Delivered]) -> None:
        """Store a batch; raises while the database is away, and then nobody knows what became of it."""
        await asyncio.to_thread(self._record, messages)
        self._figures.recorded.inc(len(self._batch.events))
        self._figures.refused.inc(len(self._batch.refused))

    def _record(self, messages: Sequence[Delivered]) -> None:
        if messages is not self._messages:
            self._messages, self._batch = messages, self._read(messages)
        with self._figures.storing.time():
            self._store.append(self._batch)

    def _read(self, messages: Sequence[Delivered]) -> Batch:
        now = self._clock.now()
        batch = Batch(events := [], refused := [], nameless := [])
        for message in messages:
            contents = read_message(message.body, now)
            for place, event in contents.events:
                events.append(event)
                if event.event_id is not None:
                    continue
                if message.message_id:
                    event.event_id = name_in_message(message.message_id, place)
                else:
                    saying = saying_of(message.body, place)
                    again = self._again.number(saying) if message.redelivered else None
                    nameless.append(Nameless(event, saying, again))
            refused += [_refusal(message, bad) for bad in contents.bad]
        return batch


def _refusal(message: Delivered, bad: Bad) -> Refusal:
    """Keep what is no event under a name of its own, so that it stands there once."""
    name = uuid5(NAMESPACE_OID, f"{message.message_id or ''}/{saying_of(message.body, bad.place)}")
    return Refusal(name, NOBODY, bad.body, bad.reason)
