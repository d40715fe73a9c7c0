"""The one door to the database: `read` looks, `write` changes, and nothing is answered before it is committed."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import Origin, StoredEvent, UnitOfWork

T = TypeVar("T")

OnCommit = Callable[[Sequence[StoredEvent]], None]
OnHint = Callable[[], None]


class Store(Protocol):
    """Runs plain synchronous functions against the database on behalf of asynchronous doors."""

    def read(self, look: Callable[[Connection], T]) -> Awaitable[T]:
        """Run a query on one consistent snapshot."""
        ...

    def write(self, work: Callable[[UnitOfWork], T], origin: Origin = ...) -> Awaitable[T]:
        """Run a unit of work; done means committed and on the disk. An exception means nothing of it happened."""
        ...

    def on_commit(self, listener: OnCommit) -> None:
        """Call the listener after each commit, in commit order, with the facts it made true."""
        ...

    def on_hint(self, topic: str, listener: OnHint) -> None:
        """Call the listener after each commit in which a unit of work gave a hint of this topic."""
        ...
