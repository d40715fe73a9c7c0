"""Event streams (Server-Sent Events) that all show the same thing, made for thousands of open ones.

The usual way gives every listener a queue and a task that is woken for each frame. Here one loop hands one prepared
frame to all: uvicorn's `send` writes at once as long as the client reads, so it is run to its end without a task. A
client that does not read makes it wait; that one is let go, and its browser comes back by itself when it can.
"""

import asyncio
import random
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from typing import Any

from daybeat.infra.web.headers import FIXED
from daybeat.infra.web.problems import problem_response

AT_ONCE = 200  # streams served before the loop looks after others, and before the system sends what is written
LAST_WORDS = 5.0  # seconds a client that does not read gets for taking what was written to it
COME_BACK = (500, 2500)  # milliseconds: after a restart not everybody comes at the same moment
BEAT = b"event: beat\ndata: 1\n\n"
HEADERS = {
    **FIXED,
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}
_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()],
}
_END = {"type": "http.response.body", "body": b"", "more_body": False}


class Stream:
    """One open stream: where to write, and the task that ends when the client leaves."""

    __slots__ = ("_send", "_task")

    def __init__(self, send: Any) -> None:
        self._send, self._task = send, asyncio.current_task()

    def push(self, message: MutableMapping[str, Any]) -> None:
        """Write now, or let go of a client that would make us wait."""
        sending = self._send(message)
        try:
            sending.send(None)
        except StopIteration:
            return
        sending.close()
        self.let_go()

    def let_go(self) -> None:
        if self._task is not None:
            self._task.cancel()


class Streams:
    """An ASGI endpoint. Whoever comes gets the current frame at once, then every new one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: set[Stream] = set()
        self._frame = b""
        self._closed = False

    def __len__(self) -> int:
        return len(self._open)

    async def show(self, frame: bytes) -> None:
        """Make this the current frame and hand it to everybody."""
        self._frame = frame
        await self._hand_out(frame)

    async def beat(self) -> None:
        """Show that we are there, so that a client can tell silence from a dead connection."""
        await self._hand_out(BEAT)

    def close(self) -> None:
        """End every stream and take no new ones, so that the server can stop."""
        self._closed = True
        for stream in self._open:
            stream.let_go()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await send(_START)
        stream = Stream(send)
        self._open.add(stream)
        stream.push(_body(b"retry: %d\n\n" % random.randint(*COME_BACK) + self._frame))  # noqa: S311 - no secret
        try:
            await _gone(receive)
        except asyncio.CancelledError:
            await _end(send)
        finally:
            self._open.discard(stream)

    async def _hand_out(self, frame: bytes) -> None:
        message, everybody = _body(frame), list(self._open)
        for first in range(0, len(everybody), AT_ONCE):
            for stream in everybody[first : first + AT_ONCE]:
                stream.push(message)
            await asyncio.sleep(0)

    def _refusal(self, scope: Any) -> Any:
        if scope["method"] != "GET":
            return problem_response(405, "http", "Streams are only read.")
        if self._closed or len(self._open) >= self._most:
            return problem_response(503, "no-room", "No more streams can be open right now.", retry_after=5)
        return None


class Shortcut:
    """ASGI middleware: some paths go straight to their endpoints, past everything that others need and they do not."""

    def __init__(self, app: Any, endpoints: Mapping[str, Any]) -> None:
        self._app, self._endpoints = app, endpoints

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        straight = self._endpoints.get(scope["path"]) if scope["type"] == "http" else None
        await (straight or self._app)(scope, receive, send)


def _body(frame: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": frame, "more_body": True}


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _end(send: Any) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(LAST_WORDS):
            await send(_END)
