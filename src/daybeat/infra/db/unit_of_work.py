"""One unit of work: what a handler may do to the database, and the facts it leaves behind."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from sqlalchemy import Connection, text

from daybeat.contracts.event import Event
from daybeat.kit.ids import new_id

_TAKE_TURNS = text("SELECT pg_advisory_xact_lock(turn) FROM unnest(CAST(:turns AS bigint[])) AS turn")
_TRY_TURN = text("SELECT pg_try_advisory_xact_lock(:turn)")


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
        self.events: list[tuple[Event, Origin]] = []
        self.stored: Sequence[StoredEvent] = ()
        self.hints: set[str] = set()
        self._finishing: dict[Hashable, Callable[[], None]] = {}

    def record(self, event: Event) -> None:
        """Leave a fact; it is written to the log with the changes it speaks of."""
        self.events.append((event, self.origin))

    def hint(self, topic: str) -> None:
        """Wake whoever waits for the topic, after the commit. Nothing may depend on it but speed."""
        self.hints.add(topic)

    def once(self, key: Hashable, work: Callable[[], None]) -> bool:
        """Do something when the other work is done, once for all who want the same; tells whether this is the first."""
        is_first = key not in self._finishing
        self._finishing[key] = work
        return is_first

    def finish(self) -> None:
        """Do what was put off."""
        while self._finishing:
            _, work = self._finishing.popitem()
            work()

    def in_turn_of(self, *whom: UUID | str) -> bool:
        """Wait until no other unit works for these users, or under this name, and keep them to us until the end.

        Tells whether there may have been others: then what was read before has to be read again. One writer needs no
        turns.
        """
        shared = self.connection.dialect.name == "postgresql" and bool(whom)
        if shared:
            self.connection.execute(_TAKE_TURNS, {"turns": sorted({_turn(each) for each in whom})})
        return shared

    def has_turn(self, name: str) -> bool:
        """Take the turn of this name unless somebody has it; tells whether it is ours until the end."""
        if self.connection.dialect.name != "postgresql":
            return True
        return bool(self.connection.execute(_TRY_TURN, {"turn": _turn(name)}).scalar_one())

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Try a part of the work: when it raises, its changes and its facts are taken back."""
        recorded, put_off = len(self.events), dict(self._finishing)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self.events[recorded:]
            self._finishing = put_off
            raise


def _turn(whom: UUID | str) -> int:
    """Number a turn as PostgreSQL's advisory locks want it. Two that share one wait in vain, no more."""
    digest = blake2b(whom.bytes if isinstance(whom, UUID) else whom.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
