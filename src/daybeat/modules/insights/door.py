"""What the door of insights needs: those it asks, and the figures brought up to date before anybody looks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Connection

from daybeat.infra.web.identity import Principal
from daybeat.infra.web.work import Work
from daybeat.modules.insights.active_days import ActivityLately
from daybeat.modules.insights.domain.associations import Association
from daybeat.modules.insights.marking import is_fresh
from daybeat.modules.insights.ports import Sources
from daybeat.modules.insights.refreshing import refresh
from daybeat.modules.insights.remembering import Lately

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class InsightsDoor:
    """What the composition root hands to the door of insights."""

    sources: Sources
    lately: ActivityLately
    judged: Lately[Mapping[str, Association]] = field(default_factory=Lately)

    async def look(self, user: Principal, work: Work, query: Callable[[Connection, UUID, date], T]) -> T:
        """Ask for something that the kept days tell, as of the user's present day."""
        await self.freshen(user, work)
        today = user.calendar.habit_day(work.now)
        return await work.read(lambda connection: query(connection, user.user_id, today))

    async def freshen(self, user: Principal, work: Work) -> None:
        """Bring the kept days of a user to their present day."""
        today = user.calendar.habit_day(work.now)
        if not await work.read(lambda connection: is_fresh(connection, user.user_id, today)):
            while not await work.write(lambda uow: refresh(uow, user.user_id, user.calendar, self.sources)):
                pass  # others had their turn


async def _door(request: Request) -> InsightsDoor:
    door: InsightsDoor = request.app.state.insights
    return door


Door = Annotated[InsightsDoor, Depends(_door)]
