"""The HTTP door of insights: what days came to."""

import asyncio
from collections import Counter
from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from sqlalchemy import Connection, func, select

from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.fields import FIRST_YEAR, LAST_YEAR
from daybeat.infra.web.identity import CurrentReader
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.kit.errors import NotFound
from daybeat.modules.insights import series
from daybeat.modules.insights.door import Door
from daybeat.modules.insights.models import habit_days, user_days
from daybeat.modules.insights.schemas import HabitDays, Hours, Length, LivedDay, Summary, Trends, Year
from daybeat.modules.insights.summary import span_to, summary

router = APIRouter(prefix="/insights", tags=["insights"], route_class=StrictRoute, responses=documented(401, 403, 422))


@router.get("/summary")
async def show_summary(user: CurrentReader, work: WorkNow, door: Door, length: Length = 30) -> Summary:
    """Sum up the last days over all habits and moods, beside as many days before."""

    def look(connection: Connection, user_id: UUID, today: date) -> Summary:
        habits = door.sources.habits.all_of(connection, user_id, user.calendar, today)
        return summary(connection, user_id, today, length, habits)

    return await door.look(user, work, look)


@router.get("/trends")
async def show_trends(user: CurrentReader, work: WorkNow, door: Door, length: Length = 30) -> Trends:
    """Show the last days one by one: habits, strength, moods and activity."""
    span = span_to(user.calendar.habit_day(work.now), length)
    count = partial(door.sources.activity.by_day, user.user_id, user.calendar, span.first, span.last)
    activity: Counter[date] = Counter()
    for days in (await asyncio.to_thread(count)).values():
        activity.update(days)
    return await door.look(user, work, partial(series.trends, length=length, activity=activity))


@router.get("/habits/{habit_id}/days", responses=documented(404))
async def show_habit_days(
    habit_id: Annotated[UUID, Path()], user: CurrentReader, work: WorkNow, door: Door, length: Length = 30
) -> HabitDays:
    """Show the last days of one habit, with its strength after each."""
    if habit_id not in await work.read(partial(door.sources.habits.ids, user_id=user.user_id)):
        raise NotFound
    return await door.look(user, work, partial(series.habit_days, habit_id=habit_id, length=length))


@router.get("/hours")
async def show_hours(user: CurrentReader, work: WorkNow, door: Door, length: Length = 30) -> Hours:
    """Show at which hours of which weekdays things are checked in, and how moods are then."""
    return await door.look(user, work, partial(series.hours, length=length))


@router.get("/year")
async def show_year(
    user: CurrentReader,
    work: WorkNow,
    door: Door,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None,
) -> Year:
    """Show how many habits were done on each day of a year."""
    wanted = year or user.calendar.habit_day(work.now).year
    return await door.look(user, work, lambda connection, user_id, _: _year(connection, user_id, wanted))


def _year(connection: Connection, user_id: UUID, year: int) -> Year:
    days = _done_in(connection, user_id, year)
    return Year(year=year, days=days, total=sum(day.done for day in days))


def _done_in(connection: Connection, user_id: UUID, year: int) -> list[LivedDay]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    asked = select(user_days.c.day, user_days.c.due).where(
        user_days.c.user_id == user_id, user_days.c.day.between(first, last)
    )
    due = {row.day: row.due for row in connection.execute(asked)}
    query = (
        select(habit_days.c.day, func.count())
        .where(habit_days.c.user_id == user_id, habit_days.c.day.between(first, last), habit_days.c.state == "done")
        .group_by(habit_days.c.day)
        .order_by(habit_days.c.day)
    )
    return [LivedDay(date=day, done=done, due=max(done, due.get(day, 0))) for day, done in connection.execute(query)]
