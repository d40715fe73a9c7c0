"""The HTTP door of Telegram: a link that connects a chat."""

from fastapi import APIRouter

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import SignedInUser
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.notifications.door import Door
from daybeat.modules.notifications.errors import ChannelNotReady
from daybeat.modules.notifications.handlers import TELEGRAM
from daybeat.modules.notifications.schemas import TelegramLink
from daybeat.modules.notifications.telegram.linking import new_link_code

router = APIRouter(
    prefix="/notifications/telegram", tags=["notifications"], route_class=StrictRoute, responses=documented(401, 403)
)


@router.post("/link", status_code=201, responses=documented(409))
async def link_chat(user: SignedInUser, work: WorkNow, door: Door) -> TelegramLink:
    """Get a link that connects a Telegram chat: it works once, for ten minutes."""
    readiness = door.channels.get(TELEGRAM).readiness()
    if not readiness.ready:
        raise ChannelNotReady(readiness.how_to)

    def change(uow: UnitOfWork) -> TelegramLink:
        username = door.bot(uow.connection)
        if username is None:
            raise ChannelNotReady("The bot has not reached Telegram yet. Try again in a moment.")
        made = new_link_code(user.user_id, username, uow=uow)
        return TelegramLink(code=made.code, url=made.url, expires_at=made.expires_at, qr=made.drawn())

    return await work.write(change)
