"""The message that sender and wall share, as it stands in the queue `mood_events`, written and read to the letter."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, NoReturn

from daybeat.kit.errors import DomainError

QUEUE = "mood_events"
LARGEST = 4096
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)  # clocks that are a day wrong exist, clocks that are a year wrong are nonsense

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)


class Kind(Enum):
    """What somebody said: nothing in between, nothing about who they are."""

    GOOD = "good"
    BAD = "bad"


class NotAMood(DomainError):
    """This is no mood message: a good or a bad one with the time at which it was sent."""


@dataclass(frozen=True, slots=True)
class Message:
    """One mood on its way to the wall."""

    kind: Kind
    at: datetime


def write_message(message: Message) -> bytes:
    """Write a message as everybody's senders do: milliseconds, UTC, no blanks."""
    at = message.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": message.kind.value, "timestamp": at}, separators=(",", ":")).encode()


def read_message(body: bytes, now: datetime) -> Message:
    """Read a message, whoever wrote it. Fields beyond the two are other people's business and are passed over."""
    if len(body) > LARGEST:
        raise NotAMood("A mood message is short.")
    content = _json_object(body)
    return Message(_kind(content.get("type")), _time(content.get("timestamp"), now))


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body.decode(), object_pairs_hook=_each_name_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotAMood("A mood message is JSON.") from None
    if not isinstance(content, dict):
        raise NotAMood("A mood message is a JSON object.")
    return content


def _kind(value: Any) -> Kind:
    if not isinstance(value, str) or value not in {kind.value for kind in Kind}:
        raise NotAMood('The type of a mood message is "good" or "bad".')
    return Kind(value)


def _time(value: Any, now: datetime) -> datetime:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise NotAMood("The timestamp of a mood message looks like 2026-02-16T16:15:00.000Z.")
    try:
        at = datetime.fromisoformat(value.upper())
    except ValueError:
        raise NotAMood("The timestamp of a mood message is a time that exists.") from None
    if not EARLIEST <= at <= now + AHEAD:
        raise NotAMood("The timestamp of a mood message is in the future, or long before there were moods here.")
    return at.astimezone(UTC)


def _each_name_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    listed = list(pairs)
    content = dict(listed)
    if len(content) != len(listed):
        raise ValueError("a name stands twice")
    return content


def _no_number(_name: str) -> NoReturn:
    raise ValueError("not a number of JSON")
