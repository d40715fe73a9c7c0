"""Marking what a fact made stale. It costs one row, however many days have to be read again because of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, case, delete, func, select, update

from daybeat.infra.db.upsert import insert_on, put_new
from daybeat.modules.insights.models import marks

MOODS, TIMES, DAYS = "moods", "times", "days"
EASTERNMOST = timedelta(hours=14)
"""Where a day is over first, ahead of UTC."""
ALWAYS = (MOODS, TIMES, DAYS)
"""The sources that every user has; all others are habits. `DAYS` is what those come to together."""


def mark(connection: Connection, user_id: UUID, source: str, since: date) -> None:
    """Say that the days of a source from this one on are not what they were."""
    connection.execute(_mark(connection.dialect.name), {"user_id": user_id, "source": source, "stale_from": since})


def mark_all(connection: Connection, user_id: UUID) -> None:
    """Say that nothing of a user is certain any more."""
    connection.execute(update(marks).where(marks.c.user_id == user_id).values(stale_from=date.min))


def is_fresh(connection: Connection, user_id: UUID, today: date) -> bool:
    """Tell whether everything was read up to yesterday, and nothing changed since."""
    closed = today - timedelta(days=1)
    known = connection.execute(select(marks).where(marks.c.user_id == user_id)).all()
    return bool(known) and not any(is_stale(row, closed) for row in known)


def is_stale(row: Row[Any], closed: date) -> bool:
    return row.stale_from is not None or row.through is None or row.through != closed


def take_marks(connection: Connection, user_id: UUID, sources: Sequence[str]) -> Sequence[Row[Any]]:
    """Lock the marks of a user, those of new sources included: who marks meanwhile waits, and marks again after us."""
    known = {row.source for row in lock_marks(connection, user_id)}
    for source in sorted(set(sources) - known):
        put_new(connection, marks, {"user_id": user_id, "source": source, "stale_from": date.min, "through": None})
    return lock_marks(connection, user_id)


def lock_marks(connection: Connection, user_id: UUID) -> Sequence[Row[Any]]:
    """Lock the marks there are, all and in order: two who lock them one by one would wait for each other."""
    own = select(marks).where(marks.c.user_id == user_id).order_by(marks.c.source).with_for_update()
    return connection.execute(own).all()


def clear_marks(connection: Connection, user_id: UUID, sources: Sequence[str], closed: date) -> None:
    """Say that these are read up to the last closed day."""
    read = (marks.c.user_id == user_id) & marks.c.source.in_(sources)
    connection.execute(update(marks).where(read).values(stale_from=None, through=closed))


def forget_source(connection: Connection, user_id: UUID, source: str) -> None:
    connection.execute(delete(marks).where(marks.c.user_id == user_id, marks.c.source == source))


@cache
def _mark(dialect: str) -> Any:
    statement = insert_on(dialect, marks)
    wanted = statement.excluded.stale_from
    earlier = case((marks.c.stale_from < wanted, marks.c.stale_from), else_=wanted)
    return statement.on_conflict_do_update(index_elements=list(marks.primary_key), set_={"stale_from": earlier})


def lagging(connection: Connection, now: datetime, most: int) -> Sequence[tuple[UUID, date]]:
    """Find users of whom a day was not read that is over somewhere on earth, and the last one that was read.

    Those come first who wait longest. Whether the day is over where they live is theirs to say.
    """
    behind = func.min(marks.c.through)
    yesterday = (now + EASTERNMOST).date() - timedelta(days=1)
    query = select(marks.c.user_id, behind).group_by(marks.c.user_id).having(behind < yesterday)
    return [(user_id, through) for user_id, through in connection.execute(query.order_by(behind).limit(most))]
