"""The HTTP door of insights."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy import Connection, func, select

from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.fields import FIRST_YEAR, LAST_YEAR
from daybeat.infra.web.identity import CurrentReader
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.insights.models import lived_days

router = APIRouter(prefix="/insights", tags=["insights"], route_class=StrictRoute, responses=documented(401, 403, 422))


class LivedDay(BaseModel):
    """How many habits were done on a day."""

    date: dt.date
    done: int


class Year(BaseModel):
    """A year over all habits; days on which nothing was done are left out."""

    year: int
    days: list[LivedDay]
    total: int


@router.get("/year")
async def show_year(
    user: CurrentReader, work: WorkNow, year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None
) -> Year:
    """Show how many habits were done on each day of a year."""
    wanted = year or user.calendar.habit_day(work.now).year
    days = await work.read(lambda connection: _done_in(connection, user.user_id, wanted))
    return Year(year=wanted, days=days, total=sum(day.done for day in days))


def _done_in(connection: Connection, user_id: UUID, year: int) -> list[LivedDay]:
    query = (
        select(lived_days.c.day, func.count())
        .where(
            lived_days.c.user_id == user_id,
            lived_days.c.day.between(dt.date(year, 1, 1), dt.date(year, 12, 31)),
            lived_days.c.state == "done",
        )
        .group_by(lived_days.c.day)
        .order_by(lived_days.c.day)
    )
    return [LivedDay(date=day, done=done) for day, done in connection.execute(query)]
