"""What is stored in one commit, and names for events that came without one.

A message of somebody else's program has no id, and may be delivered again after a crash. Its events are named after
what the message says and how often that was said: the first, second, third of its kind. A message the broker delivers
*again* gets the names such messages had, so what was stored stays stored once. Two messages that say the same, of
which just one was stored when the connection broke, are the one case this cannot tell apart; a `message_id` can.
"""

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import Connection, select

from daybeat.modules.activity.event import ActivityEvent
from daybeat.modules.activity.models import user_activities
from daybeat.modules.activity.refused import Refusal

UNACKNOWLEDGED_FOR = timedelta(minutes=10)  # longer than any broker waits before it gives a connection up
MOST_REMEMBERED = 10_000
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Nameless:
    """An event without an id. `again` counts such messages that came again on this connection; None: it is new."""

    event: ActivityEvent
    saying: str
    again: int | None


@dataclass(slots=True)
class Batch:
    """Events and refusals that become true together. `in_doubt`: a commit was tried and nobody knows its outcome."""

    events: Sequence[ActivityEvent]
    refused: Sequence[Refusal] = ()
    nameless: Sequence[Nameless] = ()
    in_doubt: bool = False
    tried: bool = False


class Sayings:
    """Remembers how often a thing was said, so that the next free name is found at once."""

    def __init__(self) -> None:
        self._next: OrderedDict[str, int] = OrderedDict()

    def name(self, batch: Batch, connection: Connection, now: datetime) -> None:
        """Name what has no name. Whoever calls is the only one who writes.

        The numbers of a try that came to nothing are given again: with a gap, what comes again would look new.
        """
        for each in batch.nameless if batch.tried else ():
            self._next.pop(each.saying, None)
        batch.tried = True
        stored = _stored(
            connection, {_name(each.saying, each.again) for each in batch.nameless if each.again is not None}
        )
        fresh = []
        for each in batch.nameless:
            name = None if each.again is None else _name(each.saying, each.again)
            at = stored.get(name) if name is not None else None
            if name is None or (at is not None and at < now - UNACKNOWLEDGED_FOR):
                fresh.append(each)
            else:
                each.event.event_id = name
        self._name_fresh(fresh, connection)

    def _name_fresh(self, fresh: Sequence[Nameless], connection: Connection) -> None:
        """Try the next number of each saying until all have one that is free."""
        while fresh:
            numbers = self._count_on(fresh)
            names = [_name(each.saying, number) for each, number in zip(fresh, numbers, strict=True)]
            taken = _stored(connection, set(names))
            for each, name in zip(fresh, names, strict=True):
                each.event.event_id = name
            fresh = [each for each, name in zip(fresh, names, strict=True) if name in taken]

    def _count_on(self, fresh: Iterable[Nameless]) -> list[int]:
        numbers = []
        for each in fresh:
            number = self._next.pop(each.saying, 0)
            self._next[each.saying] = number + 1
            numbers.append(number)
        while len(self._next) > MOST_REMEMBERED:
            self._next.popitem(last=False)
        return numbers


class Again:
    """Counts what comes again on one connection."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def number(self, saying: str) -> int:
        self._counts[saying] += 1
        return self._counts[saying] - 1


def saying_of(body: bytes, place: int) -> str:
    """Give what stands for a part of a message."""
    return f"{hashlib.sha256(body).hexdigest()}/{place}"


def name_in_message(message_id: str, place: int) -> UUID:
    """Name a part of a message that has an id."""
    return uuid5(NAMESPACE_OID, f"{message_id}/{place}")


def _name(saying: str, number: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"{saying}/{number}")


def _stored(connection: Connection, names: set[UUID]) -> Mapping[UUID, datetime]:
    """Tell which of these are stored, and since when."""
    wanted, found = list(names), {}
    for first in range(0, len(wanted), AT_ONCE):
        query = select(user_activities.c.event_id, user_activities.c.received_at).where(
            user_activities.c.event_id.in_(wanted[first : first + AT_ONCE])
        )
        found.update({row.event_id: row.received_at for row in connection.execute(query)})
    return found
