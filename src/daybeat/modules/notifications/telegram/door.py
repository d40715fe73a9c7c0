"""The door of the bot: each update is handled once, in one unit of work with the note that it was.

What an update leads to is told to Telegram only after the commit. An update nobody foresaw is set aside, so that the
next one follows; a database that is away is no fault of the update, which comes again.
"""

from typing import Any

import structlog

from daybeat.infra.db.store import OutcomeUnknown, StoreUnavailable
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events import quarantine
from daybeat.infra.events.handling import INFRASTRUCTURE
from daybeat.infra.readable import as_bytes, readable
from daybeat.kit.errors import DomainError
from daybeat.modules.notifications.ports import Acting, Chats
from daybeat.modules.notifications.telegram import words
from daybeat.modules.notifications.telegram.calls import Calls, notice, say
from daybeat.modules.notifications.telegram.commands import Commands
from daybeat.modules.notifications.telegram.people import Household
from daybeat.modules.notifications.telegram.pressing import Presses
from daybeat.modules.notifications.telegram.repository import BotRepository
from daybeat.modules.notifications.telegram.updates import Said, Update, read_update

log = structlog.get_logger()

READER = "telegram:updates"
AWAY = (StoreUnavailable, OutcomeUnknown, *INFRASTRUCTURE)


class BotDoor:
    """Handles updates of one bot."""

    def __init__(self, bot_id: int, acting: Acting, chats: Chats) -> None:
        self._bot_id = bot_id
        self._household = Household(bot_id, acting, chats)
        self._commands, self._presses = Commands(self._household), Presses(self._household)

    def take(self, number: int, raw: bytes, uow: UnitOfWork) -> Calls:
        """Handle an update unless it was handled before; gives what to answer."""
        return self._handle(number, raw, uow) if self._is_new(number, uow) else ()

    def take_again(self, content: Any, uow: UnitOfWork) -> None:
        """Handle an update that was set aside. Its sender has had an answer already."""
        self._answer(read_update(as_bytes(content)), uow)

    def set_aside(self, number: int, raw: bytes, failure: BaseException, uow: UnitOfWork) -> Calls:
        """Keep an update that cannot be handled, and tell its sender."""
        return self._keep(number, raw, failure, uow) if self._is_new(number, uow) else ()

    def _is_new(self, number: int, uow: UnitOfWork) -> bool:
        """Tell whether an update was not handled yet, and note that it is now."""
        uow.in_turn_of(f"telegram:{self._bot_id}")
        repository = BotRepository(uow.connection)
        newest = repository.newest_handled(self._bot_id, uow.now)
        if newest is not None and number <= newest:
            return False
        repository.handled(self._bot_id, number, uow.now)
        return True

    def _handle(self, number: int, raw: bytes, uow: UnitOfWork) -> Calls:
        try:
            with uow.attempt():
                calls = self._answer(read_update(raw), uow)
                uow.finish()
                return calls
        except AWAY:
            raise
        except DomainError as refusal:
            return _refused(read_update(raw), refusal.detail)
        except Exception as failure:
            log.exception("telegram update set aside", update=number)
            return self._keep(number, raw, failure, uow)

    def _answer(self, update: Update, uow: UnitOfWork) -> Calls:
        if update.callback_query is not None:
            return self._presses.answer(update.callback_query, uow)
        return self._commands.answer(update.message, uow) if update.message is not None else ()

    def _keep(self, number: int, raw: bytes, failure: BaseException, uow: UnitOfWork) -> Calls:
        update = _readable_update(raw)
        said = _said(update)
        owner = self._household.chats.user_of(uow.connection, said.chat.id) if said is not None else None
        quarantine.set_aside(
            uow,
            reader=READER,
            reference=str(number),
            content=readable(raw),
            error=failure,
            user_id=owner[0] if owner else None,
        )
        return _refused(update, words.OUR_FAULT) if update is not None else ()


def _readable_update(raw: bytes) -> Update | None:
    try:
        return read_update(raw)
    except (ValueError, RecursionError):
        return None


def _said(update: Update | None) -> Said | None:
    if update is None:
        return None
    return update.callback_query.message if update.callback_query is not None else update.message


def _refused(update: Update, reason: str) -> Calls:
    """Tell somebody why nothing was done. Groups are left in peace."""
    if update.callback_query is not None:
        return [notice(update.callback_query, reason, alert=True)]
    if update.message is not None and update.message.chat.is_private:
        return [say(update.message.chat.id, reason)]
    return ()
