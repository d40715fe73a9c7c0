"""All SQL about risks."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, case, delete, select, update

from daybeat.infra.db.upsert import insert_on
from daybeat.modules.insights.models import habit_days
from daybeat.modules.insights.risk_models import UNJUDGED, risks

_CLOSED: Select[Any] = (
    select(habit_days.c.day, habit_days.c.since, habit_days.c.unit, habit_days.c.verdict)
    .where(
        habit_days.c.habit_id == bindparam("habit"),
        habit_days.c.day > bindparam("after"),
        habit_days.c.verdict.is_not(None),
    )
    .order_by(habit_days.c.day)
)


class RiskRepository:
    """Finds and changes the risks of one user through one connection."""

    def __init__(self, connection: Connection, user_id: UUID) -> None:
        self._connection, self._own = connection, risks.c.user_id == user_id

    def stale(self) -> Sequence[Row[Any]]:
        """List the habits whose days are others than when they were judged."""
        query = select(risks).where(self._own, risks.c.stale_from.is_not(None)).order_by(risks.c.habit_id)
        return self._connection.execute(query).all()

    def expected(self) -> Sequence[Row[Any]]:
        """List the habits of which something is expected: those at risk first, then by their chance of a miss."""
        order = risks.c.flagged.desc(), risks.c.miss.is_(None), risks.c.miss.desc(), risks.c.name, risks.c.habit_id
        return self._connection.execute(select(risks).where(self._own, risks.c.day.is_not(None)).order_by(*order)).all()

    def closed_after(self, habit_id: UUID, day: date) -> Sequence[Row[Any]]:
        """List a habit's occurrences that were closed after a day, in their order."""
        return self._connection.execute(_CLOSED, {"habit": habit_id, "after": day}).all()

    def keep(self, habit_id: UUID, values: dict[str, Any]) -> None:
        """Keep what is expected of a habit now."""
        own = risks.c.habit_id == habit_id
        self._connection.execute(update(risks).where(own).values(stale_from=None, **values))


def days_changed(connection: Connection, user_id: UUID, habit_id: UUID, since: date) -> None:
    """Note that a habit is to be judged again, because its days from this one on were read again."""
    row = {**UNJUDGED, "habit_id": habit_id, "user_id": user_id, "stale_from": since}
    connection.execute(_note(connection.dialect.name), row)


def forget_risk(connection: Connection, habit_id: UUID) -> None:
    connection.execute(delete(risks).where(risks.c.habit_id == habit_id))


@cache
def _note(dialect: str) -> Any:
    statement = insert_on(dialect, risks)
    wanted = statement.excluded.stale_from
    earlier = case((risks.c.stale_from < wanted, risks.c.stale_from), else_=wanted)
    return statement.on_conflict_do_update(index_elements=list(risks.primary_key), set_={"stale_from": earlier})
