"""The WebSocket: say who you are in the first frame, then hear every fact after the one you know."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from daybeat.infra.db.store import Store
from daybeat.infra.events.log import events_of, last_seq
from daybeat.infra.web.identity import Identify, NotSignedIn
from daybeat.infra.web.origins import is_own_page
from daybeat.modules.live.frames import frame_of_row
from daybeat.modules.live.hub import Hub, Listener

log = structlog.get_logger()

router = APIRouter(tags=["live"])

NOT_SIGNED_IN = 4401
NOT_UNDERSTOOD = 4400
FORBIDDEN = 4403
FIRST_FRAME_WITHIN = 10.0
RECHECK_EVERY = 30.0
LARGEST_FRAME = 8192
PAGE = 200


class NotUnderstood(Exception):
    """The client sent something that is no frame of ours."""


class NotAllowed(Exception):
    """The token was not given the right to watch that."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Frames for an account that are no facts of the log, for those with a scope. What is missed is not made up for."""

    scope: str
    frames: Callable[[UUID], AsyncIterator[str]]


@dataclass(frozen=True, slots=True)
class LiveDoor:
    """What the composition root hands to this door."""

    hub: Hub
    store: Store
    identify: Identify
    origins: tuple[str, ...]
    channels: Mapping[str, Channel] = field(default_factory=dict)


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Serve one listener until it leaves or its session ends."""
    door: LiveDoor = socket.app.state.live
    await socket.accept()
    if not is_own_page(socket, door.origins):
        await socket.close(FORBIDDEN)
        return
    with contextlib.suppress(WebSocketDisconnect):
        await _Conversation(socket, door).run()


class _Conversation:
    """One socket: what it may hear, how far it has heard, and whether it still may."""

    def __init__(self, socket: WebSocket, door: LiveDoor) -> None:
        self._socket, self._door = socket, door
        self._token = ""
        self._scopes: frozenset[str] = frozenset()
        self._sent = 0
        self._watching: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        try:
            user_id, since = await self._greet()
        except (NotSignedIn, TimeoutError):
            await self._socket.close(NOT_SIGNED_IN)
        except NotUnderstood:
            await self._socket.close(NOT_UNDERSTOOD)
        else:
            await self._serve(user_id, since)

    async def _greet(self) -> tuple[UUID, int | None]:
        async with asyncio.timeout(FIRST_FRAME_WITHIN):
            frame = await self._receive()
        user_id = await self._authenticate(frame)
        since = frame.get("since")
        if since is not None and (not isinstance(since, int) or isinstance(since, bool) or not 0 <= since < 1 << 53):
            raise NotUnderstood
        return user_id, since

    async def _serve(self, user_id: UUID, since: int | None) -> None:
        listener = self._door.hub.join(user_id)
        try:
            newest = await self._door.store.read(lambda connection: last_seq(connection, user_id))
            self._sent = newest if since is None else min(since, newest)
            await self._socket.send_text(json.dumps({"type": "ready", "seq": newest}))
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._speak(user_id, listener))
                tasks.create_task(self._listen(user_id, tasks))
                tasks.create_task(self._stay_sure())
        except* (WebSocketDisconnect, RuntimeError):
            log.debug("listener left", user_id=str(user_id))
        except* NotSignedIn:
            await self._socket.close(NOT_SIGNED_IN)
        except* NotUnderstood:
            await self._socket.close(NOT_UNDERSTOOD)
        except* NotAllowed:
            await self._socket.close(FORBIDDEN)
        finally:
            self._door.hub.leave(user_id, listener)

    async def _speak(self, user_id: UUID, listener: Listener) -> None:
        """Send fact after fact. What does not follow on the last one sent is read from the log."""
        await self._catch_up(user_id)
        while True:
            await listener.news.wait()
            for seq, frame in listener.take():
                if seq == self._sent + 1:
                    await self._socket.send_text(frame)
                    self._sent = seq
                elif seq > self._sent:
                    await self._catch_up(user_id)
            if listener.newest > self._sent:
                await self._catch_up(user_id)

    async def _catch_up(self, user_id: UUID) -> None:
        while True:
            after = self._sent
            rows = await self._door.store.read(partial(events_of, user_id=user_id, after=after, limit=PAGE))
            for row in rows:
                await self._socket.send_text(frame_of_row(row))
                self._sent = row.user_seq
            if len(rows) < PAGE:
                return

    async def _listen(self, user_id: UUID, tasks: asyncio.TaskGroup) -> None:
        """Take wishes, and a fresh token on the open socket; it has to be the same user's."""
        while True:
            frame = await self._receive()
            if frame.get("type") in ("watch", "unwatch"):
                self._watch(user_id, frame, tasks)
            elif await self._authenticate(frame) != user_id:
                raise NotSignedIn

    def _watch(self, user_id: UUID, frame: dict[str, Any], tasks: asyncio.TaskGroup) -> None:
        """Begin or end to pass on a channel; asking twice is asking once."""
        name = frame.get("channel")
        if not isinstance(name, str) or name not in self._door.channels:
            raise NotUnderstood
        watching = self._watching.pop(name, None)
        if watching is not None:
            watching.cancel()
        channel = self._door.channels[name]
        if channel.scope not in self._scopes:
            raise NotAllowed
        if frame["type"] == "watch":
            self._watching[name] = tasks.create_task(self._pass_on(channel.frames(user_id)))

    async def _pass_on(self, frames: AsyncIterator[str]) -> None:
        async with contextlib.aclosing(frames) as open_frames:  # type: ignore[type-var]
            async for frame in open_frames:
                await self._socket.send_text(frame)

    async def _stay_sure(self) -> None:
        """Ask again and again whether the session still stands."""
        while True:
            await asyncio.sleep(RECHECK_EVERY)
            await self._door.identify(self._token, used=False)

    async def _authenticate(self, frame: dict[str, Any]) -> UUID:
        token = frame.get("token")
        if frame.get("type") != "auth" or not isinstance(token, str):
            raise NotUnderstood
        principal = await self._door.identify(token)
        if "read" not in principal.scopes:
            raise NotSignedIn
        self._token, self._scopes = token, principal.scopes
        return principal.user_id

    async def _receive(self) -> dict[str, Any]:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1000))
        text = message.get("text")
        if text is None or len(text) > LARGEST_FRAME:
            raise NotUnderstood
        try:
            frame = json.loads(text)
        except (ValueError, RecursionError):
            raise NotUnderstood from None
        if not isinstance(frame, dict):
            raise NotUnderstood
        return frame
