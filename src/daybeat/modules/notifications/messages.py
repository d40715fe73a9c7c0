"""From deliveries to the message that goes out: one, or many that fell together in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Row

from daybeat.modules.notifications.channels.port import Action, Message
from daybeat.modules.notifications.telling import OwnWords
from daybeat.modules.notifications.texts import LABELS, MOODS

MANY = 4
"""So many reminders that wait for one place are said in one message."""
TODAY, ACTIVITY = "/", "/integrations"
PLACES = {"check": TODAY, "report": "/", "test": ACTIVITY, "reminder": TODAY, "prompt": TODAY}


class Links(Protocol):
    """Makes links that work without signing in."""

    @property
    def base(self) -> str: ...

    def reminder(self, reminder_id: UUID) -> str: ...

    def prompt(self, prompt_id: UUID) -> str: ...


@dataclass(frozen=True, slots=True)
class Parcel:
    """Deliveries that go out as one message."""

    deliveries: Sequence[Row[Any]]
    message: Message

    @property
    def ids(self) -> list[UUID]:
        return [row.id for row in self.deliveries]


def parcels(rows: Sequence[Row[Any]], words: OwnWords, links: Links) -> list[Parcel]:
    """Pack what waits for one place, in its order; where many reminders fall together they become one message."""
    reminders = [row for row in rows if row.kind == "reminder"]
    if len(reminders) < MANY:
        return [Parcel([row], _message(row, links)) for row in rows]
    others = [Parcel([row], _message(row, links)) for row in rows if row.kind != "reminder"]
    return [Parcel(reminders, _digest(reminders, words, links)), *others]


def _message(row: Row[Any], links: Links) -> Message:
    return Message(
        id=row.id,
        user_id=row.user_id,
        kind=row.kind,
        title=row.title,
        body=row.body,
        link=links.base + PLACES[row.kind],
        language=row.channel_language,
        subject=row.subject,
        actions=_actions(row, links),
    )


def _digest(rows: Sequence[Row[Any]], words: OwnWords, links: Links) -> Message:
    first = rows[0]
    said = {"count": len(rows), "titles": [row.title for row in rows]}
    title, body = words.write("digest", first.channel_language, first.channel_kind, said)
    return Message(first.id, first.user_id, "digest", title, body, links.base + TODAY, first.channel_language)


def _actions(row: Row[Any], links: Links) -> tuple[Action, ...]:
    if row.subject is None:
        return ()
    if row.kind == "prompt":
        url = links.prompt(row.subject)
        moods = enumerate(MOODS[row.channel_language], 1)
        return tuple(Action(f"score:{score}", word, url, f"score={score}") for score, word in moods)
    url = links.reminder(row.subject)
    labels = LABELS[row.channel_language]
    return tuple(Action(name, label, url, f"do={name}") for name, label in labels.items())
