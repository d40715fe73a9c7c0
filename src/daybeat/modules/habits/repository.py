"""All SQL about habits, check-ins and kept tallies."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from daybeat.infra.db.upsert import put
from daybeat.kit.calendar import UserCalendar
from daybeat.kit.errors import NotFound
from daybeat.modules.habits.domain.check_in import CheckIn
from daybeat.modules.habits.domain.history import History
from daybeat.modules.habits.domain.rules import CheckInState, Mark
from daybeat.modules.habits.domain.streaks import LOOK_BACK, Tally
from daybeat.modules.habits.models import check_ins, habits, tallies
from daybeat.modules.habits.storage import pauses_from, rule_from

_TALLY_FIELDS = [field.name for field in fields(Tally)]
_KEPT = [tallies.c[name].label(f"tally_{name}") for name in _TALLY_FIELDS]
_WITH_TALLY = select(habits, *_KEPT).outerjoin(tallies, tallies.c.habit_id == habits.c.id)
_MARKS = (
    select(
        check_ins.c.day,
        func.min(check_ins.c.state).label("state"),  # done, no, skip: what outranks comes first in the alphabet
        func.sum(check_ins.c.amount).label("amount"),
        func.count().label("count"),
    )
    .where(check_ins.c.habit_id == bindparam("habit"), check_ins.c.day.between(bindparam("since"), bindparam("until")))
    .group_by(check_ins.c.day)
)
_ONE = _WITH_TALLY.where(habits.c.id == bindparam("habit"), habits.c.user_id == bindparam("user"))
_ON_DAY = (
    select(check_ins)
    .where(check_ins.c.habit_id == bindparam("habit"), check_ins.c.day == bindparam("day"))
    .order_by(check_ins.c.at, check_ins.c.id)
)
_ADD = insert(check_ins)
_REMOVE = delete(check_ins).where(check_ins.c.id == bindparam("check_in"))


class HabitRepository:
    """Finds and changes habits through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, user_id: UUID, habit_id: UUID) -> Row[Any]:
        """Find one habit of the user's with its kept tally; another user's habit does not exist."""
        row = self._connection.execute(_ONE, {"habit": habit_id, "user": user_id}).one_or_none()
        if row is None:
            raise NotFound
        return row

    def all_of(self, user_id: UUID, *, archived: bool | None = False) -> Sequence[Row[Any]]:
        """List the user's habits in their order; `archived` None means both kinds."""
        query = _WITH_TALLY.where(habits.c.user_id == user_id).order_by(habits.c.position, habits.c.id)
        if archived is not None:
            is_archived = habits.c.archived_on.is_not(None)
            query = query.where(is_archived if archived else ~is_archived)
        return self._connection.execute(query).all()

    def count(self, user_id: UUID) -> int:
        query = select(func.count()).select_from(habits).where(habits.c.user_id == user_id)
        return self._connection.execute(query).scalar_one()

    def next_position(self, user_id: UUID) -> int:
        query = select(func.max(habits.c.position)).where(habits.c.user_id == user_id)
        return (self._connection.execute(query).scalar_one_or_none() or 0) + 1

    def add(self, values: Mapping[str, Any]) -> None:
        self._connection.execute(insert(habits), values)

    def change(self, habit_id: UUID, values: Mapping[str, Any]) -> None:
        self._connection.execute(update(habits).where(habits.c.id == habit_id).values(**values))

    def delete(self, habit_id: UUID) -> None:
        self._connection.execute(delete(habits).where(habits.c.id == habit_id))

    def forget_user(self, user_id: UUID) -> None:
        """Erase every habit of a user with all check-ins."""
        self._connection.execute(delete(habits).where(habits.c.user_id == user_id))

    def history(self, row: Row[Any], calendar: UserCalendar, today: date, tally: Tally | None) -> History:
        """Gather what is needed to go on from a tally, or everything when there is none."""
        since = row.start if tally is None else tally.through - timedelta(days=LOOK_BACK)
        return self.history_since(row, calendar, since, today)

    def history_since(self, row: Row[Any], calendar: UserCalendar, since: date, today: date) -> History:
        """Gather the days from `since` on."""
        return _history(row, calendar, since, today, self.marks(row.id, since))

    def history_between(self, row: Row[Any], calendar: UserCalendar, first: date, last: date) -> History:
        """Gather the days from first to last, both included, however long ago."""
        return _history(row, calendar, first, last, self.marks(row.id, first, last))

    def marks(self, habit_id: UUID, since: date, until: date = date.max) -> dict[date, Mark]:
        """Read what the days from `since` to `until` came to."""
        found = self._connection.execute(_MARKS, {"habit": habit_id, "since": since, "until": until})
        return {day: Mark(CheckInState(state), amount, count) for day, state, amount, count in found}

    def notes_on(self, user_id: UUID, day: date) -> dict[UUID, str]:
        """Read the notes of one day by habit."""
        noted = (check_ins.c.user_id == user_id) & (check_ins.c.day == day) & check_ins.c.note.is_not(None)
        query = select(check_ins.c.habit_id, check_ins.c.note).where(noted)
        return {row.habit_id: row.note for row in self._connection.execute(query)}

    def notes_of(self, habit_id: UUID, first: date, last: date) -> dict[date, str]:
        """Read the notes of one habit by day."""
        return {each.day: each.note for each in self.check_ins_between(habit_id, first, last, with_note=True)}

    def check_ins_on(self, habit_id: UUID, day: date) -> Sequence[Row[Any]]:
        """List a day's check-ins in the order they were made."""
        return self._connection.execute(_ON_DAY, {"habit": habit_id, "day": day}).all()

    def check_ins_between(
        self, habit_id: UUID, first: date, last: date, *, with_note: bool = False
    ) -> Sequence[Row[Any]]:
        """List check-ins from first to last day, both included, the oldest first."""
        wanted = and_(check_ins.c.habit_id == habit_id, check_ins.c.day.between(first, last))
        if with_note:
            wanted = and_(wanted, check_ins.c.note.is_not(None))
        query = select(check_ins).where(wanted).order_by(check_ins.c.day, check_ins.c.at, check_ins.c.id)
        return self._connection.execute(query).all()

    def find_check_in(self, user_id: UUID, check_in_id: UUID) -> Row[Any]:
        """Find one check-in of the user's."""
        own = and_(check_ins.c.id == check_in_id, check_ins.c.user_id == user_id)
        row = self._connection.execute(select(check_ins).where(own)).one_or_none()
        if row is None:
            raise NotFound
        return row

    def check_in_exists(self, check_in_id: UUID) -> bool:
        query = select(check_ins.c.id).where(check_ins.c.id == check_in_id)
        return self._connection.execute(query).first() is not None

    def find_own_check_in(self, habit_id: UUID, check_in_id: UUID | None) -> Row[Any] | None:
        """Find a check-in of one habit."""
        own = and_(check_ins.c.id == check_in_id, check_ins.c.habit_id == habit_id)
        return self._connection.execute(select(check_ins).where(own)).one_or_none()

    def first_check_in_day(self, habit_id: UUID) -> date | None:
        query = select(func.min(check_ins.c.day)).where(check_ins.c.habit_id == habit_id)
        return self._connection.execute(query).scalar_one_or_none()

    def add_check_ins(self, new: Sequence[CheckIn]) -> None:
        self._connection.execute(_ADD, [vars(each) for each in new])

    def remove_check_ins(self, ids: Sequence[UUID]) -> None:
        if ids:
            self._connection.execute(_REMOVE, [{"check_in": each} for each in ids])

    def keep_tally(self, habit_id: UUID, tally: Tally) -> None:
        """Remember a tally, so that the next look goes on from there."""
        put(self._connection, tallies, {"habit_id": habit_id, **asdict(tally)})

    def forget_tally(self, habit_id: UUID) -> None:
        self._connection.execute(delete(tallies).where(tallies.c.habit_id == habit_id))

    def forget_all_tallies(self) -> None:
        self._connection.execute(delete(tallies))

    def lagging(self, before: date, limit: int) -> Sequence[Row[Any]]:
        """List habits whose tally is older than a day or missing, some at a time."""
        behind = tallies.c.through.is_(None) | (tallies.c.through < before)
        query = _WITH_TALLY.where(behind, habits.c.archived_on.is_(None), habits.c.start < before)
        return self._connection.execute(query.order_by(habits.c.id).limit(limit)).all()


def _history(row: Row[Any], calendar: UserCalendar, first: date, last: date, marks: Mapping[date, Mark]) -> History:
    return History(
        start=row.start,
        rules=tuple(rule_from(stored) for stored in row.rules),
        marks=marks,
        pauses=pauses_from(row.pauses),
        short_days=calendar.short_days(max(first, row.start), last),
    )


def kept_tally(row: Row[Any]) -> Tally | None:
    """Read the tally that came with a habit's row."""
    if row.tally_through is None:
        return None
    return Tally(**{name: getattr(row, f"tally_{name}") for name in _TALLY_FIELDS})
