"""Which Telegram chat belongs to whom: a chat is a channel of its user."""

from uuid import UUID

from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.notifications.delivering import TURN
from daybeat.modules.notifications.handlers import AGAIN, TELEGRAM, AddChannel, keep_channel
from daybeat.modules.notifications.repository import ChannelRepository

EVERYTHING = ["reminders", "prompts", "checks", "reports"]


class TelegramChats:
    """Finds, makes and removes the channels of chats."""

    def __init__(self, language: str = "en") -> None:
        self._language = language

    def user_of(self, connection: Connection, chat_id: int) -> tuple[UUID, UUID] | None:
        """Give the user and the channel of a chat."""
        row = ChannelRepository(connection).of_chat(chat_id)
        return None if row is None else (row.user_id, row.id)

    def link(self, uow: UnitOfWork, user_id: UUID, chat_id: int, name: str) -> None:
        """Let a chat be this user's from now on."""
        repository = ChannelRepository(uow.connection)
        row = repository.of_chat(chat_id)
        if row is not None and row.user_id == user_id:
            uow.in_turn_of(TURN)
            repository.change(row.id, name=name[:100], enabled=True, **AGAIN)
            repository.let_go(row.id)
            return
        if row is not None:
            repository.remove(row.id)
        address = {"chat_id": chat_id, "name": name[:100]}
        command = AddChannel(
            user_id=user_id,
            kind=TELEGRAM,
            name=name[:100],
            address=address,
            kinds=EVERYTHING,
            language=self._language,
        )
        keep_channel(command, uow, place=f"telegram:{chat_id}")

    def unlink(self, uow: UnitOfWork, chat_id: int) -> None:
        """Forget whose chat it was."""
        repository = ChannelRepository(uow.connection)
        row = repository.of_chat(chat_id)
        if row is not None:
            repository.remove(row.id)
