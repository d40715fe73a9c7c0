"""How far the rules have read. Where nobody has said, nothing is read: what was stored before belongs to no rule.

That is so after a move to another database too, whose events are numbered anew.
"""

from sqlalchemy import Connection, select

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put, put_new
from daybeat.infra.queues.table import queue_positions
from daybeat.modules.activity.messages import QUEUE

READER = "activity.rules"
_PLACE = {"queue": QUEUE, "reader": READER}


def reached_by_rules(connection: Connection) -> int | None:
    """Give the number of the last event that was looked at; None: nobody has begun."""
    own = (queue_positions.c.queue == QUEUE) & (queue_positions.c.reader == READER)
    return connection.execute(select(queue_positions.c.no).where(own)).scalar_one_or_none()


def rules_have_reached(uow: UnitOfWork, number: int) -> None:
    put(uow.connection, queue_positions, {**_PLACE, "no": number})


def begin_behind(uow: UnitOfWork, number: int) -> None:
    """Begin behind an event, unless somebody has begun already."""
    put_new(uow.connection, queue_positions, {**_PLACE, "no": number})
