"""What stands in the queue: one event a message as other programs write it, or an array as the collector does.

Whoever can write into the queue is trusted to say whose an event is. What is no event is told apart from the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from daybeat.modules.activity.event import (
    AHEAD,
    MOST_BYTES,
    NOBODY,
    ActivityEvent,
    EventRefused,
    check,
    read_any_number,
    read_event,
)

QUEUE = "user_activity_events"
_raws = msgspec.json.Decoder(list[msgspec.Raw])


@dataclass(frozen=True, slots=True)
class Bad:
    """A part of a message that is no event."""

    place: int
    body: bytes
    reason: str


@dataclass(slots=True)
class Contents:
    """What a message holds, each with its place in it."""

    events: list[tuple[int, ActivityEvent]] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)


def read_message(body: bytes, now: datetime) -> Contents:
    """Take a message apart. Nothing in it makes this raise."""
    contents = Contents()
    if len(body) <= MOST_BYTES and _read_at_once(body, now, contents):
        return contents
    for place, part in _parts(body):
        try:
            event = _readable(part)
            check(event, now + AHEAD)
        except EventRefused as reason:
            contents.bad.append(Bad(place, part, reason.detail))
        else:
            contents.events.append((place, _whole(event, now)))
    return contents


def _read_at_once(body: bytes, now: datetime, contents: Contents) -> bool:
    """Read the common case: a message in which everything is right."""
    latest = now + AHEAD
    try:
        events: Sequence[ActivityEvent] = read_any_number(body) if body[:1] == b"[" else [read_event(body)]
        for event in events:
            check(event, latest)
    except EventRefused:
        return False
    contents.events = [(place, _whole(event, now)) for place, event in enumerate(events)]
    return True


def _parts(body: bytes) -> Iterator[tuple[int, bytes]]:
    if body.lstrip()[:1] != b"[":
        yield 0, body
        return
    try:
        parts = _raws.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        yield 0, body
        return
    for place, part in enumerate(parts):
        yield place, bytes(part)


def _readable(part: bytes) -> ActivityEvent:
    if len(part) > MOST_BYTES:
        raise EventRefused(f"An event has at most {MOST_BYTES // 1024} KiB.")
    return read_event(part)


def _whole(event: ActivityEvent, now: datetime) -> ActivityEvent:
    """Fill in what other people's programs do not say."""
    if event.account is None:
        event.account = NOBODY
    if event.received_at is None:
        event.received_at = now
    return event
