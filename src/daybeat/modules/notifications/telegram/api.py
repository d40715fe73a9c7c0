"""The few methods of Telegram's Bot API that Daybeat needs.

The token is part of every address, so nothing that was made from an address leaves this file: errors are our own,
without a cause that would name it, and what the HTTP library writes to its log has the token blacked out.
"""

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar

import httpx2
import msgspec

from daybeat.kit.errors import DomainError, Kind
from daybeat.modules.notifications.telegram.updates import Me, Sent

T = TypeVar("T")

TELEGRAM = "https://api.telegram.org"
ANSWER_WITHIN = 9.0  # seconds; a channel has ten
LISTEN = 25  # seconds Telegram holds a question for updates open
HEARD = ("message", "callback_query")
MOST_AT_ONCE = 100
_TOKEN = re.compile(r"(?<=/bot)[^/\s\"']+|\d+(?::|%3[Aa])[\w-]{20,}")
_FAILED = HTTPStatus.INTERNAL_SERVER_ERROR


class TelegramAway(DomainError):
    """Telegram does not answer right now."""

    kind = Kind.UNAVAILABLE


class TooFast(TelegramAway):
    """Telegram wants fewer messages for a moment."""

    def __init__(self, after: float) -> None:
        super().__init__(retry_after=round(after))
        self.after = after


class SomebodyElseListens(TelegramAway):
    """Another program reads what people write to this bot. Only one can: stop the other one, or make a second bot."""


class TokenRefused(TelegramAway):
    """Telegram does not know this bot. Check DAYBEAT_TELEGRAM_TOKEN."""


class NotTaken(DomainError):
    """Telegram will not do this, whenever it is asked; `forbidden` when the person does not want it."""

    def __init__(self, description: str, *, forbidden: bool = False) -> None:
        super().__init__(description)
        self.forbidden = forbidden


@dataclass(frozen=True, slots=True)
class Call:
    """A method and what to say to it; built where the words are, made after the commit."""

    method: str
    content: Mapping[str, Any] = field(default_factory=dict)


class _Parameters(msgspec.Struct):
    retry_after: float | None = None


class _Answer(msgspec.Struct):
    ok: bool = False
    result: msgspec.Raw = msgspec.Raw(b"null")
    description: str = ""
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


class _Blackened(logging.Filter):
    """Takes tokens out of what the HTTP library writes down."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_token(record.getMessage()), ()
        return True


logging.getLogger("httpx2").addFilter(_Blackened())


class BotApi:
    """One bot. Safe to use for many calls at once, on one asyncio loop."""

    def __init__(self, token: str, *, url: str = TELEGRAM, within: float = ANSWER_WITHIN) -> None:
        self._base, self._within = f"{url.rstrip('/')}/bot{token}", within
        self._client = httpx2.AsyncClient()

    async def close(self) -> None:
        await self._client.aclose()

    async def me(self) -> Me:
        return _read(await self.call(Call("getMe")), Me)

    async def updates(self, offset: int | None, *, listen: float = LISTEN) -> Sequence[msgspec.Raw]:
        """Wait for what people do, from a number on; what is below it is confirmed and never comes again."""
        asked = {"timeout": listen, "limit": MOST_AT_ONCE, "allowed_updates": HEARD}
        if offset is not None:
            asked["offset"] = offset
        result = await self.call(Call("getUpdates", asked), within=listen + self._within)
        return _read(result, list[msgspec.Raw])

    async def send(self, content: Mapping[str, Any]) -> int:
        """Send a message; gives its number in the chat."""
        return _read(await self.call(Call("sendMessage", content)), Sent).message_id

    async def call(self, call: Call, *, within: float | None = None) -> msgspec.Raw:
        """Make a call; gives its result as it came. Raises TelegramAway (for the moment) or NotTaken (for good)."""
        response = await self._ask(call, within or self._within)
        if response is None:
            raise TelegramAway
        status, answer = response.status_code, _read_answer(response.content)
        if status < HTTPStatus.BAD_REQUEST and answer is not None and answer.ok:
            return answer.result
        raise _trouble(status, answer)

    async def _ask(self, call: Call, within: float) -> httpx2.Response | None:
        """Ask over the network; None without an answer. No exception gets out: each holds the address."""
        try:
            async with asyncio.timeout(within):
                return await self._client.post(f"{self._base}/{call.method}", json=dict(call.content), timeout=within)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, TimeoutError):
            return None


def bot_id_of(token: str) -> int | None:
    """Read a bot's number off its token; None when this is no token."""
    number, colon, _ = token.partition(":")
    return int(number) if colon and number.isascii() and number.isdigit() else None


def without_token(text: str) -> str:
    return _TOKEN.sub("…", text)


def _read_answer(body: bytes) -> _Answer | None:
    try:
        return msgspec.json.decode(body, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _read(result: msgspec.Raw, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(result, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise TelegramAway("Telegram's answer could not be understood.") from None


def _trouble(status: int, answer: _Answer | None) -> DomainError:
    """Tell what a refusal means. What is no answer of Telegram's own comes from something in between."""
    if answer is None or status >= _FAILED or status < HTTPStatus.BAD_REQUEST:
        return TelegramAway()
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return TooFast(max(answer.parameters.retry_after or 1.0, 0.0))
    if status == HTTPStatus.CONFLICT:
        return SomebodyElseListens()
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
        return TokenRefused()
    said = without_token(answer.description)[:200] or "Telegram gave no reason."
    return NotTaken(said, forbidden=status == HTTPStatus.FORBIDDEN)
