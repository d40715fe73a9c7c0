"""What has been committed and not yet handed to the broker. A row goes when the broker has confirmed the fact.

Numbers do not commit in order, so nobody keeps a position in the log: whoever relays takes what is here, lowest number
first. Facts of one user are numbered while their unit of work has the user's turn, so theirs are in order.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from daybeat.infra.db.schema import metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.log import event_log

FACTS = "facts"
"""The hint that there are new facts."""

event_outbox = Table(
    "event_outbox",
    metadata,
    Column("no", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("event_id", Uuid, ForeignKey("event_log.id", ondelete="CASCADE"), nullable=False, index=True),
)

_PUT = insert(event_outbox)
_WAITING = (
    select(event_log, event_outbox.c.no)
    .join_from(event_outbox, event_log, event_log.c.id == event_outbox.c.event_id)
    .order_by(event_outbox.c.no)
    .limit(bindparam("most"))
)
_COUNT = select(func.count().label("n"), func.min(event_log.c.occurred_at).label("since")).join_from(
    event_outbox, event_log, event_log.c.id == event_outbox.c.event_id
)


def put_facts(uow: UnitOfWork) -> None:
    """Note the unit's facts as not yet relayed, in the same commit."""
    if uow.stored:
        uow.connection.execute(_PUT, [{"event_id": fact.id} for fact in uow.stored])


def waiting_facts(connection: Connection, most: int) -> Sequence[Row[Any]]:
    """List what the broker does not have yet, with the rows of the log."""
    return connection.execute(_WAITING, {"most": most}).all()


def relayed(connection: Connection, numbers: Sequence[int]) -> None:
    """Note that the broker has these."""
    if numbers:
        connection.execute(delete(event_outbox).where(event_outbox.c.no.in_(numbers)))


def waiting_in_outbox(connection: Connection) -> Row[Any]:
    """Count what waits, with the time of the oldest."""
    return connection.execute(_COUNT).one()
