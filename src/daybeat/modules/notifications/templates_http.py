"""The HTTP door of templates: words of your own, and how they would read."""

from typing import Annotated

from fastapi import APIRouter, Query

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import CurrentReader, CurrentUser
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.notifications import handlers, queries
from daybeat.modules.notifications.door import Door
from daybeat.modules.notifications.models import ANY_CHANNEL
from daybeat.modules.notifications.repository import TemplateRepository
from daybeat.modules.notifications.schemas import (
    ChannelKind,
    Language,
    TemplateIn,
    TemplateKind,
    TemplateList,
    Written,
)
from daybeat.modules.notifications.telling import tried
from daybeat.modules.notifications.texts import EXAMPLES, Words

router = APIRouter(
    prefix="/notifications/templates",
    tags=["notifications"],
    route_class=StrictRoute,
    responses=documented(401, 403, 422),
)


@router.get("")
async def list_templates(user: CurrentReader, work: WorkNow) -> TemplateList:
    """List the words in use, and what they may name."""
    return await work.read(lambda connection: queries.template_list(connection, user.user_id))


@router.put("")
async def keep_template(body: TemplateIn, user: CurrentUser, work: WorkNow, door: Door) -> TemplateList:
    """Use your own words from now on."""
    if body.channel is not None:
        door.channels.get(body.channel)  # there has to be one
    channel, words = body.channel or ANY_CHANNEL, Words(body.title, body.body)

    def change(uow: UnitOfWork) -> TemplateList:
        handlers.keep_template(user.user_id, body.kind, body.language, channel, words, uow=uow)
        return queries.template_list(uow.connection, user.user_id)

    return await work.write(change)


@router.delete("", status_code=204)
async def reset_template(
    user: CurrentUser,
    work: WorkNow,
    kind: Annotated[TemplateKind, Query()],
    language: Annotated[Language, Query()] = "en",
    channel: Annotated[ChannelKind | None, Query()] = None,
) -> None:
    """Go back to the usual words."""
    place = channel or ANY_CHANNEL
    await work.write(lambda uow: TemplateRepository(uow.connection).remove(user.user_id, kind, language, place))


@router.post("/preview")
async def preview_template(body: TemplateIn, _user: CurrentReader) -> Written:
    """Show how words would read, without keeping them."""
    title, text = tried(body.kind, Words(body.title, body.body), EXAMPLES[body.kind])
    return Written(title=title, body=text)
