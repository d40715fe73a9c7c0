"""The hot door: events come in over plain ASGI, past everything other requests need and these do not."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
import structlog

from daybeat.infra.web.problems import STATUS, kebab, problem_response
from daybeat.kit.clock import Clock
from daybeat.kit.errors import DomainError, Kind
from daybeat.kit.ids import new_ids
from daybeat.modules.activity.callers import Callers
from daybeat.modules.activity.event import (
    AHEAD,
    ActivityEvent,
    EventRefused,
    check,
    check_as_said,
    read_event,
    read_events,
)
from daybeat.modules.activity.figures import IntakeFigures
from daybeat.modules.activity.intake import Intake, TooBusy

log = structlog.get_logger()

TRACK, BATCH = "/api/v1/events/track", "/api/v1/events/batch"
MOST_BYTES = {TRACK: 64 * 1024, BATCH: 1024 * 1024}
_HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]
_encode = msgspec.json.encode


_SHED = problem_response(503, kebab(TooBusy.__name__), TooBusy().detail, retry_after=1)
_CLOSE = (b"connection", b"close")
"""Who is refused because we cannot keep up has to come in again: that takes them longer than it takes us."""
_SHED_BEGIN = {"type": "http.response.start", "status": 503, "headers": [*_SHED.raw_headers, _CLOSE]}
_SHED_REST = {"type": "http.response.body", "body": _SHED.body}


class TooLarge(Exception):
    """The body is longer than such a request may be."""


class Collector:
    """ASGI: one event or a batch of them, answered when they will not get lost."""

    def __init__(self, intake: Intake, callers: Callers, clock: Clock, figures: IntakeFigures) -> None:
        self._intake, self._callers, self._clock, self._figures = intake, callers, clock, figures

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            if self._intake.is_full():  # before anything is read of it: refusing must cost next to nothing
                await self._shed(send)
                return
            if scope["method"] != "POST":
                await self._refuse(405, "http", "Events are sent with POST.", scope, receive, send)
                return
            answer = await self._take(scope, receive)
        except TooLarge:
            await self._refuse(413, "http", "The body is too large.", scope, receive, send)
        except DomainError as error:
            await self._refuse(
                STATUS[error.kind], kebab(type(error).__name__), error.detail, scope, receive, send, error
            )
        except Exception:
            log.exception("request failed", path=scope["path"])
            await self._refuse(
                500, "internal", "This is our fault and has been written to the log.", scope, receive, send
            )
        else:
            length = (b"content-length", b"%d" % len(answer))
            await send({"type": "http.response.start", "status": 202, "headers": [*_HEADERS, length]})
            await send({"type": "http.response.body", "body": answer})

    async def _shed(self, send: Any) -> None:
        self._figures.shed.inc()
        self._figures.refused.labels("503").inc()
        await send(_SHED_BEGIN)
        await send(_SHED_REST)

    async def _take(self, scope: Any, receive: Any) -> bytes:
        account = await self._callers.account_of(scope)
        body = await _body(receive, MOST_BYTES[scope["path"]])
        events = [read_event(body)] if scope["path"] == TRACK else read_events(body)
        self._callers.count(account, scope["client"][0] if scope["client"] else "", len(events))
        self._fill_in(events, account)
        await self._intake.put(events, len(body))
        return _one_answer(events[0]) if scope["path"] == TRACK else _batch_answer(events)

    def _fill_in(self, events: Sequence[ActivityEvent], account: UUID) -> None:
        """Say whose these are, when they came, and which they are."""
        now, number = self._clock.now(), 0
        latest = now + AHEAD
        try:
            for number, event in enumerate(events):  # noqa: B007 - the one that was refused is named
                check_as_said(event)
                check(event, latest)
                event.account, event.received_at = account, now
        except EventRefused as reason:
            raise EventRefused(f"[{number}].{reason.detail}" if len(events) > 1 else reason.detail) from None
        nameless = [event for event in events if event.event_id is None]
        for event, event_id in zip(nameless, new_ids(len(nameless)), strict=True):
            event.event_id = event_id

    async def _refuse(
        self, status: int, kind: str, detail: str, scope: Any, receive: Any, send: Any, error: DomainError | None = None
    ) -> None:
        self._figures.refused.labels(str(status)).inc()
        retry_after = error.retry_after if error is not None else None
        response = problem_response(status, kind, detail, retry_after=retry_after)
        if status == STATUS[Kind.UNAVAILABLE]:
            response.raw_headers.append(_CLOSE)
        await response(scope, receive, send)


async def _body(receive: Any, most: int) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        if len(body) > most:
            break
        message = await receive()
        body += message.get("body", b"")
    if len(body) > most:
        raise TooLarge
    return body


class _Queued(msgspec.Struct):
    status: str
    message: str
    event_id: UUID | None


def _one_answer(event: ActivityEvent) -> bytes:
    return _encode(_Queued("queued", "Event queued successfully", event.event_id))


def _batch_answer(events: Sequence[ActivityEvent]) -> bytes:
    return b'{"status":"queued","accepted":%d}' % len(events)
