"""An activity event: one shape from the request to the queue to the table, checked wherever it comes in."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from daybeat.infra.strict_json import DEEPEST, deeper_than
from daybeat.kit.errors import DomainError

NOBODY = UUID(int=0)
"""The account of an event that came without a token."""

MOST_BYTES = 64 * 1024
MOST_AT_ONCE = 1000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
PLAIN = r"^[^\x00-\x20\x7f](?:[^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?\Z"
"""No control characters, and no blank at the ends: MariaDB takes `login` and `login ` for the same."""
_NUL = b"\\u0000"
_A_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class EventRefused(DomainError):
    """This is no event Daybeat can take."""


class ActivityEvent(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What somebody did. `account` and `received_at` are filled in by whoever takes it; a client may not say them."""

    user_id: Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
    event_type: Annotated[str, Meta(min_length=1, max_length=50, pattern=PLAIN)]
    timestamp: Annotated[datetime, Meta(tz=True)]
    metadata: dict[str, Any] | None = None
    event_id: UUID | None = None
    account: UUID | None = None
    received_at: Annotated[datetime, Meta(tz=True)] | None = None


_one = msgspec.json.Decoder(ActivityEvent)
_many = msgspec.json.Decoder(Annotated[list[ActivityEvent], Meta(min_length=1, max_length=MOST_AT_ONCE)])
_any_number = msgspec.json.Decoder(list[ActivityEvent])
_write = msgspec.json.Encoder().encode


def read_event(body: bytes) -> ActivityEvent:
    """Read one event; EventRefused says what is wrong without repeating it."""
    event: ActivityEvent = _read(_one, body)
    return event


def read_events(body: bytes) -> list[ActivityEvent]:
    """Read a list of 1 to 1,000 events, all of them or none."""
    events: list[ActivityEvent] = _read(_many, body)
    return events


def read_any_number(body: bytes) -> list[ActivityEvent]:
    """Read a list of events as it stands in the queue."""
    events: list[ActivityEvent] = _read(_any_number, body)
    return events


def check(event: ActivityEvent, latest: datetime) -> None:
    """Refuse a time that cannot be meant, and nesting without end."""
    if not EARLIEST <= event.timestamp <= latest:
        raise EventRefused("timestamp: the year has to be 2000 or later, and the time no later than tomorrow")
    for value in event.metadata.values() if event.metadata else ():
        if isinstance(value, dict | list) and deeper_than(value, DEEPEST - 2):
            raise EventRefused(f"metadata: nested deeper than {DEEPEST} levels")


def check_as_said(event: ActivityEvent) -> None:
    """Refuse what a client may not say."""
    if event.account is not None or event.received_at is not None:
        raise EventRefused("`account` and `received_at` are filled in by Daybeat.")


def write_events(events: Sequence[ActivityEvent]) -> bytes:
    """Write events as a JSON array."""
    return _write(events)


def _read(decoder: Any, body: bytes) -> Any:
    if _NUL in body and _A_NUL.search(body):
        raise EventRefused("NUL characters are not allowed.")
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise EventRefused(_in_words(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, OverflowError):
        raise EventRefused("The body is not valid JSON.") from None


def _in_words(said: str) -> str:
    """Say where and what, without the value that was sent."""
    what, _, where = said.partition(" - at ")
    field = where.strip("`").removeprefix("$").removeprefix(".").split("[...]")[0]
    if "regex" in what:
        what = "no control characters, and no blank at its beginning or end"
    return f"{field}: {what}" if field else what
