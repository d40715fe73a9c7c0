"""The topics of devices in the AsyncAPI document."""

import re
from typing import Any

from pydantic import TypeAdapter

from daybeat.bootstrap import asyncapi_shapes as shapes
from daybeat.bootstrap.asyncapi_book import Book, Part
from daybeat.contracts import topics
from daybeat.modules.moods.mqtt import Ack, Reply

TEXT = "text/plain"
PARAMETERS = {
    "user_id": {"description": "Your user id, as `GET /api/v1/auth/me` gives it."},
    "habit_id": {"description": "The id of one of your habits."},
}


def devices(book: Book) -> None:
    """Describe the topics of devices."""
    _moods(book)
    _habits(book)
    _topic(book, topics.NOTIFICATION, book.message_of(shapes.Notification))
    _say(book, topics.NOTIFICATION, "For whoever listens right now; the broker keeps nothing of it.")
    status = book.message("Status", _plain(shapes.Status), "Whether Daybeat is at the broker.", content_type=TEXT)
    book.channel("status", "mqtt", [status], address=topics.STATUS)
    book.operation("send", "status", "Kept by the broker, which says `offline` for us.", bindings=_kept(retain=True))


def _moods(book: Book) -> None:
    ack = _topic(book, topics.MOOD_ACK, book.message_of(Ack))
    _topic(book, topics.MOOD_PROMPT, book.message_of(shapes.Prompt))
    _topic(book, topics.MOOD_REPLY, book.message_of(Reply, taken=True))
    _say(book, topics.MOOD_ACK, "After the commit; until it comes, send the reply again.")
    _say(book, topics.MOOD_PROMPT, "Kept by the broker until it is over; then the topic is empty.", retain=True)
    answered = {"channel": {"$ref": f"#/channels/{ack}"}, "messages": [{"$ref": f"#/channels/{ack}/messages/Ack"}]}
    _hear(book, topics.MOOD_REPLY, "Stored once, however often it is sent.", reply=answered)


def _habits(book: Book) -> None:
    words = "Today is done, or nothing was said of it."
    switch = book.message("Switch", _plain(shapes.Switch), words, content_type=TEXT)
    _topic(book, topics.HABIT_SET, switch, book.message_of(shapes.AmountToday, taken=True))
    _topic(book, topics.HABIT_STATE, book.message_of(shapes.HabitState))
    _say(book, topics.HABIT_STATE, "Kept by the broker; empty when the habit is gone.", retain=True)
    _hear(book, topics.HABIT_SET, "Sets today; the habit's state is the answer.")


def _topic(book: Book, tail: str, *messages: str) -> str:
    """Describe a topic below a user; gives the name of its channel."""
    address = f"{topics.ROOT}/{{user_id}}/{tail.replace('+', '{habit_id}')}"
    named = {name: PARAMETERS[name] for name in re.findall(r"{(\w+)}", address)}
    book.channel(_name(tail), "mqtt", messages, address=address, parameters=named)
    return _name(tail)


def _say(book: Book, tail: str, about: str, *, retain: bool = False) -> None:
    book.operation("send", _name(tail), about, bindings=_kept(retain=retain))


def _hear(book: Book, tail: str, about: str, **more: Any) -> None:
    book.operation("receive", _name(tail), about, bindings={"mqtt": {"qos": 1, "bindingVersion": "0.2.0"}}, **more)


def _kept(*, retain: bool) -> Part:
    return {"mqtt": {"qos": 1, "retain": retain, "bindingVersion": "0.2.0"}}


def _name(tail: str) -> str:
    return tail.replace("/+/", ".").replace("/", ".")


def _plain(words: Any) -> Part:
    return TypeAdapter(words).json_schema()
