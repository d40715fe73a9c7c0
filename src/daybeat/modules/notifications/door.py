"""What the HTTP door of notifications needs: the channels of this instance, and Telegram's name for its bot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection

from daybeat.modules.notifications.channels.port import Channels


@dataclass(frozen=True, slots=True)
class NotificationsDoor:
    """What the composition root hands to the door."""

    channels: Channels
    push_key: Callable[[], str]
    bot: Callable[[Connection], str | None]


async def _door(request: Request) -> NotificationsDoor:
    door: NotificationsDoor = request.app.state.notifications
    return door


Door = Annotated[NotificationsDoor, Depends(_door)]
