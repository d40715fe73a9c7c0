"""Buttons under a message, and what they say to us when somebody presses them: at most 64 bytes.

done:ID · skip:ID · snooze:ID     a reminder
mood:N:ID                         a mood prompt, 1 to 5
feel:N                            a mood that was asked for by /mood
today:ID:20260302                 a habit of the list of that day
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, get_args
from urllib.parse import urlsplit
from uuid import UUID

from daybeat.modules.notifications.channels.port import Action
from daybeat.modules.notifications.ports import Deed
from daybeat.modules.notifications.telegram.markup import LONGEST_LABEL, line

Button: TypeAlias = dict[str, str]
Rows: TypeAlias = Sequence[Sequence[Button]]

SCORES = range(1, 6)
LONGEST_DATA = 64
OPEN = {"en": "Open Daybeat", "de": "Daybeat öffnen"}
FACES = ("😞", "🙁", "😐", "🙂", "😄")
_DAY = re.compile(r"[0-9]{8}")
_DEEDS: tuple[Deed, ...] = get_args(Deed)
_SCORE = "score:"


@dataclass(frozen=True, slots=True)
class ForReminder:
    """An answer to a reminder."""

    what: Deed
    reminder_id: UUID


@dataclass(frozen=True, slots=True)
class ForPrompt:
    """An answer to a mood prompt."""

    score: int
    prompt_id: UUID


@dataclass(frozen=True, slots=True)
class ForMood:
    """A mood nobody asked for."""

    score: int


@dataclass(frozen=True, slots=True)
class ForToday:
    """A habit on the list of a day."""

    habit_id: UUID
    day: date


Press: TypeAlias = ForReminder | ForPrompt | ForMood | ForToday


def read_press(data: str) -> Press | None:
    """Understand a button; None when it is none of ours."""
    what, _, rest = data.partition(":")
    try:
        return _read(what, rest)
    except ValueError:
        return None


def write_press(press: Press) -> str:
    """Write what a button says."""
    match press:
        case ForReminder(what, reminder_id):
            return f"{what}:{_short(reminder_id)}"
        case ForPrompt(score, prompt_id):
            return f"mood:{score}:{_short(prompt_id)}"
        case ForMood(score):
            return f"feel:{score}"
        case ForToday(habit_id, day):
            return f"today:{_short(habit_id)}:{day:%Y%m%d}"


def button(label: str, press: Press) -> Button:
    return {"text": line(label, LONGEST_LABEL) or "?", "callback_data": write_press(press)}


def keyboard(rows: Rows) -> dict[str, Any]:
    """Put rows of buttons under a message; none takes away those that were there."""
    return {"inline_keyboard": [list(row) for row in rows if row]}


def rows_for(actions: Sequence[Action], subject: UUID | None, link: str, language: str = "en") -> Rows:
    """Give what a notification can be answered with in one row, and where it leads in another."""
    answers = [made for each in actions if subject and (made := _answer(each, subject))]
    way = [{"text": OPEN.get(language, OPEN["en"]), "url": link}] if _is_public(link) else []
    return [row for row in (answers, way) if row]


def mood_row() -> list[Button]:
    return [button(face, ForMood(score)) for score, face in zip(SCORES, FACES, strict=True)]


def _answer(action: Action, subject: UUID) -> Button | None:
    """Make the button of an action; one that Telegram cannot carry has none."""
    for deed in _DEEDS:
        if action.name == deed:
            return button(action.label, ForReminder(deed, subject))
    if not action.name.startswith(_SCORE):
        return None
    return button(action.label, ForPrompt(_score(action.name.removeprefix(_SCORE)), subject))


def _is_public(link: str) -> bool:
    """Telegram takes no links to this machine or by bare names, and plain http is nothing to send through the world."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "")


def _read(what: str, rest: str) -> Press | None:
    for deed in _DEEDS:
        if what == deed:
            return ForReminder(deed, _long(rest))
    first, _, second = rest.partition(":")
    match what:
        case "mood":
            return ForPrompt(_score(first), _long(second))
        case "feel":
            return ForMood(_score(rest))
        case "today" if _DAY.fullmatch(second):
            return ForToday(_long(first), date.fromisoformat(second))
    return None


def _score(text: str) -> int:
    if text not in {str(score) for score in SCORES}:
        raise ValueError("no score")
    return int(text)


def _short(long: UUID) -> str:
    return base64.urlsafe_b64encode(long.bytes).rstrip(b"=").decode()


def _long(short: str) -> UUID:
    """Read an id; there is one way to write each."""
    try:
        long = UUID(bytes=base64.urlsafe_b64decode(f"{short}=="))
    except binascii.Error:
        raise ValueError("no id") from None
    if _short(long) != short:
        raise ValueError("no id")
    return long
