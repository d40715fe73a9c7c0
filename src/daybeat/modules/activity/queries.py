"""Looking at events."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, true

from daybeat.modules.activity.models import activity_counts, user_activities

_NEWEST = select(func.max(user_activities.c.id))
MOST_COUNTS = 10_000
MOST_LATEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events: all accounts' when `account` is None."""

    account: UUID | None
    user_id: int | None = None
    event_type: str | None = None
    first: datetime | None = None
    last: datetime | None = None

    def holds(self) -> ColumnElement[bool]:
        """Say it in SQL."""
        table = user_activities.c
        said = [
            *([] if self.account is None else [table.account_id == self.account]),
            *([] if self.user_id is None else [table.user_id == self.user_id]),
            *([] if self.event_type is None else [table.event_type == self.event_type]),
            *([] if self.first is None else [table.timestamp >= self.first]),
            *([] if self.last is None else [table.timestamp < self.last]),
        ]
        return and_(true(), *said)


def newest(connection: Connection) -> int:
    """Give the number of the newest event, 0 when there is none."""
    return connection.execute(_NEWEST).scalar_one() or 0


def events_before(connection: Connection, wanted: Wanted, before: int | None, limit: int) -> Sequence[Row[Any]]:
    """List events numbered below `before`, the newest first."""
    query = select(user_activities).where(wanted.holds())
    if before is not None:
        query = query.where(user_activities.c.id < before)
    return connection.execute(query.order_by(user_activities.c.id.desc()).limit(limit)).all()


def events_after(connection: Connection, wanted: Wanted, after: int, limit: int) -> Sequence[Row[Any]]:
    """List events numbered above `after`, the oldest first."""
    query = select(user_activities).where(wanted.holds(), user_activities.c.id > after)
    return connection.execute(query.order_by(user_activities.c.id).limit(limit)).all()


def latest_of(connection: Connection, account: UUID, after: int, last: int) -> Sequence[Row[Any]]:
    """List an account's events numbered above `after` and up to `last`, the oldest first; a thousand at most."""
    table = user_activities.c
    query = select(user_activities).where(table.account_id == account, table.id > after, table.id <= last)
    return connection.execute(query.order_by(table.id.desc()).limit(MOST_LATEST)).all()[::-1]


def those_between(
    connection: Connection, after: int, last: int, accounts: Collection[UUID], kinds: Collection[str], limit: int
) -> Sequence[Row[Any]]:
    """List events of these accounts and types, numbered above `after` and up to `last`, the oldest first."""
    table = user_activities.c
    query = select(user_activities).where(
        table.id > after, table.id <= last, table.account_id.in_(accounts), table.event_type.in_(kinds)
    )
    return connection.execute(query.order_by(table.id).limit(limit)).all()


def counts_between(
    connection: Connection, account: UUID | None, first: datetime | None, last: datetime | None
) -> Sequence[Any]:
    """Tell how many events of each type happened in each hour, the newest hour first."""
    table = activity_counts.c
    query = select(table.event_type, table.hour, func.sum(table.n).label("n"))
    if account is not None:
        query = query.where(table.account_id == account)
    if first is not None:
        query = query.where(table.hour >= first.replace(minute=0, second=0, microsecond=0))
    if last is not None:
        query = query.where(table.hour < last)
    grouped = query.group_by(table.event_type, table.hour).order_by(table.hour.desc(), table.event_type)
    return list(connection.execute(grouped.limit(MOST_COUNTS)))
