"""All SQL about goals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Row, bindparam, case, delete, func, insert, or_, select, update

from daybeat.infra.db.upsert import put
from daybeat.kit.errors import NotFound
from daybeat.modules.goals.models import goal_check_ins, goal_entries, goal_habits, goals

Amounts = list[tuple[date, float]]
Source = UUID | str
"""What added something: a habit, by its id, or one of the two below."""
HAND, RULE = "hand", "rule"

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_LINKS = select(goal_habits).where(goal_habits.c.goal_id.in_(_IDS)).order_by(goal_habits.c.habit_id)
_FROM_CHECK_INS = (
    select(
        goals.c.id,
        goal_habits.c.habit_id,
        goal_habits.c.weight,
        goal_habits.c.counts,
        goal_check_ins.c.day,
        goal_check_ins.c.amount,
    )
    .join(goal_habits, goal_habits.c.goal_id == goals.c.id)
    .join(goal_check_ins, goal_check_ins.c.habit_id == goal_habits.c.habit_id)
    .where(
        goals.c.id.in_(_IDS),
        goal_check_ins.c.day >= goals.c.start,
        or_(goals.c.ended_on.is_(None), goal_check_ins.c.day <= goals.c.ended_on),
    )
)
_BY_RULES = case((goal_entries.c.source == RULE, goal_entries.c.amount), else_=0.0)
_BY_HAND = case((goal_entries.c.source == RULE, 0.0), else_=goal_entries.c.amount)
_FROM_ENTRIES = (
    select(goals.c.id, goal_entries.c.day, func.sum(_BY_HAND), func.sum(_BY_RULES))
    .join(goal_entries, goal_entries.c.goal_id == goals.c.id)
    .where(
        goals.c.id.in_(_IDS),
        goal_entries.c.day >= goals.c.start,
        or_(goals.c.ended_on.is_(None), goal_entries.c.day <= goals.c.ended_on),
    )
    .group_by(goals.c.id, goal_entries.c.day)
)
"""Rules may add thousands, so days come from the database added up already."""
_LINKED = (
    select(goals)
    .join(goal_habits, goal_habits.c.goal_id == goals.c.id)
    .where(goal_habits.c.habit_id == bindparam("habit"))
    .order_by(goals.c.id)
)
_FORGET_DAY = delete(goal_check_ins).where(
    goal_check_ins.c.habit_id == bindparam("habit"), goal_check_ins.c.day == bindparam("on")
)


class GoalRepository:
    """Finds and changes goals through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, user_id: UUID, goal_id: UUID) -> Row[Any]:
        """Find a goal of the user's; another user's does not exist."""
        own = (goals.c.id == goal_id) & (goals.c.user_id == user_id)
        row = self._connection.execute(select(goals).where(own)).one_or_none()
        if row is None:
            raise NotFound
        return row

    def all_of(self, user_id: UUID) -> Sequence[Row[Any]]:
        """List a user's goals, the newest first."""
        query = select(goals).where(goals.c.user_id == user_id).order_by(goals.c.created_at.desc(), goals.c.id.desc())
        return self._connection.execute(query).all()

    def count(self, user_id: UUID) -> int:
        return self._connection.execute(select(func.count()).where(goals.c.user_id == user_id)).scalar_one()

    def add(self, values: Mapping[str, Any]) -> None:
        self._connection.execute(insert(goals), values)

    def change(self, goal_id: UUID, values: Mapping[str, Any]) -> None:
        self._connection.execute(update(goals).where(goals.c.id == goal_id).values(**values))

    def delete(self, goal_id: UUID) -> None:
        self._connection.execute(delete(goals).where(goals.c.id == goal_id))

    def links(self, *goal_ids: UUID) -> dict[UUID, list[Row[Any]]]:
        """Give the habits of goals."""
        found: dict[UUID, list[Row[Any]]] = defaultdict(list)
        for row in self._connection.execute(_LINKS, {"ids": goal_ids}):
            found[row.goal_id].append(row)
        return found

    def link(self, goal_id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
        """Let these habits count towards a goal, and no others."""
        self._connection.execute(delete(goal_habits).where(goal_habits.c.goal_id == goal_id))
        if rows:
            self._connection.execute(insert(goal_habits), [{"goal_id": goal_id, **row} for row in rows])

    def linked_to(self, habit_id: UUID) -> Sequence[Row[Any]]:
        """List the goals towards which a habit counts."""
        return self._connection.execute(_LINKED, {"habit": habit_id}).all()

    def added(self, *goal_ids: UUID) -> dict[UUID, dict[Source, Amounts]]:
        """Give what counts towards goals, by what added it."""
        found: dict[UUID, dict[Source, Amounts]] = {goal_id: defaultdict(list) for goal_id in goal_ids}
        for row in self._connection.execute(_FROM_CHECK_INS, {"ids": goal_ids}):
            amount = 1.0 if row.counts == "check_ins" else row.amount or 0.0
            found[row.id][row.habit_id].append((row.day, row.weight * amount))
        for goal_id, day, by_hand, by_rules in self._connection.execute(_FROM_ENTRIES, {"ids": goal_ids}):
            sources = found[goal_id]
            sources[HAND].append((day, by_hand))
            if by_rules:
                sources[RULE].append((day, by_rules))
        return found

    def keep_check_in(self, row: Mapping[str, Any]) -> None:
        put(self._connection, goal_check_ins, dict(row))

    def forget_check_in(self, check_in_id: UUID) -> None:
        self._connection.execute(delete(goal_check_ins).where(goal_check_ins.c.check_in_id == check_in_id))

    def forget_day(self, habit_id: UUID, day: date) -> None:
        self._connection.execute(_FORGET_DAY, {"habit": habit_id, "on": day})

    def forget_habit(self, habit_id: UUID) -> None:
        for table in (goal_check_ins, goal_habits):
            self._connection.execute(delete(table).where(table.c.habit_id == habit_id))

    def forget_user(self, user_id: UUID) -> None:
        for table in (goal_check_ins, goals):
            self._connection.execute(delete(table).where(table.c.user_id == user_id))


class EntryRepository:
    """Finds and changes what was added by hand or by a rule."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, entry_id: UUID) -> Row[Any] | None:
        """Find an entry, whoever's it is."""
        return self._connection.execute(select(goal_entries).where(goal_entries.c.id == entry_id)).one_or_none()

    def get(self, user_id: UUID, goal_id: UUID, entry_id: UUID) -> Row[Any]:
        """Find an entry of the user's goal."""
        row = self.find(entry_id)
        if row is None or (row.user_id, row.goal_id) != (user_id, goal_id):
            raise NotFound
        return row

    def list_of(self, goal_id: UUID, most: int) -> Sequence[Row[Any]]:
        """List the entries of a goal, the newest first, so many at most."""
        query = select(goal_entries).where(goal_entries.c.goal_id == goal_id)
        newest = query.order_by(goal_entries.c.day.desc(), goal_entries.c.at.desc(), goal_entries.c.id.desc())
        return self._connection.execute(newest.limit(most)).all()

    def add(self, values: Mapping[str, Any]) -> None:
        self._connection.execute(insert(goal_entries), values)

    def delete(self, entry_id: UUID) -> None:
        self._connection.execute(delete(goal_entries).where(goal_entries.c.id == entry_id))
