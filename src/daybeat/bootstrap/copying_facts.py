"""What becomes of positions: on PostgreSQL nobody has one, so facts that somebody has not handled are relayed.

The broker hands such a fact to all who listen to its kind. Those who have handled it already are known by a receipt;
they get one that counts from today, because their own may be forgotten, or about to be.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, literal, not_, or_, select
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from daybeat.bootstrap.readers import SUBSCRIBERS
from daybeat.infra.events.delivery import subscriber_offset
from daybeat.infra.events.handling import inbox
from daybeat.infra.events.log import event_log
from daybeat.infra.events.outbox import event_outbox
from daybeat.infra.events.subscriptions import Subscriber


def facts_on_their_way(source: Connection, target: Connection, now: datetime) -> int:
    """Put into the outbox what some subscriber still has to handle, and keep it from the others; gives how many."""
    reached = {row.subscriber: row.seq for row in source.execute(select(subscriber_offset))}
    unhandled = [_unhandled(each, reached.get(each.name, 0)) for each in SUBSCRIBERS]
    numbered = select(func.row_number().over(order_by=event_log.c.seq), event_log.c.id)
    target.execute(insert(event_outbox).from_select(["no", "event_id"], numbered.where(or_(*unhandled))))
    for subscriber, its_own in zip(SUBSCRIBERS, unhandled, strict=True):
        _protect(subscriber, its_own, target, now)
    return target.execute(select(func.count()).select_from(event_outbox)).scalar_one()


def _unhandled(subscriber: Subscriber, position: int) -> ColumnElement[bool]:
    """Tell which facts a subscriber has neither passed nor got a receipt for."""
    received = select(inbox).where(inbox.c.subscriber == subscriber.name, inbox.c.event_id == event_log.c.id)
    return and_(_concerns(subscriber), event_log.c.seq > position, not_(received.exists()))


def _concerns(subscriber: Subscriber) -> ColumnElement[bool]:
    return event_log.c.type.in_([kind.name for kind in subscriber.handlers])


def _protect(subscriber: Subscriber, unhandled: ColumnElement[bool], target: Connection, now: datetime) -> None:
    """Give a receipt for what comes to a subscriber only because of others."""
    handled = (
        select(literal(subscriber.name), event_log.c.id, literal(now, inbox.c.handled_at.type))
        .join(event_outbox, event_outbox.c.event_id == event_log.c.id)
        .where(_concerns(subscriber), not_(unhandled))
    )
    receipts = insert_or_change(inbox).from_select(["subscriber", "event_id", "handled_at"], handled)
    from_today = {"handled_at": receipts.excluded.handled_at}
    target.execute(receipts.on_conflict_do_update(index_elements=list(inbox.primary_key), set_=from_today))
