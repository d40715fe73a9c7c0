"""What devices see of habits: one topic each, `habit/{id}/state`, kept by the broker and as true as the last commit.

A state also grows old by itself: when the user's habit day ends, nothing is done yet. So every listening user has a
turn, due when the day ends, and due at once when somebody begins to listen.
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put
from daybeat.infra.mqtt.retained import listens, want
from daybeat.kit.calendar import DAY, UserCalendar
from daybeat.kit.errors import NotFound
from daybeat.modules.habits.models import turns
from daybeat.modules.habits.ports import CalendarOf
from daybeat.modules.habits.progress import Standing, told, told_day
from daybeat.modules.habits.repository import HabitRepository

NEWS = "habits.turns"
"""The hint that a turn is due."""
AT_ONCE = 50

_DUE = select(turns).where(turns.c.due_at <= bindparam("now")).order_by(turns.c.due_at).limit(1)
_ANY_DUE = select(turns.c.user_id).where(turns.c.due_at <= bindparam("now")).limit(1)


def show(uow: UnitOfWork, user_id: UUID, habit_id: UUID, calendar_of: CalendarOf) -> None:
    """Show one habit as it is now, or that it is gone."""
    if not listens(uow.connection, user_id):
        return
    repository = HabitRepository(uow.connection)
    try:
        row = repository.get(user_id, habit_id)
    except NotFound:
        hide(uow, user_id, habit_id)
        return
    if row.archived_on is not None:
        hide(uow, user_id, habit_id)
    else:
        _show(uow, repository, row, calendar_of(uow.connection, user_id))


def hide(uow: UnitOfWork, user_id: UUID, habit_id: UUID) -> None:
    """Take a habit's topic away."""
    want(uow, user_id, _tail(habit_id), b"")


def show_all_soon(uow: UnitOfWork, user_id: UUID) -> None:
    """Show all habits of a user, right after this commit and in small steps."""
    if listens(uow.connection, user_id):
        put(uow.connection, turns, {"user_id": user_id, "due_at": uow.now, "begin": 0})
        uow.hint(NEWS)


def show_no_more(uow: UnitOfWork, user_id: UUID) -> None:
    """Stop looking at a user's habits: nobody listens."""
    uow.connection.execute(delete(turns).where(turns.c.user_id == user_id))


def is_turn_due(connection: Connection, now: datetime) -> bool:
    return connection.execute(_ANY_DUE, {"now": now}).first() is not None


def take_turn(uow: UnitOfWork, calendar_of: CalendarOf) -> bool:
    """Show the next habits of the user who is due longest; False when nobody is due."""
    turn = uow.connection.execute(_DUE, {"now": uow.now}).first()
    if turn is None:
        return False
    uow.in_turn_of(turn.user_id)
    try:
        calendar = calendar_of(uow.connection, turn.user_id)
    except NotFound:
        show_no_more(uow, turn.user_id)
        return True
    repository = HabitRepository(uow.connection)
    rows = repository.all_of(turn.user_id)[turn.begin : turn.begin + AT_ONCE]
    for row in rows:
        _show(uow, repository, row, calendar)
    own = turns.c.user_id == turn.user_id
    uow.connection.execute(update(turns).where(own).values(_next(turn, len(rows), calendar, uow.now)))
    return True


def _next(turn: Row[Any], shown: int, calendar: UserCalendar, now: datetime) -> dict[str, Any]:
    """Go on with the same user, or wait for the end of their day."""
    if shown == AT_ONCE:
        return {"begin": turn.begin + AT_ONCE}
    tomorrow = calendar.habit_day(now) + DAY
    return {"begin": 0, "due_at": calendar.stays[-1].starts_at(tomorrow)}


def _show(uow: UnitOfWork, repository: HabitRepository, row: Row[Any], calendar: UserCalendar) -> None:
    want(uow, row.user_id, _tail(row.id), _state_of(Standing(repository, row, calendar, calendar.habit_day(uow.now))))


def _state_of(standing: Standing) -> bytes:
    face, stats, row = standing.face(standing.today), told(standing.stats()), standing.row
    day = told_day(face)
    state = {
        "habit_id": str(row.id),
        "name": row.name,
        "date": standing.today.isoformat(),
        "done_today": day.state == "done",
        "state": day.state,
        "amount": day.amount,
        "target": row.rules[-1]["target"],
        "unit": row.unit,
        "streak": stats.streak,
        "best_streak": stats.best_streak,
        "strength": stats.strength,
    }
    return json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()


def _tail(habit_id: UUID) -> str:
    return f"habit/{habit_id}/state"
