"""All SQL about reminders of habits. What is due is claimed in sets."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, func, insert, select, update

from daybeat.infra.db.upsert import insert_on, put
from daybeat.infra.events.log import event_log
from daybeat.modules.reminders.habit_reminders.models import (
    habit_milestones,
    habit_nudges,
    habit_reminders,
    reminder_claims,
    reminder_dues,
    reminder_risks,
    reminder_settings,
)
from daybeat.modules.reminders.habit_reminders.wishes import DEFAULTS

_OF_A_HABIT = (habit_nudges, reminder_dues, reminder_claims, habit_reminders, habit_milestones, reminder_risks)
_OF_A_USER = (reminder_settings, *_OF_A_HABIT)
_NOW: BindParameter[datetime] = bindparam("now")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_DUE = reminder_dues.c.due_at <= _NOW
_CLAIMABLE = (_DUE, reminder_dues.c.tell_before > _NOW)
_CLAIMED = ["habit_id", "why", "user_id", "due_at", "tell_before"]
_CLAIM = insert(reminder_claims).from_select(
    _CLAIMED, select(*(reminder_dues.c[name] for name in _CLAIMED)).where(*_CLAIMABLE)
)
_CLAIM_DONE = delete(reminder_dues).where(*_CLAIMABLE)
_TAKEN = delete(reminder_dues).where(*_CLAIMABLE).returning(*(reminder_dues.c[name] for name in _CLAIMED)).cte("taken")
_LENT = insert(reminder_claims).from_select(_CLAIMED, select(*(_TAKEN.c[name] for name in _CLAIMED)))
_CLAIM_AMONG_OTHERS = select(func.count()).select_from(_LENT.returning(reminder_claims.c.no).cte("lent"))
"""Where others write too, two statements would see different rows; SQLite cannot do it in one."""
_CLAIMS = select(reminder_claims).order_by(reminder_claims.c.no).limit(bindparam("limit"))
_LATE = (
    select(reminder_dues)
    .where(_DUE, reminder_dues.c.tell_before <= _NOW)
    .order_by(reminder_dues.c.due_at, reminder_dues.c.habit_id, reminder_dues.c.why)
    .limit(bindparam("limit"))
)
_SOONEST = select(func.min(reminder_dues.c.due_at))
_ANY_CLAIM = select(reminder_claims.c.no).limit(1)
_FORGET_DUE = delete(reminder_dues).where(
    reminder_dues.c.due_at == bindparam("due"),
    reminder_dues.c.habit_id == bindparam("habit"),
    reminder_dues.c.why == bindparam("kind"),
)
_COMING = select(reminder_dues).where(reminder_dues.c.habit_id.in_(_IDS))
_SETTINGS = select(reminder_settings).where(reminder_settings.c.user_id.in_(_IDS))
_NUDGES = select(habit_nudges).where(habit_nudges.c.habit_id.in_(_IDS))
_RECENT = select(
    *(habit_reminders.c[name] for name in ("user_id", "habit_id", "date", "why", "told_at", "expires_at", "due_at"))
).where(
    habit_reminders.c.user_id.in_(_IDS),
    habit_reminders.c.due_at >= bindparam("since"),
    habit_reminders.c.state == "told",
)
_RISKS = select(reminder_risks).where(reminder_risks.c.habit_id.in_(_IDS))
_FACT = select(event_log.c.occurred_at, event_log.c.source).where(event_log.c.id == bindparam("fact"))

_FORGET_RISK = delete(reminder_risks).where(reminder_risks.c.habit_id == bindparam("habit"))
RECENTLY = timedelta(hours=36)
"""How far back a habit day can have begun, clock changes included."""


class ReminderRepository:
    """Finds and changes reminders of habits through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, now: datetime) -> int:
        """Claim everything that is due and can still be told, in one sweep; gives how many."""
        if self._connection.dialect.name == "postgresql":
            return int(self._connection.execute(_CLAIM_AMONG_OTHERS, {"now": now}).scalar_one())
        self._connection.execute(_CLAIM, {"now": now})
        return self._connection.execute(_CLAIM_DONE, {"now": now}).rowcount

    def claims(self, limit: int) -> Sequence[Row[Any]]:
        """List what is claimed, the oldest first."""
        return self._connection.execute(_CLAIMS, {"limit": limit}).all()

    def settle_claims(self, claims: Sequence[Row[Any]]) -> None:
        numbers = [claim.no for claim in claims]
        self._connection.execute(delete(reminder_claims).where(reminder_claims.c.no.in_(numbers)))

    def late(self, now: datetime, limit: int) -> Sequence[Row[Any]]:
        """List what is due and cannot be told any more, the oldest first."""
        return self._connection.execute(_LATE, {"now": now, "limit": limit}).all()

    def anything_to_do(self, now: datetime) -> bool:
        """Look without writing."""
        soonest = self._connection.execute(_SOONEST).scalar_one_or_none()
        return (soonest is not None and soonest <= now) or self._connection.execute(_ANY_CLAIM).first() is not None

    def plan(self, dues: Sequence[Mapping[str, Any]]) -> None:
        """Write down what is due when; what stands there already stays."""
        if dues:
            statement = insert_on(self._connection.dialect.name, reminder_dues).on_conflict_do_nothing()
            self._connection.execute(statement, dues)

    def forget_dues(self, rows: Sequence[Row[Any]]) -> None:
        """Take rows out of what is due."""
        if rows:
            keys = [{"due": row.due_at, "habit": row.habit_id, "kind": row.why} for row in rows]
            self._connection.execute(_FORGET_DUE, keys)

    def forget_coming(self, habit_id: UUID, now: datetime, *kinds: str) -> None:
        """Take back what is planned for later; what is due already is settled by those who tell."""
        own = (reminder_dues.c.habit_id == habit_id, reminder_dues.c.why.in_(kinds), reminder_dues.c.due_at > now)
        self._connection.execute(delete(reminder_dues).where(*own))

    def coming(self, habit_ids: Sequence[UUID]) -> Sequence[Row[Any]]:
        """List what is planned for these habits."""
        return self._connection.execute(_COMING, {"ids": habit_ids}).all()

    def settings(self, *user_ids: UUID) -> dict[UUID, Mapping[str, Any]]:
        """Give what users want of reminders; who never chose wants the usual."""
        rows = self._connection.execute(_SETTINGS, {"ids": user_ids})
        chosen = {row.user_id: row._asdict() for row in rows}
        return {user_id: chosen.get(user_id, DEFAULTS) for user_id in user_ids}

    def keep_settings(self, user_id: UUID, values: Mapping[str, Any]) -> None:
        put(self._connection, reminder_settings, {"user_id": user_id, **values})

    def nudges(self, *habit_ids: UUID) -> dict[UUID, Row[Any]]:
        """Give the nudges of those habits that have one, switched off ones too."""
        return {row.habit_id: row for row in self._connection.execute(_NUDGES, {"ids": habit_ids})}

    def keep_nudge(self, row: Mapping[str, Any]) -> None:
        put(self._connection, habit_nudges, dict(row))

    def change_nudge(self, habit_id: UUID, values: Mapping[str, Any]) -> None:
        self._connection.execute(update(habit_nudges).where(habit_nudges.c.habit_id == habit_id).values(**values))

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep what became of slots; a slot that has its row keeps it."""
        if rows:
            statement = insert_on(self._connection.dialect.name, habit_reminders).on_conflict_do_nothing()
            self._connection.execute(statement, rows)

    def settled(self, keys: set[tuple[UUID, datetime, str]]) -> set[tuple[UUID, datetime, str]]:
        """Give those of these slots (habit, instant, why) that have their row already."""
        columns = habit_reminders.c
        at_once = columns.habit_id.in_({key[0] for key in keys}), columns.due_at.in_({key[1] for key in keys})
        rows = self._connection.execute(select(columns.habit_id, columns.due_at, columns.why).where(*at_once))
        return {(row.habit_id, row.due_at, row.why) for row in rows} & keys

    def told_lately(self, user_ids: Sequence[UUID], now: datetime) -> Sequence[Row[Any]]:
        """List what users were told since their habit day began, and a little before."""
        return self._connection.execute(_RECENT, {"ids": user_ids, "since": now - RECENTLY}).all()

    def find(self, reminder_id: UUID) -> Row[Any] | None:
        """Find a reminder, whoever's it is."""
        query = select(habit_reminders).where(habit_reminders.c.id == reminder_id)
        return self._connection.execute(query).one_or_none()

    def change(self, reminder_id: UUID, values: Mapping[str, Any]) -> None:
        self._connection.execute(update(habit_reminders).where(habit_reminders.c.id == reminder_id).values(**values))

    def list_of(self, user_id: UUID, habit_id: UUID | None, state: str | None, most: int) -> Sequence[Row[Any]]:
        """List a user's reminders, the newest first and so many at most."""
        query = select(habit_reminders).where(habit_reminders.c.user_id == user_id)
        if habit_id is not None:
            query = query.where(habit_reminders.c.habit_id == habit_id)
        if state is not None:
            query = query.where(habit_reminders.c.state == state)
        newest_first = habit_reminders.c.due_at.desc(), habit_reminders.c.id.desc()
        return self._connection.execute(query.order_by(*newest_first).limit(most)).all()

    def milestone_told_for(self, habit_id: UUID, streak: int) -> date | None:
        """Give the first day of the run for which this milestone was told last."""
        own = (habit_milestones.c.habit_id == habit_id, habit_milestones.c.streak == streak)
        return self._connection.execute(select(habit_milestones.c.begun_on).where(*own)).scalar_one_or_none()

    def keep_milestone(self, user_id: UUID, habit_id: UUID, streak: int, begun_on: date) -> None:
        row = {"user_id": user_id, "habit_id": habit_id, "streak": streak, "begun_on": begun_on}
        put(self._connection, habit_milestones, row)

    def risks(self, habit_ids: Sequence[UUID]) -> Sequence[Row[Any]]:
        """List what is still to be said of those habits that are at risk."""
        return self._connection.execute(_RISKS, {"ids": habit_ids}).all()

    def keep_risk(self, row: Mapping[str, Any]) -> None:
        put(self._connection, reminder_risks, dict(row))

    def forget_risk(self, habit_id: UUID) -> None:
        self._connection.execute(_FORGET_RISK, {"habit": habit_id})

    def fact(self, fact_id: UUID | None) -> Row[Any, Any] | None:
        """Tell when a fact came about and through which door; None when the log has forgotten it."""
        return self._connection.execute(_FACT, {"fact": fact_id}).one_or_none()

    def forget_habit(self, habit_id: UUID) -> None:
        for table in _OF_A_HABIT:
            self._connection.execute(delete(table).where(table.c.habit_id == habit_id))

    def forget_user(self, user_id: UUID) -> None:
        for table in _OF_A_USER:
            self._connection.execute(delete(table).where(table.c.user_id == user_id))

    def forget_before(self, instant: datetime) -> None:
        """Drop reminders that are long over."""
        self._connection.execute(delete(habit_reminders).where(habit_reminders.c.due_at < instant))
