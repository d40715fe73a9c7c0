"""How reminders and habits meet: reminders ask through their port, habits answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select

from daybeat.bootstrap.core import Core
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.signed_links import SignedLinks
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.accounts import queries as accounts
from daybeat.modules.accounts.models import users
from daybeat.modules.habits.commands import SetDay
from daybeat.modules.habits.domain.rules import CheckInState
from daybeat.modules.habits.recording import set_day
from daybeat.modules.habits.reminding import HabitToday, avoids, habit_rows, run_begun_on, said_on, stand_today
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.reminders.habit_reminders.door import RemindersDoor
from daybeat.modules.reminders.habit_reminders.planning import day_end
from daybeat.modules.reminders.habit_reminders.ports import Reminded, Standing, Word

_STAYS = select(users.c.id, users.c.stays).where(users.c.id.in_(bindparam("ids", expanding=True)))


class RemindedHabits:
    """The habits, as reminders see them."""

    def reminded(self, connection: Connection, habit_id: UUID) -> Reminded | None:
        rows = habit_rows(connection, [habit_id])
        calendars = _calendars(connection, rows)
        return next((_reminded(row, calendars[row.user_id]) for row in rows if row.user_id in calendars), None)

    def reminded_of(self, connection: Connection, user_id: UUID) -> Sequence[Reminded]:
        rows = HabitRepository(connection).all_of(user_id, archived=None)
        calendars = _calendars(connection, rows)
        return [_reminded(row, calendars[user_id]) for row in rows if user_id in calendars]

    def zone_of(self, connection: Connection, user_id: UUID) -> str | None:
        stays = connection.execute(_STAYS, {"ids": [user_id]}).one_or_none()
        return None if stays is None else accounts.calendar_of(stays.stays).zone

    def standing(self, connection: Connection, habit_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Standing]:
        rows = habit_rows(connection, habit_ids)
        calendars = _calendars(connection, rows)
        known = [row for row in rows if row.user_id in calendars]
        days = {user_id: calendar.habit_day(now) for user_id, calendar in calendars.items()}
        looks = stand_today(connection, known, calendars, days)
        return {row.id: _standing(row, look, calendars[row.user_id], now) for row, look in looks}

    def begun_on(self, connection: Connection, habit_id: UUID, now: datetime) -> date | None:
        for row in habit_rows(connection, [habit_id]):
            calendar = _calendars(connection, [row])[row.user_id]
            return run_begun_on(connection, row, calendar, calendar.habit_day(now))
        return None

    def said_on(self, connection: Connection, habit: Reminded, day: date) -> str | None:
        row = HabitRepository(connection).get(habit.user_id, habit.habit_id)
        return said_on(connection, row, habit.calendar, day, day)

    def say(self, uow: UnitOfWork, habit: Reminded, day: date, word: Word) -> None:
        command = SetDay(
            user_id=habit.user_id,
            calendar=habit.calendar,
            habit_id=habit.habit_id,
            day=day,
            state=CheckInState(word),
        )
        set_day(command, uow=uow)


REMINDED = RemindedHabits()


def reminders_door(core: Core) -> RemindersDoor:
    return RemindersDoor(REMINDED, reminder_links(core))


def reminder_links(core: Core) -> SignedLinks:
    """Links that act on a reminder without signing in."""
    return SignedLinks(core.secret, core.settings.url, "reminder")


def reminder_url(core: Core, reminder_id: UUID) -> str:
    """Give the link to a reminder's small page."""
    return f"{core.settings.url}/r/{reminder_links(core).token(reminder_id)}"


def _calendars(connection: Connection, rows: Sequence[Row[Any]]) -> Mapping[UUID, UserCalendar]:
    found = connection.execute(_STAYS, {"ids": list({row.user_id for row in rows})})
    return {user_id: accounts.calendar_of(stays) for user_id, stays in found}


def _reminded(row: Row[Any], calendar: UserCalendar) -> Reminded:
    return Reminded(
        habit_id=row.id,
        user_id=row.user_id,
        title=row.name,
        question=row.question,
        times=tuple(row.reminders),
        archived=row.archived_on is not None,
        avoids=avoids(row),
        calendar=calendar,
    )


def _standing(row: Row[Any], look: HabitToday, calendar: UserCalendar, now: datetime) -> Standing:
    return Standing(
        habit=_reminded(row, calendar),
        date=look.day,
        ends_at=day_end(calendar, now),
        state=look.state,
        streak=look.stats.streak,
        unit=look.stats.unit,
        last_chance=look.last_chance,
    )
