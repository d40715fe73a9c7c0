"""The HTTP door of associations: what goes with better or worse moods."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import Connection

from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import CurrentReader
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.insights.association_schemas import AssociationList
from daybeat.modules.insights.door import Door
from daybeat.modules.insights.linking import linked, window

router = APIRouter(prefix="/insights", tags=["insights"], route_class=StrictRoute, responses=documented(401, 403, 422))


@router.get("/associations")
async def show_associations(user: CurrentReader, work: WorkNow, door: Door) -> AssociationList:
    """Show which habits and activity go with better or worse moods; nobody knows what causes what."""
    activity = await door.lately.days(user.user_id, user.calendar, window(user.calendar.habit_day(work.now)), work.now)

    def look(connection: Connection, user_id: UUID, today: date) -> AssociationList:
        habits = door.sources.habits.living(connection, user_id)
        return linked(connection, user_id, today, habits, activity, door.judged)

    return await door.look(user, work, look)
