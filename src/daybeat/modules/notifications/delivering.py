"""What is written down around a message that goes out: that it is on its way, and what came of it.

A place is held while something is sent there, so its messages keep their order, however many processes send. Whoever
dies in between leaves deliveries on their way; when the hold runs out they are sent again, and that is counted.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.notifications.channels.port import Gone, Later, Refused, Trouble
from daybeat.modules.notifications.domain.attempts import Waiting, wait_after
from daybeat.modules.notifications.messages import Links, Parcel, parcels
from daybeat.modules.notifications.repository import ChannelRepository, DeliveryRepository, TemplateRepository
from daybeat.modules.notifications.telling import OwnWords

HOLD = timedelta(seconds=20)
AT_ONCE = 500  # deliveries looked at
IN_A_ROW = 10  # for one place
TURN = "notifications.sending"
LONGEST_REASON, LONGEST_REFERENCE = 300, 200
KEPT_FOR = timedelta(days=90)
OVER = {"waiting_since": None}


class Next(Enum):
    """What happens at a place after a message."""

    GO_ON = "go on"
    WAIT = "wait"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be sent to one place, in order."""

    channel_id: UUID
    kind: str
    address: dict[str, Any]
    parcels: Sequence[Parcel]


def kinds_due(connection: Connection, kinds: Sequence[str], now: datetime) -> list[str]:
    """List the kinds of channels for which something can go out now."""
    repository = DeliveryRepository(connection)
    if not repository.is_anything_due(now):
        return []
    return [kind for kind in kinds if repository.due(kind, now, 1)]


def claim(uow: UnitOfWork, kind: str, places: int, links: Links) -> list[Batch]:
    """Take what waits for so many places of a kind of channel, and hold them."""
    uow.in_turn_of(TURN)
    repository = DeliveryRepository(uow.connection)
    rows = _in_time(repository.due(kind, uow.now, AT_ONCE), repository, uow)
    by_place = defaultdict[UUID, list[Row[Any]]](list)
    for row in rows:
        if (row.channel_id in by_place or len(by_place) < places) and len(by_place[row.channel_id]) < IN_A_ROW:
            by_place[row.channel_id].append(row)
    marked = repository.mark_sending([row for waiting in by_place.values() for row in waiting])
    wanted = {place: [row for row in waiting if row.id in marked] for place, waiting in by_place.items()}
    taken = {place: waiting for place, waiting in wanted.items() if waiting}
    ChannelRepository(uow.connection).hold(list(taken), uow.now + HOLD)
    return [_batch(place, waiting, links, uow) for place, waiting in taken.items()]


def _in_time(rows: Sequence[Row[Any]], repository: DeliveryRepository, uow: UnitOfWork) -> list[Row[Any]]:
    """Leave out what helps nobody any more, and say so."""
    late = [row.id for row in rows if _waiting(row).is_late(uow.now)]
    if late:
        repository.settle(late, state="dropped", reason="too late", **OVER)
    gone = set(late)
    return [row for row in rows if row.id not in gone]


def _batch(place: UUID, rows: Sequence[Row[Any]], links: Links, uow: UnitOfWork) -> Batch:
    words = OwnWords(TemplateRepository(uow.connection).all_of(rows[0].user_id))
    return Batch(place, rows[0].channel_kind, rows[0].channel_address, parcels(rows, words, links))


def is_wanted(connection: Connection, parcel: Parcel) -> bool:
    """Tell whether a message that waited for its turn has anything to say still."""
    return DeliveryRepository(connection).on_the_way(parcel.ids)


def note_sent(uow: UnitOfWork, batch: Batch, parcel: Parcel, reference: str | None) -> None:
    """Write down that a message went out, and go on holding the place."""
    together = "said together with others" if len(parcel.deliveries) > 1 else None
    reference = reference[:LONGEST_REFERENCE] if reference else None
    settled = {"state": "sent", "sent_at": uow.now, "reason": together, "reference": reference, **OVER}
    DeliveryRepository(uow.connection).settle(parcel.ids, **settled)
    fine = {"state": "ok", "failing_since": None, "last_error": None, "last_sent_at": uow.now}
    ChannelRepository(uow.connection).change(batch.channel_id, hold_until=uow.now + HOLD, **fine)


def note_trouble(uow: UnitOfWork, batch: Batch, parcel: Parcel, trouble: Trouble) -> Next:
    """Write down why a message did not go out; gives what happens at its place."""
    reason = str(trouble)[:LONGEST_REASON]
    if isinstance(trouble, Gone):
        _give_up(parcel, reason, uow)
        if ChannelRepository(uow.connection).is_at(batch.channel_id, batch.address):  # or it has moved meanwhile
            _fails(batch.channel_id, "blocked", reason, uow)
        return Next.STOP
    if isinstance(trouble, Refused):
        _give_up(parcel, reason, uow)
        _fails(batch.channel_id, "failing", reason, uow)
        return Next.GO_ON
    _fails(batch.channel_id, "failing", reason, uow)
    return _wait(batch, parcel, reason, trouble.after if isinstance(trouble, Later) else None, uow)


def release(uow: UnitOfWork, batch: Batch, following: Next) -> None:
    """Let a place go, or let it wait; what was taken for it and not tried waits on."""
    untried = [each for parcel in batch.parcels for each in parcel.ids]
    DeliveryRepository(uow.connection).give_back(untried)
    if following is not Next.WAIT:
        ChannelRepository(uow.connection).hold([batch.channel_id], None)


def _wait(batch: Batch, parcel: Parcel, reason: str, asked: float | None, uow: UnitOfWork) -> Next:
    """Let the whole place wait, so that nothing overtakes, unless the message has been tried long enough."""
    first = parcel.deliveries[0]
    until = uow.now + wait_after(first.attempts, asked)
    ChannelRepository(uow.connection).hold([batch.channel_id], until)
    if _waiting(first).is_late(until):
        _give_up(parcel, reason, uow)
    else:
        tried = {"state": "failed", "reason": reason, "attempts": first.attempts + 1}
        DeliveryRepository(uow.connection).settle_unsent(parcel.ids, **tried)
    return Next.WAIT


def _give_up(parcel: Parcel, reason: str, uow: UnitOfWork) -> None:
    attempts = parcel.deliveries[0].attempts + 1
    dead = {"state": "dead", "reason": reason, "attempts": attempts, **OVER}
    DeliveryRepository(uow.connection).settle_unsent(parcel.ids, **dead)


def _fails(channel_id: UUID, state: str, reason: str, uow: UnitOfWork) -> None:
    """Say that a channel fails. Where nobody can be reached, nothing waits and nothing is sent until its user acts."""
    ChannelRepository(uow.connection).fail(channel_id, state, reason, uow.now)
    if state == "blocked":
        DeliveryRepository(uow.connection).drop_of(channel_id, "this channel is blocked")


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(row.created_at, row.attempts, row.expires_at)


def forget_old_deliveries(uow: UnitOfWork) -> None:
    """Drop what was told long ago."""
    DeliveryRepository(uow.connection).forget_before(uow.now - KEPT_FOR)
