"""Whom the bot talks to, and for whom it acts."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.notifications.ports import Acting, Chats
from daybeat.modules.notifications.telegram.updates import Said

_NAMES = UUID("c7a1be0e-52c5-5a7c-9f43-0d5a5a5c1f6e")


@dataclass(frozen=True, slots=True)
class Household:
    """A bot, whose chats are whose, and what can be done for them."""

    bot_id: int
    acting: Acting
    chats: Chats

    def owner(self, chat_id: int, uow: UnitOfWork) -> UUID | None:
        """Give whose chat it is, in the turn of that user; None when it is nobody's."""
        found = self._user_of(chat_id, uow)
        if found is not None and uow.in_turn_of(found) and self._user_of(chat_id, uow) != found:
            return None  # it went to somebody else while we waited
        return found

    def name_for(self, said: Said, *what: object) -> UUID:
        """Name what follows from a message, so that it follows once. Each bot counts its messages from one."""
        return uuid5(_NAMES, ":".join(map(str, (self.bot_id, said.chat.id, said.message_id, *what))))

    def _user_of(self, chat_id: int, uow: UnitOfWork) -> UUID | None:
        found = self.chats.user_of(uow.connection, chat_id)
        return None if found is None else found[0]
