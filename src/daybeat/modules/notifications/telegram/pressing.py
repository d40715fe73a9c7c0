"""What people press under a message of the bot."""

from uuid import UUID

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.errors import DomainError, Kind
from daybeat.modules.notifications.telegram import words
from daybeat.modules.notifications.telegram.buttons import (
    FACES,
    SCORES,
    ForMood,
    ForPrompt,
    ForReminder,
    ForToday,
    Press,
    read_press,
)
from daybeat.modules.notifications.telegram.calls import Calls, notice, put_in_place
from daybeat.modules.notifications.telegram.markup import escaped, plain
from daybeat.modules.notifications.telegram.people import Household
from daybeat.modules.notifications.telegram.today import today_list
from daybeat.modules.notifications.telegram.updates import Pressed, Said


class SaidAlready(DomainError):
    """You have told me already. Send /mood to say how you feel now."""

    kind = Kind.CONFLICT


class Presses:
    """Does what a button says for whoever owns the chat, and gives what to answer."""

    def __init__(self, household: Household) -> None:
        self._household = household

    def answer(self, pressed: Pressed, uow: UnitOfWork) -> Calls:
        """Answer a press; a DomainError says why nothing was done."""
        said = pressed.message
        if said is None or not said.chat.is_private or said.chat.id != pressed.sender.id:
            return [notice(pressed, words.NOT_HERE)]
        user_id = self._household.owner(said.chat.id, uow)
        if user_id is None:
            return [notice(pressed, words.NOT_LINKED, alert=True)]
        press = read_press(pressed.data)
        if press is None:
            return [notice(pressed, words.NOT_UNDERSTOOD)]
        return self._do(press, pressed, said, user_id, uow)

    def _do(self, press: Press, pressed: Pressed, said: Said, user_id: UUID, uow: UnitOfWork) -> Calls:
        acting = self._household.acting
        match press:
            case ForReminder(what, reminder_id):
                return _done(pressed, said, words.MARKS[what], acting.act(uow, user_id, reminder_id, what))
            case ForPrompt(score, prompt_id):
                return _done(pressed, said, _face(score), acting.answer_prompt(uow, user_id, prompt_id, score))
            case ForMood(score):
                return _done(pressed, said, _face(score), self._mood(score, said, user_id, uow))
            case ForToday():
                return self._check_in(press, pressed, said, user_id, uow)

    def _mood(self, score: int, said: Said, user_id: UUID, uow: UnitOfWork) -> str:
        """Record a mood once for each message that asked."""
        mood_id = self._household.name_for(said, "mood")
        try:
            return self._household.acting.record_mood(uow, user_id, score, None, mood_id=mood_id)
        except DomainError as refusal:
            if refusal.kind is Kind.CONFLICT:
                raise SaidAlready from refusal
            raise

    def _check_in(self, press: ForToday, pressed: Pressed, said: Said, user_id: UUID, uow: UnitOfWork) -> Calls:
        """Check a habit in from a list of today; a list of yesterday changes nothing today."""
        acting = self._household.acting
        lines = acting.today(uow.connection, user_id, uow.now)
        habit = next((each for each in lines if each.habit_id == press.habit_id), None)
        if lines and lines[0].day != press.day:
            return [notice(pressed, words.ANOTHER_DAY, alert=True)]
        sentence = words.NOT_DUE
        if habit is not None and habit.state == "open":
            once = self._household.name_for(said, habit.habit_id, habit.day)
            sentence = acting.check_in(uow, user_id, habit.habit_id, once)
        markup, rows = today_list(acting.today(uow.connection, user_id, uow.now))
        return [notice(pressed, sentence), put_in_place(said, markup, rows)]


def _done(pressed: Pressed, said: Said, mark: str, sentence: str) -> Calls:
    """Say what was done where the question stood, so that nobody presses again."""
    return [notice(pressed, sentence), put_in_place(said, f"{mark} {escaped(plain(sentence, 1000))}")]


def _face(score: int) -> str:
    return FACES[SCORES.index(score)]
