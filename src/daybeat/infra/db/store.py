"""The one door to the database: `read` looks, `write` changes, and nothing is answered before it is committed."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine

from daybeat.infra.db.unit_of_work import Origin, StoredEvent, UnitOfWork
from daybeat.kit.errors import DomainError, Kind

T = TypeVar("T")

OnCommit = Callable[[Sequence[StoredEvent]], None]
OnHint = Callable[[], None]


class StoreUnavailable(DomainError):
    """Daybeat cannot write right now. Nothing was changed; try again in a moment."""

    kind = Kind.UNAVAILABLE


class OutcomeUnknown(DomainError):
    """The database went away before it answered. Ask again, with the same Idempotency-Key, to be sure."""

    kind = Kind.UNAVAILABLE


class Store(Protocol):
    """Runs plain synchronous functions against the database: `read` and `write` for asyncio, the others for threads.

    A unit of work may be run more than once before it is committed, so it changes nothing but the database.
    """

    engine: Engine

    async def read(self, look: Callable[[Connection], T]) -> T:
        """Run a query on one consistent snapshot."""
        ...

    async def write(self, work: Callable[[UnitOfWork], T], origin: Origin | None = None) -> T:
        """Run a unit of work; done means committed and on the disk. An exception means nothing of it happened."""
        ...

    def read_now(self, look: Callable[[Connection], T]) -> T: ...

    def write_now(self, work: Callable[[UnitOfWork], T], origin: Origin | None = None) -> T: ...

    def on_commit(self, listener: OnCommit) -> None:
        """Call the listener after each commit of this process with the facts it made true."""
        ...

    def on_hint(self, topic: str, listener: OnHint) -> None:
        """Call the listener after each commit, of whatever process, in which somebody gave a hint of this topic."""
        ...

    def close(self) -> None:
        """Finish what was accepted, then let go."""
        ...
