"""Who hears which fact. A module declares its subscriber; a runner feeds it, once per fact, in order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection

from daybeat.contracts.event import Event
from daybeat.infra.db.unit_of_work import UnitOfWork

E = TypeVar("E", bound=Event)
Handler = Callable[[E, UnitOfWork], None]
AnyOf = TypeVar("AnyOf", bound=Callable[[Any, UnitOfWork], None])


@dataclass(slots=True)
class Subscriber:
    """A named reader of the log with a position of its own.

    `forget` empties its read model so that a replay can rebuild it from the first fact. What a subscriber passes on to
    others cannot be taken back: such a one is not `replayed`. One that changes what its users' own requests change too
    does that `in_turn` with them.
    """

    name: str
    forget: Callable[[Connection], None]
    handlers: dict[type[Event], Handler[Any]] = field(default_factory=dict)
    replayed: bool = True
    in_turn: bool = False

    def on(self, kind: type[E]) -> Callable[[Handler[E]], Handler[E]]:
        """Register the handler for one kind of event."""

        def register(handler: Handler[E]) -> Handler[E]:
            self.handlers[kind] = handler
            return handler

        return register

    def on_any(self, *kinds: type[Event]) -> Callable[[AnyOf], AnyOf]:
        """Register one handler for several kinds of events."""

        def register(handler: AnyOf) -> AnyOf:
            self.handlers.update(dict.fromkeys(kinds, handler))
            return handler

        return register
