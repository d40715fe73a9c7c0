"""The HTTP door of risks: what is likely to be missed next."""

import datetime as dt
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import CurrentReader
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.insights.door import Door
from daybeat.modules.insights.judging import is_judged, judge
from daybeat.modules.insights.risk_repository import RiskRepository
from daybeat.modules.insights.schemas import Unit

router = APIRouter(prefix="/insights", tags=["insights"], route_class=StrictRoute, responses=documented(401, 403))


class Risk(BaseModel):
    """What is expected of the next occurrence of a habit, which begins on `day`.

    `miss` is the chance of a miss; while it is too early for one, `missing` is how many closed occurrences it still
    takes. `last_chance` tells that today is the last day of the running week or month.
    """

    habit_id: UUID
    name: str
    unit: Unit
    day: dt.date
    miss: float | None
    flagged: bool
    missing: int | None
    reasons: list[str]
    action: str | None
    last_chance: bool


class Risks(BaseModel):
    """The user's present day, and what is expected: those at risk first, then by their chance of a miss."""

    day: dt.date
    items: list[Risk]


@router.get("/risks")
async def show_risks(user: CurrentReader, work: WorkNow, door: Door) -> Risks:
    """Show how likely the next occurrence of every habit is to be missed, and why."""
    await door.freshen(user, work)
    if not await work.read(lambda connection: is_judged(connection, user.user_id)):
        while not await work.write(lambda uow: judge(uow, user.user_id, user.calendar, door.sources)):
            pass  # others had their turn
    today = user.calendar.habit_day(work.now)
    rows = await work.read(lambda connection: RiskRepository(connection, user.user_id).expected())
    return Risks(day=today, items=[Risk(**{name: getattr(row, name) for name in Risk.model_fields}) for row in rows])
