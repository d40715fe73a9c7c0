"""What people write to the bot."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from daybeat.contracts.moods import MOOD_WORDS
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.notifications.telegram import words
from daybeat.modules.notifications.telegram.buttons import SCORES, mood_row
from daybeat.modules.notifications.telegram.calls import Calls, say, say_marked
from daybeat.modules.notifications.telegram.linking import may_try, use_code, was_right, was_wrong
from daybeat.modules.notifications.telegram.markup import line, plain
from daybeat.modules.notifications.telegram.people import Household
from daybeat.modules.notifications.telegram.repository import BotRepository
from daybeat.modules.notifications.telegram.today import today_list
from daybeat.modules.notifications.telegram.updates import Said

LONGEST_NAME = 64
LONGEST_NOTE = 2000
HINT_EVERY = timedelta(hours=1)
_MOODS = {**{str(score): score for score in SCORES}, **dict(zip(MOOD_WORDS, SCORES, strict=True))}

Command = Callable[[Said, str, UnitOfWork], Calls]
OwnersCommand = Callable[[Said, str, UUID, UnitOfWork], Calls]


class Commands:
    """Does what a message asks for, and gives what to answer."""

    def __init__(self, household: Household) -> None:
        self._household = household
        self._for_anybody: Mapping[str, Command] = {"/start": self._start, "/help": self._help, "/stop": self._stop}
        self._for_owners: Mapping[str, OwnersCommand] = {"/today": self._today, "/mood": self._mood}

    def answer(self, said: Said, uow: UnitOfWork) -> Calls:
        """Answer a message. In a group nobody is anybody's, so nothing is done there."""
        word, rest = _parsed(said.text)
        if not said.chat.is_private:
            return self._start_in_group(said, rest, uow) if word == "/start" else ()
        if word in self._for_anybody:
            return self._for_anybody[word](said, rest, uow)
        if word in self._for_owners:
            return self._for_owner(self._for_owners[word], said, rest, uow)
        return self._hint(said, uow)

    def _for_owner(self, command: OwnersCommand, said: Said, rest: str, uow: UnitOfWork) -> Calls:
        user_id = self._household.owner(said.chat.id, uow)
        if user_id is None:
            return [say(said.chat.id, words.NOT_LINKED)]
        return command(said, rest, user_id, uow)

    def _start(self, said: Said, code: str, uow: UnitOfWork) -> Calls:
        chat_id = said.chat.id
        if not code:
            return [say(chat_id, words.LINKED_ALREADY if self._is_linked(chat_id, uow) else words.WELCOME)]
        if not may_try(chat_id, uow=uow):
            return [say(chat_id, words.TOO_MANY_CODES)]
        user_id = use_code(code, uow=uow)
        if user_id is None:
            was_wrong(chat_id, uow=uow)
            return [say(chat_id, words.WRONG_BUT_LINKED if self._is_linked(chat_id, uow) else words.WRONG_CODE)]
        return self._link(said, user_id, uow)

    def _link(self, said: Said, user_id: UUID, uow: UnitOfWork) -> Calls:
        uow.in_turn_of(user_id)
        was_right(said.chat.id, uow=uow)
        name = said.sender.name if said.sender is not None else ""
        self._household.chats.link(uow, user_id, said.chat.id, line(name, LONGEST_NAME))
        return [say(said.chat.id, words.LINKED)]

    def _start_in_group(self, said: Said, code: str, uow: UnitOfWork) -> Calls:
        """Whoever is in the group has read the code, so it is used up."""
        if code and may_try(said.chat.id, uow=uow) and use_code(code, uow=uow) is None:
            was_wrong(said.chat.id, uow=uow)
        return [say(said.chat.id, words.ONLY_PRIVATE)] if self._may_hint(said.chat.id, uow) else ()

    def _help(self, said: Said, _rest: str, _uow: UnitOfWork) -> Calls:
        return [say(said.chat.id, words.HELP)]

    def _stop(self, said: Said, _rest: str, uow: UnitOfWork) -> Calls:
        if self._household.owner(said.chat.id, uow) is None:
            return [say(said.chat.id, words.NOT_LINKED)]
        self._household.chats.unlink(uow, said.chat.id)
        return [say(said.chat.id, words.UNLINKED)]

    def _today(self, said: Said, _rest: str, user_id: UUID, uow: UnitOfWork) -> Calls:
        markup, rows = today_list(self._household.acting.today(uow.connection, user_id, uow.now))
        return [say_marked(said.chat.id, markup, rows)]

    def _mood(self, said: Said, rest: str, user_id: UUID, uow: UnitOfWork) -> Calls:
        chat_id = said.chat.id
        if not rest:
            return [say(chat_id, words.FEELING, [mood_row()])]
        first, *others = rest.split(maxsplit=1)
        score, note = _MOODS.get(first.lower()), plain("".join(others))
        if score is None:
            return [say(chat_id, words.MOOD_HELP)]
        if len(note) > LONGEST_NOTE:
            return [say(chat_id, words.LONG_NOTE.format(most=LONGEST_NOTE))]
        mood_id = self._household.name_for(said, "mood")
        return [say(chat_id, self._household.acting.record_mood(uow, user_id, score, note or None, mood_id=mood_id))]

    def _hint(self, said: Said, uow: UnitOfWork) -> Calls:
        if not self._may_hint(said.chat.id, uow):
            return ()
        return [say(said.chat.id, words.UNKNOWN if self._is_linked(said.chat.id, uow) else words.WELCOME)]

    def _may_hint(self, chat_id: int, uow: UnitOfWork) -> bool:
        """Tell whether it is time for a hint, and note that it was given."""
        repository = BotRepository(uow.connection)
        chat = repository.chat(chat_id)
        if chat is not None and chat.hinted_at is not None and uow.now - chat.hinted_at < HINT_EVERY:
            return False
        repository.keep_chat(uow, chat_id, hinted_at=uow.now)
        return True

    def _is_linked(self, chat_id: int, uow: UnitOfWork) -> bool:
        return self._household.chats.user_of(uow.connection, chat_id) is not None


def _parsed(text: str) -> tuple[str, str]:
    """Split a command from what follows it. In groups it may name the bot it is for."""
    first, *rest = text.split(maxsplit=1) or [""]
    return first.partition("@")[0].lower(), "".join(rest).strip()
