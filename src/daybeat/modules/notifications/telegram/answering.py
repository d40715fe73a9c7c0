"""Saying to Telegram what updates led to. It is all committed by now, so an answer that gets lost undoes nothing."""

import asyncio
from functools import partial

import structlog

from daybeat.modules.notifications.telegram.api import BotApi, Call, NotTaken, TelegramAway, TooFast
from daybeat.modules.notifications.telegram.calls import Calls

log = structlog.get_logger()

AT_ONCE = 20
LONGEST_WAIT = 60.0  # seconds; an answer that comes later helps nobody
LAST_WORDS = 2.0  # seconds
_NO_NEWS = "message is not modified"


class Answers:
    """Gives the answers of one chat in order, and those of different ones side by side."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._room = asyncio.Semaphore(AT_ONCE)
        self._giving: set[asyncio.Task[None]] = set()
        self._last: dict[object, asyncio.Task[None]] = {}

    def give(self, calls: Calls) -> None:
        """Begin to answer. Nobody waits for it: Telegram may be slow, and the next update is not to blame."""
        if calls:
            chat = next((call.content["chat_id"] for call in calls if "chat_id" in call.content), None)
            task = asyncio.create_task(self._give(calls, self._last.get(chat)))
            self._giving.add(task)
            if chat is not None:
                self._last[chat] = task
            task.add_done_callback(partial(self._given, chat))

    async def stop(self) -> None:
        """Say what can be said in a moment, and leave the rest unsaid."""
        if self._giving:
            await asyncio.wait(self._giving, timeout=LAST_WORDS)
        for task in self._giving:
            task.cancel()
        await asyncio.gather(*self._giving, return_exceptions=True)

    def _given(self, chat: object, task: asyncio.Task[None]) -> None:
        self._giving.discard(task)
        if self._last.get(chat) is task:
            del self._last[chat]

    async def _give(self, calls: Calls, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        async with self._room:
            for call in calls:
                await self._say(call)

    async def _say(self, call: Call) -> None:
        try:
            await self._say_in_time(call)
        except NotTaken as refusal:
            if _NO_NEWS not in refusal.detail:
                log.info("telegram answer not taken", method=call.method, reason=refusal.detail)
        except TelegramAway as trouble:
            log.warning("telegram answer lost", method=call.method, reason=trouble.detail)

    async def _say_in_time(self, call: Call) -> None:
        """Say it, once more when we were too fast."""
        try:
            await self._api.call(call)
        except TooFast as wait:
            if wait.after > LONGEST_WAIT:
                raise
            await asyncio.sleep(wait.after)
            await self._api.call(call)
