"""How suggestions reach the habits: what these ask for, and asking for something else."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, func, select

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.accounts.models import users
from daybeat.modules.habits.commands import ChangeHabit, PauseHabit
from daybeat.modules.habits.domain.check_in import has_hour
from daybeat.modules.habits.models import check_ins, habits
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.habits.reverting import change_reversibly, is_as_left, pause_reversibly, put_back
from daybeat.modules.insights.domain.practice import Asked
from daybeat.modules.reminders.habit_reminders.nudges import BY_REMINDER
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository

DAY = timedelta(days=1)
_DONE = (
    check_ins.c.habit_id == bindparam("habit"),
    check_ins.c.day >= bindparam("since"),
    check_ins.c.state == "done",
)
_AMOUNTS = select(check_ins.c.day, func.sum(check_ins.c.amount)).where(*_DONE).group_by(check_ins.c.day)
_UNASKED = (
    select(check_ins.c.day, check_ins.c.at, check_ins.c.zone)
    .where(*_DONE, check_ins.c.source != BY_REMINDER)
    .order_by(check_ins.c.at)
)


class ChangeableHabits:
    """The habits, as suggestions see them."""

    def asked(self, connection: Connection, user_id: UUID, today: date) -> Mapping[UUID, Asked]:
        rows = HabitRepository(connection).all_of(user_id)
        week_start = connection.execute(select(users.c.week_start).where(users.c.id == user_id)).scalar_one_or_none()
        quiet = _quiet_hours(connection, user_id)
        return {row.id: _asked(row, week_start or 0, quiet, today) for row in rows}

    def names(self, connection: Connection, user_id: UUID) -> Mapping[UUID, str]:
        found = connection.execute(select(habits.c.id, habits.c.name).where(habits.c.user_id == user_id))
        return {row.id: row.name for row in found}

    def amounts(self, connection: Connection, habit_id: UUID, since: date) -> Mapping[date, float]:
        found = connection.execute(_AMOUNTS, {"habit": habit_id, "since": since})
        return {day: amount for day, amount in found if amount is not None}

    def minutes(
        self, connection: Connection, habit_id: UUID, calendar: UserCalendar, since: date
    ) -> Iterable[tuple[date, int]]:
        for day, at, zone in connection.execute(_UNASKED, {"habit": habit_id, "since": since}):
            if has_hour(day, at) and calendar.habit_day(at, zone) == day:
                local = at.astimezone(ZoneInfo(zone))
                yield day, local.hour * 60 + local.minute

    def apply(
        self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, calendar: UserCalendar, change: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        if "pause" not in change:
            wanted = ChangeHabit(user_id=user_id, calendar=calendar, habit_id=habit_id, changes=change)
            return change_reversibly(wanted, uow=uow)
        first = calendar.habit_day(uow.now)
        last = first + (change["pause"] - 1) * DAY
        return pause_reversibly(PauseHabit(user_id=user_id, habit_id=habit_id, first=first, last=last), uow=uow)

    def can_undo(
        self, connection: Connection, user_id: UUID, habit_id: UUID, kept: Mapping[str, Any], today: date
    ) -> bool:
        return is_as_left(HabitRepository(connection).get(user_id, habit_id), kept, today)

    def undo(self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, kept: Mapping[str, Any], today: date) -> None:
        put_back(user_id, habit_id, kept, today, uow=uow)


def _asked(row: Row[Any], week_start: int, quiet: tuple[int, int] | None, today: date) -> Asked:
    rule = row.rules[-1]
    return Asked(
        schedule=rule["schedule"],
        target=rule["target"],
        direction=rule["direction"],
        unit=row.unit,
        since=date.fromisoformat(rule["since"]),
        reminders=tuple(row.reminders),
        week_start=week_start,
        paused=any(pause["to"] >= today.isoformat() for pause in row.pauses),
        quiet=quiet,
    )


def _quiet_hours(connection: Connection, user_id: UUID) -> tuple[int, int] | None:
    settings = ReminderRepository(connection).settings(user_id)[user_id]
    begin, end = settings["quiet_from"], settings["quiet_to"]
    return None if begin is None or end is None else (_minute(begin), _minute(end))


def _minute(text: str) -> int:
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute
