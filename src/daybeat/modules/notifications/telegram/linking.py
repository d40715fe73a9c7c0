"""Codes that make a chat somebody's: shown to them where they are signed in, sent by them in the chat.

A code works once and for ten minutes, and only its digest is kept. Who sends too many wrong ones has to wait.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.notifications.telegram.repository import NO_WRONG_CODES, BotRepository

LIFETIME = timedelta(minutes=10)
LENGTH = 16
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that looks like something else, for those who type it: 79 bits in all."""
LONGEST_TRY = 64
MOST_WRONG = 5
WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code to send to the bot, and the link that sends it."""

    code: str
    url: str
    expires_at: datetime

    def drawn(self) -> str:
        """Draw the link as an SVG that a phone can read."""
        import segno  # it is only needed here

        drawing: str = segno.make(self.url, error="m").svg_inline(scale=5, border=4, light="#fff")
        return drawing


def new_link_code(user_id: UUID, username: str, *, uow: UnitOfWork) -> LinkCode:
    """Make a code for a user; codes before it stop working. `username` is the bot's."""
    repository = BotRepository(uow.connection)
    repository.forget_codes(user_id, uow.now)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    repository.keep_code(_digest(code), user_id, uow.now + LIFETIME)
    return LinkCode(code, f"https://t.me/{username}?start={code}", uow.now + LIFETIME)


def use_code(code: str, *, uow: UnitOfWork) -> UUID | None:
    """Use a code up, whoever brings it; gives whom it stands for, None when it does not work (any more)."""
    digest = _digest(code.strip().lower()[:LONGEST_TRY])
    row = BotRepository(uow.connection).take_code(digest)
    if row is None or not hmac.compare_digest(bytes(row.code_hash), digest) or row.expires_at <= uow.now:
        return None
    user_id: UUID = row.user_id
    return user_id


def may_try(chat_id: int, *, uow: UnitOfWork) -> bool:
    """Tell whether a chat may try a code, or has tried too many wrong ones."""
    chat = BotRepository(uow.connection).chat(chat_id)
    if chat is None or chat.wrong_since is None or uow.now - chat.wrong_since > WITHIN:
        return True
    return bool(chat.wrong_codes < MOST_WRONG)


def was_wrong(chat_id: int, *, uow: UnitOfWork) -> None:
    """Count a wrong code of a chat."""
    repository = BotRepository(uow.connection)
    chat = repository.chat(chat_id)
    if chat is None or chat.wrong_since is None or uow.now - chat.wrong_since > WITHIN:
        repository.keep_chat(uow, chat_id, wrong_codes=1, wrong_since=uow.now)
    else:
        repository.keep_chat(uow, chat_id, wrong_codes=chat.wrong_codes + 1)


def was_right(chat_id: int, *, uow: UnitOfWork) -> None:
    """Forget the wrong codes before a right one."""
    BotRepository(uow.connection).keep_chat(uow, chat_id, **NO_WRONG_CODES)


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode(errors="replace")).digest()
