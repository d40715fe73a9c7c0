"""All SQL of the bot."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put, put_new
from daybeat.modules.notifications.telegram.models import notification_bot, telegram_chats, telegram_links

COMES_AGAIN_WITHIN = timedelta(days=2)
"""Telegram offers an update for a day, and numbers anew after a week of silence."""
CHATS_KEPT_FOR = timedelta(days=1)

_BOT = select(notification_bot).where(notification_bot.c.bot_id == bindparam("bot"))
_CHAT = select(telegram_chats).where(telegram_chats.c.chat_id == bindparam("chat"))
_TAKE_CODE = (
    delete(telegram_links).where(telegram_links.c.code_hash == bindparam("hash")).returning(*telegram_links.columns)
)


class BotRepository:
    """What a bot keeps, through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def introduce(self, bot_id: int, username: str) -> None:
        """Keep what the bot is called; how far it came stays."""
        new = {"bot_id": bot_id, "username": username, "update_id": None, "handled_at": None}
        if not put_new(self._connection, notification_bot, new):
            ours = notification_bot.c.bot_id == bot_id
            self._connection.execute(update(notification_bot).where(ours).values(username=username))

    def username(self, bot_id: int) -> str | None:
        row = self._bot(bot_id)
        return None if row is None else str(row.username)

    def newest_handled(self, bot_id: int, now: datetime) -> int | None:
        """Give the newest update that was handled; None when numbers may have begun anew since."""
        row = self._bot(bot_id)
        if row is None or row.handled_at is None or now - row.handled_at > COMES_AGAIN_WITHIN:
            return None
        number: int = row.update_id
        return number

    def handled(self, bot_id: int, update_id: int, now: datetime) -> None:
        ours = notification_bot.c.bot_id == bot_id
        done = {"update_id": update_id, "handled_at": now}
        self._connection.execute(update(notification_bot).where(ours).values(done))

    def keep_code(self, code_hash: bytes, user_id: UUID, expires_at: datetime) -> None:
        new = {"code_hash": code_hash, "user_id": user_id, "expires_at": expires_at}
        put(self._connection, telegram_links, new)

    def take_code(self, code_hash: bytes) -> Row[Any] | None:
        """Use a code up; gives its row."""
        return self._connection.execute(_TAKE_CODE, {"hash": code_hash}).one_or_none()

    def forget_codes(self, user_id: UUID, before: datetime) -> None:
        """Drop the codes of a user, and all that have expired."""
        over = (telegram_links.c.user_id == user_id) | (telegram_links.c.expires_at < before)
        self._connection.execute(delete(telegram_links).where(over))

    def chat(self, chat_id: int) -> Row[Any] | None:
        return self._connection.execute(_CHAT, {"chat": chat_id}).one_or_none()

    def keep_chat(self, uow: UnitOfWork, chat_id: int, **values: Any) -> None:
        """Note something about a chat, and forget chats of which nothing was noted for a day."""
        old = telegram_chats.c.seen_at < uow.now - CHATS_KEPT_FOR
        self._connection.execute(delete(telegram_chats).where(old))
        row = self.chat(chat_id)
        known = row._asdict() if row is not None else {"chat_id": chat_id, "hinted_at": None, **NO_WRONG_CODES}
        put(self._connection, telegram_chats, {**known, **values, "seen_at": uow.now})

    def _bot(self, bot_id: int) -> Row[Any] | None:
        return self._connection.execute(_BOT, {"bot": bot_id}).one_or_none()


NO_WRONG_CODES = {"wrong_codes": 0, "wrong_since": None}


def forget_user(connection: Connection, user_id: UUID) -> None:
    """Erase what the bot keeps of a user."""
    connection.execute(delete(telegram_links).where(telegram_links.c.user_id == user_id))
