"""The channel to a Telegram chat: a message with buttons, sent by the bot."""

from typing import Any

from daybeat.kit.errors import DomainError
from daybeat.modules.notifications.channels.port import (
    Address,
    BadAddress,
    Gone,
    Later,
    Message,
    Pace,
    Readiness,
    Refused,
    Trouble,
)
from daybeat.modules.notifications.telegram.api import BotApi, NotTaken, TelegramAway, TokenRefused, TooFast
from daybeat.modules.notifications.telegram.buttons import rows_for
from daybeat.modules.notifications.telegram.calls import message as written
from daybeat.modules.notifications.telegram.markup import line, titled

HOW_TO = "Make a bot with @BotFather in Telegram, and set DAYBEAT_TELEGRAM_TOKEN to the token it gives you."
FROM_THE_CHAT = "A Telegram chat is linked from the chat itself: make a link in Daybeat, and send its code to the bot."
LEFT = "The bot may not write to this chat any more. Unblock it in Telegram, then link the chat again."
AWAY = "Telegram does not answer right now."
SLOW_DOWN = "Telegram wants fewer messages for a moment."
NO_BOT = "The bot of this Daybeat does not work at the moment; its owner has to look after its token."
_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "have no rights to send")


class TelegramChannel:
    """Sends through the bot; without one (`api` None) this instance has no Telegram."""

    kind = "telegram"
    pace = Pace(each=1.0, together=30.0)

    def __init__(self, api: BotApi | None) -> None:
        self._api = api

    def readiness(self) -> Readiness:
        return Readiness(self._api is not None, "" if self._api is not None else HOW_TO)

    def check(self, address: Address) -> dict[str, Any]:
        """Refuse whatever somebody gives: a chat that may be anybody's has to say itself whose it is."""
        del address
        raise BadAddress(FROM_THE_CHAT)

    def shown(self, address: Address) -> str:
        """Name the person behind the chat; its number stays with us."""
        return line(str(address.get("name") or ""), 64) or "a Telegram chat"

    async def send(self, address: Address, message: Message) -> str | None:
        if self._api is None:
            raise Later(NO_BOT)
        rows = rows_for(message.actions, message.subject, message.link, message.language)
        content = written(int(address["chat_id"]), titled(message.title, message.body) or "…", rows)
        try:
            return str(await self._api.send(content))
        except DomainError as trouble:
            raise _meaning(trouble) from None


def _meaning(trouble: DomainError) -> Trouble:
    """Tell what it means for the message."""
    match trouble:
        case TooFast():
            return Later(SLOW_DOWN, trouble.after)
        case TokenRefused():
            return Later(NO_BOT)
        case TelegramAway():
            return Later(AWAY)
        case NotTaken() if trouble.forbidden or any(each in trouble.detail.lower() for each in _NOBODY):
            return Gone(LEFT)
        case _:
            return Refused(f"Telegram does not take this message: {trouble.detail}"[:300])
