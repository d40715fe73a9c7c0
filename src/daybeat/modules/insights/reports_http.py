"""The HTTP door of reports: a week or a month, and what the message about it says."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import Connection

from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.fields import Day
from daybeat.infra.web.identity import CurrentReader, Principal
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import Work, WorkNow
from daybeat.modules.insights.domain.periods import Kind, period_around, period_before
from daybeat.modules.insights.door import Door, InsightsDoor
from daybeat.modules.insights.errors import NotYet
from daybeat.modules.insights.report_door import Reports, ReportsDoor
from daybeat.modules.insights.report_schemas import Report
from daybeat.modules.insights.reporting import report
from daybeat.modules.insights.repository import DaysRepository

router = APIRouter(prefix="/reports", tags=["reports"], route_class=StrictRoute, responses=documented(401, 403, 422))

AnyDay = Annotated[Day | None, Query()]
"""Any day of the week or month; left out, the last one that is over is meant."""


@router.get("/weekly")
async def show_week(user: CurrentReader, work: WorkNow, door: Door, reports: Reports, day: AnyDay = None) -> Report:
    """Report on a week, which begins on the weekday you chose: the one with a day, or the last that is over."""
    return await _report("weekly", day, user, work, door, reports)


@router.get("/monthly")
async def show_month(user: CurrentReader, work: WorkNow, door: Door, reports: Reports, day: AnyDay = None) -> Report:
    """Report on a month: the one with a day, or the last that is over."""
    return await _report("monthly", day, user, work, door, reports)


async def _report(
    kind: Kind, day: date | None, user: Principal, work: Work, door: InsightsDoor, reports: ReportsDoor
) -> Report:
    today = user.calendar.habit_day(work.now)
    if day is not None and day > today:
        raise NotYet
    chosen = period_before(kind, today, user.week_start) if day is None else period_around(kind, day, user.week_start)

    def look(connection: Connection, user_id: UUID, today: date) -> Report:
        return report(
            DaysRepository(connection, user_id),
            today,
            chosen,
            period_before(kind, chosen.first, user.week_start),
            door.sources.habits.all_of(connection, user_id, user.calendar, today),
            reports.goals.over(connection, user_id, chosen.first, min(chosen.last, today)),
            reports.messages.about(connection, user_id, user.calendar, chosen, today),
        )

    return await door.look(user, work, look)
