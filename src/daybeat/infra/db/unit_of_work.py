"""One unit of work: what a handler may do to the database, and the facts it leaves behind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from daybeat.contracts.event import Event
from daybeat.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a unit of work came from, so that its events can say so."""

    source: str = "system"
    device: str | None = None
    correlation_id: str = field(default_factory=lambda: str(new_id()))
    causation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it stands in the log. `user_seq` counts the facts of this user without a gap."""

    id: UUID
    user_seq: int
    event: Event
    occurred_at: datetime
    origin: Origin


class UnitOfWork:
    """Changes and events that become true together, or not at all. Handlers never commit."""

    def __init__(self, connection: Connection, now: datetime, origin: Origin) -> None:
        self.connection = connection
        self.now = now
        self.origin = origin
        self.events: list[Event] = []
        self.stored: Sequence[StoredEvent] = ()
        self.hints: set[str] = set()

    def record(self, event: Event) -> None:
        """Leave a fact; it is written to the log with the changes it speaks of."""
        self.events.append(event)

    def hint(self, topic: str) -> None:
        """Wake whoever waits for the topic, after the commit. Nothing may depend on it but speed."""
        self.hints.add(topic)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Try a part of the work: when it raises, its changes and its facts are taken back."""
        recorded = len(self.events)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self.events[recorded:]
            raise
