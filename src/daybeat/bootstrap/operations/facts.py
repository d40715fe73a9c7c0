"""Whether every fact has arrived where it should: accepted = stored + set aside + dropped + pending, by reader.

What is pending is counted on its own, never as what is left over: in one process by the reader's position, among
separate services by the outbox and by what the broker says of the queue. The tables are read in one snapshot; only the
queue's depth is a moment older or younger, which `judge` knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, String, and_, case, cast, func, select, type_coerce

from daybeat.bootstrap.operations.schemas import Balance, Reader
from daybeat.infra.events.delivery import subscriber_offset
from daybeat.infra.events.handling import inbox
from daybeat.infra.events.log import event_log, newest_seq
from daybeat.infra.events.outbox import event_outbox
from daybeat.infra.events.quarantine import quarantine
from daybeat.infra.events.subscriptions import Subscriber

WINDOW = timedelta(hours=24)
MOST_COUNTED = 20_000
LATEST_COMMIT = timedelta(minutes=1)  # facts are numbered in nearly the order of their times
PATIENCE = timedelta(seconds=15)
DROPPED = "dropped:"
"""Marks the receipts of what a human has dropped, so that nobody counts it as stored."""


@dataclass(frozen=True, slots=True)
class Span:
    """The facts that are counted: numbered above `after`, and not older than `since`."""

    after: int
    since: datetime
    whole_day: bool

    def holds(self) -> ColumnElement[bool]:
        return and_(event_log.c.seq > self.after, event_log.c.occurred_at >= self.since)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the tables say of one subscriber. `unseen` is what they know neither as received nor as waiting."""

    subscriber: Subscriber
    accepted: int
    received: int
    set_aside: int
    dropped: int
    waiting: int
    unseen: int
    oldest_open: datetime | None
    oldest_unseen: datetime | None
    newest_received: datetime | None
    last_receipt: datetime | None

    @property
    def stored(self) -> int:
        return self.received - self.set_aside - self.dropped

    def difference(self, ready: int) -> int:
        """Give what is accepted and neither received nor waiting; less than nothing when something waits twice."""
        return self.accepted - self.received - self.waiting - ready


def last_day(connection: Connection, now: datetime) -> Span:
    """Find the facts of the last day, or the newest of them when they are too many to count again and again."""
    since, newest = now - WINDOW, newest_seq(connection)
    begin, fewest = _last_before(connection, since - LATEST_COMMIT, newest), newest - MOST_COUNTED
    if begin >= fewest:
        return Span(begin, since, whole_day=True)
    first = select(event_log.c.occurred_at).where(event_log.c.seq > fewest).order_by(event_log.c.seq).limit(1)
    return Span(fewest, max(since, connection.execute(first).scalar_one()), whole_day=False)


def count_facts(connection: Connection, subscribers: Sequence[Subscriber], span: Span) -> list[Counts]:
    """Count for every subscriber."""
    counting = _count_embedded if connection.dialect.name == "sqlite" else _count_shared
    return [counting(connection, each, span) for each in subscribers]


def reader_of(counts: Counts, queue: str | None, ready: int | None, now: datetime) -> Reader:
    """Put together what the tables say and how many messages are ready in the queue; None when nobody knows."""
    return Reader(
        name=counts.subscriber.name,
        kind="facts",
        queue=queue,
        can_replay=counts.subscriber.replayed,
        accepted=counts.accepted,
        stored=counts.stored,
        set_aside=counts.set_aside,
        dropped=counts.dropped,
        pending=counts.waiting + (ready or 0),
        oldest_pending_at=counts.oldest_open,
        difference=counts.difference(ready or 0),
        balance=judge(counts, ready, now),
    )


def judge(counts: Counts, ready: int | None, now: datetime) -> Balance:
    """Say whether the figures add up.

    A queue is read in order, so a fact that others have overtaken by more than our patience is nowhere. Other
    differences are what a reader has in its hands, for as long as it gets on.
    """
    if ready is None:
        return "unknown" if counts.unseen else "even"
    gets_on = counts.last_receipt is not None and now - counts.last_receipt < PATIENCE
    difference = counts.difference(ready)
    if _overtaken(counts) or (difference > 0 and not gets_on and _is_old(counts.oldest_unseen, now)):
        return "missing"
    if difference == 0:
        return "even"
    return "moving" if gets_on or difference > 0 else "more"


def _overtaken(counts: Counts) -> bool:
    unseen, received = counts.oldest_unseen, counts.newest_received
    return unseen is not None and received is not None and unseen < received - PATIENCE


def _is_old(instant: datetime | None, now: datetime) -> bool:
    return instant is not None and now - instant > PATIENCE


def _last_before(connection: Connection, instant: datetime, newest: int) -> int:
    """Halve our way to the last fact before an instant: the log has no index by time, and needs none for this."""
    low, high = 0, newest
    while low < high:
        middle = (low + high + 1) // 2
        below = select(event_log.c.seq, event_log.c.occurred_at).where(event_log.c.seq <= middle)
        row = connection.execute(below.order_by(event_log.c.seq.desc()).limit(1)).first()
        if row is None or row.occurred_at < instant:
            low = middle
        else:
            high = row.seq - 1
    return low


_RECEIVED = inbox.c.event_id.is_not(None)
_OPEN = inbox.c.event_id.is_(None)


def _count_embedded(connection: Connection, subscriber: Subscriber, span: Span) -> Counts:
    """Count by the position: everything behind it is to be received, everything before it was."""
    where = select(subscriber_offset.c.seq).where(subscriber_offset.c.subscriber == subscriber.name)
    position = connection.execute(where).scalar_one_or_none() or 0
    waits = event_log.c.seq > position
    row = connection.execute(
        _figures(waits, and_(_OPEN, ~waits))
        .select_from(event_log.outerjoin(inbox, _receipt(subscriber)))
        .where(span.holds(), _concerns(subscriber))
    ).one()
    behind = select(event_log.c.occurred_at).where(waits, _concerns(subscriber)).order_by(event_log.c.seq).limit(1)
    oldest = connection.execute(behind).scalar_one_or_none()
    return _counts(connection, subscriber, span, row, row.oldest_open if oldest is None else oldest)


def _count_shared(connection: Connection, subscriber: Subscriber, span: Span) -> Counts:
    """Count by the outbox. What is neither there nor received is the broker's, or in a reader's hands."""
    leaves = event_outbox.c.event_id.is_not(None)
    tables = event_log.outerjoin(inbox, _receipt(subscriber)).outerjoin(
        event_outbox, event_outbox.c.event_id == event_log.c.id
    )
    row = connection.execute(
        _figures(and_(_OPEN, leaves), and_(_OPEN, ~leaves))
        .select_from(tables)
        .where(span.holds(), _concerns(subscriber))
    ).one()
    return _counts(connection, subscriber, span, row, row.oldest_open)


def _figures(waits: ColumnElement[bool], unseen: ColumnElement[bool]) -> Any:
    at = event_log.c.occurred_at
    return select(
        func.count().label("accepted"),
        func.count(inbox.c.event_id).label("received"),
        func.count(case((waits, 1))).label("waiting"),
        func.count(case((unseen, 1))).label("unseen"),
        func.min(case((_OPEN, at))).label("oldest_open"),
        func.min(case((unseen, at))).label("oldest_unseen"),
        func.max(case((_RECEIVED, at))).label("newest_received"),
        func.max(inbox.c.handled_at).label("last_receipt"),
    )


def _counts(
    connection: Connection, subscriber: Subscriber, span: Span, row: Row[Any], oldest: datetime | None
) -> Counts:
    return Counts(
        subscriber=subscriber,
        accepted=row.accepted,
        received=row.received,
        set_aside=_set_aside(connection, subscriber, span),
        dropped=_dropped(connection, subscriber, span),
        waiting=row.waiting,
        unseen=row.unseen,
        oldest_open=oldest,
        oldest_unseen=row.oldest_unseen,
        newest_received=row.newest_received,
        last_receipt=row.last_receipt,
    )


def _concerns(subscriber: Subscriber) -> ColumnElement[bool]:
    return event_log.c.type.in_([kind.name for kind in subscriber.handlers])


def _receipt(subscriber: Subscriber) -> ColumnElement[bool]:
    return and_(inbox.c.subscriber == subscriber.name, inbox.c.event_id == event_log.c.id)


def _set_aside(connection: Connection, subscriber: Subscriber, span: Span) -> int:
    is_it = _is_referred_to(connection.dialect.name)
    counted = select(func.count()).select_from(quarantine.join(event_log, is_it))
    own = quarantine.c.reader == subscriber.name
    return connection.execute(counted.where(own, span.holds(), _concerns(subscriber))).scalar_one()


def _is_referred_to(dialect: str) -> ColumnElement[bool]:
    """Compare a fact's id with a reference, which is a text: SQLite keeps ids as texts too, without hyphens."""
    if dialect == "sqlite":
        return type_coerce(event_log.c.id, String) == func.replace(quarantine.c.reference, "-", "")
    return cast(event_log.c.id, String) == quarantine.c.reference


def _dropped(connection: Connection, subscriber: Subscriber, span: Span) -> int:
    """Count what was dropped and has not been received anew since, by a replay."""
    marks = inbox.alias("marks")
    tables = marks.join(event_log, event_log.c.id == marks.c.event_id).join(inbox, _receipt(subscriber))
    own = and_(marks.c.subscriber == f"{DROPPED}{subscriber.name}", marks.c.handled_at >= inbox.c.handled_at)
    counted = select(func.count()).select_from(tables)
    return connection.execute(counted.where(own, span.holds(), _concerns(subscriber))).scalar_one()
