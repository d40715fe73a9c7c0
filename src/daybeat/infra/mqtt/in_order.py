"""Keeps messages in their order although the store is given many at once and may lose some of its commits."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from daybeat.infra.db.unit_of_work import StoredEvent, UnitOfWork
from daybeat.infra.events.delivery import INFRASTRUCTURE

T = TypeVar("T")


class Held(Exception):
    """The one before has not happened, so this one must not either."""


class InOrder:
    """Lets a unit of work happen only when the one before it did: in the same transaction, or committed for good.

    Places are given on one thread, units run on the store's writing thread, one after another, and a commit is told
    there before the next unit begins.
    """

    def __init__(self) -> None:
        self._given = self._reached = 0
        self._transaction: object = None
        self._committed = True

    def begin(self) -> None:
        """Start counting anew; only called while no unit is on its way."""
        self._given = self._reached = 0
        self._committed = True

    def in_place(self, work: Callable[[UnitOfWork], T]) -> Callable[[UnitOfWork], T]:
        """Give the work the next place."""
        place, self._given = self._given, self._given + 1
        return partial(self._run, place, work)

    def on_commit(self, _facts: Sequence[StoredEvent]) -> None:
        self._committed = True

    def _run(self, place: int, work: Callable[[UnitOfWork], T], uow: UnitOfWork) -> T:
        """Do the work in its place. A refusal has happened, too; a database that is away has not let it happen."""
        transaction = uow.connection.get_transaction()
        if place != self._reached or not (self._committed or transaction is self._transaction):
            raise Held
        try:
            result = work(uow)
        except INFRASTRUCTURE:
            raise
        except Exception:
            self._happened(transaction)
            raise
        self._happened(transaction)
        return result

    def _happened(self, transaction: object) -> None:
        self._reached += 1
        self._transaction, self._committed = transaction, False
