"""From a fact to deliveries: one for each place where its user wants to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jinja2 import TemplateError
from sqlalchemy import Row

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.notifications.errors import TemplateRefused
from daybeat.modules.notifications.models import ANY_CHANNEL
from daybeat.modules.notifications.repository import ChannelRepository, DeliveryRepository, TemplateRepository
from daybeat.modules.notifications.templates import LONGEST_BODY, LONGEST_TITLE, check, render
from daybeat.modules.notifications.texts import ADVICE, REPORT_LINES, USUAL, Words

TROUBLE = (TemplateError, ArithmeticError, TypeError, ValueError, SyntaxError, RecursionError)
"""What a template can still run into: what it names is something else than it thought, or older rules let it in."""

NEWS = "notifications"
"""The hint that something is to be sent."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a fact has to say: its kind, what its templates may name, and what it speaks of."""

    kind: str
    wanted: str  # which switch of a channel lets it through
    said: Mapping[str, Any]
    subject: UUID | None = None
    habit_id: UUID | None = None
    day: date | None = None
    expires_at: datetime | None = None


def tell(told: Told, event_id: UUID, user_id: UUID, uow: UnitOfWork) -> None:
    """Make the deliveries of a fact. Told again, it makes none."""
    places = ChannelRepository(uow.connection).open_of(user_id, told.wanted)
    if places:
        words = OwnWords(TemplateRepository(uow.connection).all_of(user_id))
        DeliveryRepository(uow.connection).add([_delivery(told, event_id, place, words, uow) for place in places])
        uow.hint(NEWS)


def tell_one(told: Told, event_id: UUID, place: Row[Any], uow: UnitOfWork) -> UUID:
    """Make one delivery, whatever its channel is told otherwise; gives its id."""
    words = OwnWords(TemplateRepository(uow.connection).all_of(place.user_id))
    row = _delivery(told, event_id, place, words, uow)
    DeliveryRepository(uow.connection).add([row])
    uow.hint(NEWS)
    made: UUID = row["id"]
    return made


class OwnWords:
    """The templates of a user, and the usual ones where they have none."""

    def __init__(self, rows: Sequence[Row[Any]]) -> None:
        self._own = {(row.kind, row.language, row.channel): Words(row.title, row.body) for row in rows}

    def of(self, kind: str, language: str, channel: str) -> Words:
        """Give the words that are nearest: for this kind of channel, for any, the usual ones."""
        own = self._own.get((kind, language, channel)) or self._own.get((kind, language, ANY_CHANNEL))
        return own or USUAL[language][kind]

    def write(self, kind: str, language: str, channel: str, said: Mapping[str, Any]) -> tuple[str, str]:
        """Write title and body. Words that turn out not to fit give way to the usual ones."""
        if kind == "report":
            said = {**said, "lines": report_lines(said, language)}
        try:
            return written(self.of(kind, language, channel), said)
        except TROUBLE:
            return written(USUAL[language][kind], said)


def report_lines(said: Mapping[str, Any], language: str) -> list[str]:
    """Write a report line by line, and its recommendation last."""
    lines = [words.body for words in REPORT_LINES[language] if said[words.title]]
    return [render(line, said, LONGEST_TITLE) for line in (*lines, ADVICE[language][said["advice"]])]


def tried(kind: str, words: Words, said: Mapping[str, Any]) -> tuple[str, str]:
    """Check words and write them once; TemplateRefused says what is wrong with them."""
    check(kind, words.title)
    check(kind, words.body)
    try:
        return written(words, said)
    except TROUBLE as trouble:
        raise TemplateRefused(f"This cannot be written: {trouble}") from None


def written(words: Words, said: Mapping[str, Any]) -> tuple[str, str]:
    title = render(words.title, said, LONGEST_TITLE)
    return " ".join(title.split()), render(words.body, said, LONGEST_BODY)


def _delivery(told: Told, event_id: UUID, place: Row[Any], words: OwnWords, uow: UnitOfWork) -> dict[str, Any]:
    title, body = words.write(told.kind, place.language, place.kind, told.said)
    return {
        "id": new_id(),
        "user_id": place.user_id,
        "channel_id": place.id,
        "event_id": event_id,
        "kind": told.kind,
        "subject": told.subject,
        "habit_id": told.habit_id,
        "day": told.day.isoformat() if told.day else None,
        "title": title,
        "body": body,
        "state": "pending",
        "reason": None,
        "attempts": 0,
        "uncertain": 0,
        "waiting_since": uow.now,
        "expires_at": told.expires_at,
        "created_at": uow.now,
        "sent_at": None,
        "reference": None,
    }
