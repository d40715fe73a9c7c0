"""The HTTP door of prompts: when to be asked, what was asked, and being asked now."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.idempotency import RunOnce
from daybeat.infra.web.identity import CurrentReader, CurrentUser
from daybeat.infra.web.paging import Cursor, Limit, page, reach
from daybeat.infra.web.problems import documented
from daybeat.infra.web.signed_links import SignedLinks
from daybeat.infra.web.work import WorkNow
from daybeat.modules.reminders import handlers, queries
from daybeat.modules.reminders.commands import ChoosePrompts
from daybeat.modules.reminders.schemas import Prompt, PromptList, PromptSettings, PromptSettingsIn

router = APIRouter(
    prefix="/mood-prompts", tags=["mood prompts"], route_class=StrictRoute, responses=documented(401, 403, 422)
)

State = Literal["open", "followed_up", "answered", "expired", "skipped"]


def _links(request: Request) -> SignedLinks:
    links: SignedLinks = request.app.state.prompt_links
    return links


Links = Annotated[SignedLinks, Depends(_links)]


@router.get("/settings")
async def show_prompt_settings(user: CurrentReader, work: WorkNow) -> PromptSettings:
    """Show when and where you are asked."""
    return await work.read(lambda connection: queries.settings(connection, user.user_id))


@router.put("/settings")
async def choose_prompts(body: PromptSettingsIn, user: CurrentUser, work: WorkNow) -> PromptSettings:
    """Choose when and where to be asked. What is left out takes its usual value."""
    command = ChoosePrompts(user_id=user.user_id, zone=user.calendar.zone, wanted=body.wanted())

    def change(uow: UnitOfWork) -> PromptSettings:
        handlers.choose_prompts(command, uow=uow)
        return queries.settings(uow.connection, user.user_id)

    return await work.write(change)


@router.post("/resume")
async def resume_prompts(user: CurrentUser, work: WorkNow) -> PromptSettings:
    """Go on asking after a rest, or after Daybeat asked whether it should."""

    def change(uow: UnitOfWork) -> PromptSettings:
        handlers.resume(user.user_id, uow=uow)
        return queries.settings(uow.connection, user.user_id)

    return await work.write(change)


@router.get("")
async def list_prompts(
    user: CurrentReader,
    work: WorkNow,
    links: Links,
    state: Annotated[State | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PromptList:
    """List what you were asked, the newest first."""
    most = reach(limit, cursor)
    rows = await work.read(lambda connection: queries.prompt_rows(connection, user.user_id, state, most))
    items, next_cursor = page(rows, limit, cursor)
    return PromptList(items=[queries.prompt_of(row, links) for row in items], next_cursor=next_cursor)


@router.post("", status_code=201, responses=documented(409))
async def ask_me_now(user: CurrentUser, work: WorkNow, links: Links, once: RunOnce) -> Prompt:
    """Be asked now, whatever the hour."""

    def change(uow: UnitOfWork) -> Prompt:
        def ask() -> Prompt:
            prompt_id = handlers.ask_now(user.user_id, user.calendar.zone, uow=uow)
            return queries.prompt(uow.connection, prompt_id, links)

        return once.run(uow, user.user_id, Prompt, ask)

    return await work.write(change)
