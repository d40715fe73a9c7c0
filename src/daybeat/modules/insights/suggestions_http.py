"""The HTTP door of suggestions: what could help, and what to do about it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query
from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.idempotency import Once, RunOnce
from daybeat.infra.web.identity import CurrentReader, CurrentUser, Principal
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import Work, WorkNow
from daybeat.modules.insights import suggestions
from daybeat.modules.insights.door import Door, InsightsDoor
from daybeat.modules.insights.suggestion_repository import SuggestionRepository
from daybeat.modules.insights.suggestion_views import Shown, Suggestion, SuggestionList

router = APIRouter(
    prefix="/insights/suggestions", tags=["insights"], route_class=StrictRoute, responses=documented(401, 403, 422)
)

SuggestionId = Annotated[UUID, Path()]
State = Annotated[Literal["open", "decided"], Query()]
WHICH = {"open": (suggestions.OPEN,), "decided": (suggestions.APPLIED, suggestions.DISMISSED, suggestions.UNDONE)}


@router.get("")
async def list_suggestions(user: CurrentReader, work: WorkNow, door: Door, state: State = "open") -> SuggestionList:
    """List what could help, or what was decided about."""

    def is_in_step(connection: Connection, user_id: UUID, today: date) -> bool:
        wanted = suggestions.wanted(connection, user_id, user.calendar, today, door.sources)
        return suggestions.is_in_step(connection, user_id, wanted)

    if state == "open" and not await door.look(user, work, is_in_step):
        await work.write(lambda uow: suggestions.keep_in_step(uow, user.user_id, user.calendar, door.sources))
    today = user.calendar.habit_day(work.now)
    items = await work.read(
        lambda connection: Shown(connection, user.user_id, today, door.sources.changing).every(WHICH[state])
    )
    return SuggestionList(items=items)


@router.post("/{suggestion_id}/apply", responses=documented(404, 409))
async def apply_suggestion(
    suggestion_id: SuggestionId, user: CurrentUser, work: WorkNow, door: Door, once: RunOnce
) -> Suggestion:
    """Do what is suggested. Doing it twice changes nothing."""
    decide = partial(suggestions.apply, calendar=user.calendar, sources=door.sources)
    await _freshen(suggestion_id, user, work, door)
    return await work.write(_decided(suggestion_id, user, door, once, decide))


@router.post("/{suggestion_id}/dismiss", responses=documented(404, 409))
async def dismiss_suggestion(
    suggestion_id: SuggestionId, user: CurrentUser, work: WorkNow, door: Door, once: RunOnce
) -> Suggestion:
    """Put a suggestion away. It does not come again while it rests on the same."""
    return await work.write(_decided(suggestion_id, user, door, once, suggestions.dismiss))


@router.post("/{suggestion_id}/undo", responses=documented(404, 409))
async def undo_suggestion(
    suggestion_id: SuggestionId, user: CurrentUser, work: WorkNow, door: Door, once: RunOnce
) -> Suggestion:
    """Take a decision back: the habit asks for what it asked for before, unless it was changed meanwhile."""
    decide = partial(suggestions.undo, calendar=user.calendar, sources=door.sources)
    await _freshen(suggestion_id, user, work, door)
    return await work.write(_decided(suggestion_id, user, door, once, decide))


async def _freshen(suggestion_id: UUID, user: Principal, work: Work, door: InsightsDoor) -> None:
    """Bring the figures up to date that the decision has to rest on, if there is such a suggestion."""
    await work.read(lambda connection: SuggestionRepository(connection, user.user_id).get(suggestion_id))
    await door.look(user, work, lambda *_: None)


def _decided(
    suggestion_id: UUID,
    user: Principal,
    door: InsightsDoor,
    once: Once,
    decide: Callable[[UnitOfWork, UUID, UUID], None],
) -> Callable[[UnitOfWork], Suggestion]:
    """Decide once for the request's key, and show what the suggestion is then."""

    def change(uow: UnitOfWork) -> Suggestion:
        def produce() -> Suggestion:
            decide(uow, user.user_id, suggestion_id)
            today = user.calendar.habit_day(uow.now)
            return Shown(uow.connection, user.user_id, today, door.sources.changing).one(suggestion_id)

        return once.run(uow, user.user_id, Suggestion, produce)

    return change
