"""The bot: it listens for what people write and press, and handles one thing after another.

What was handled stands in the database, and only that is confirmed to Telegram; after a crash in between, an update
comes again and is known.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.wakeup import keep_going
from daybeat.kit.clock import Clock
from daybeat.modules.notifications.ports import Acting, Chats
from daybeat.modules.notifications.telegram.answering import Answers
from daybeat.modules.notifications.telegram.api import (
    LISTEN,
    BotApi,
    Call,
    NotTaken,
    SomebodyElseListens,
    TelegramAway,
    TooFast,
)
from daybeat.modules.notifications.telegram.calls import Calls
from daybeat.modules.notifications.telegram.door import AWAY, BotDoor
from daybeat.modules.notifications.telegram.repository import BotRepository
from daybeat.modules.notifications.telegram.updates import Me, number_of
from daybeat.modules.notifications.telegram.words import COMMANDS

log = structlog.get_logger()

SOURCE = "telegram"
PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds: how long Telegram holds a question open, and how long we wait when something is wrong."""

    listen: float = LISTEN
    first_wait: float = 1.0
    longest_wait: float = 60.0
    somebody_else: float = 30.0


class Bot:
    """Listens to one bot's updates. `run` never ends by itself."""

    def __init__(
        self, api: BotApi, store: Store, clock: Clock, acting: Acting, chats: Chats, rhythm: Rhythm | None = None
    ) -> None:
        self._api, self._store, self._clock = api, store, clock
        self._acting, self._chats = acting, chats
        self._rhythm = rhythm or Rhythm()
        self._answers = Answers(api)
        self._me: Me | None = None
        self._failing: tuple[int, int] = (0, 0)  # the update that fails, and how often it did

    async def run(self) -> None:
        """Listen for ever, whatever goes wrong."""
        rhythm = self._rhythm
        try:
            await keep_going(self._look, "telegram bot", first_wait=rhythm.first_wait, longest=rhythm.longest_wait)
        finally:
            await self._answers.stop()

    async def _look(self) -> None:
        """Listen once. What Telegram itself asks us to wait for is waited for here."""
        try:
            self._me = self._me or await self._introduce()
            await self._listen(self._me)
        except SomebodyElseListens as trouble:
            self._me = None  # a webhook may have been set meanwhile, which the introduction takes away
            log.warning("telegram bot waits", seconds=self._rhythm.somebody_else, reason=trouble.detail)
            await asyncio.sleep(self._rhythm.somebody_else)
        except TooFast as wait:
            await asyncio.sleep(wait.after)

    async def _introduce(self) -> Me:
        """Learn who we are, and tell Telegram that we listen and what can be sent to us."""
        me = await self._api.me()
        await self._api.call(Call("deleteWebhook", {"drop_pending_updates": False}))
        try:
            await self._api.call(_menu())
        except NotTaken as refusal:
            log.warning("telegram menu not taken", reason=refusal.detail)
        await self._store.write(partial(_keep_name, me))
        log.info("telegram bot listens", username=me.username)
        return me

    async def _listen(self, me: Me) -> None:
        now = self._clock.now()
        newest = await self._store.read(lambda c: BotRepository(c).newest_handled(me.id, now))
        updates = await self._api.updates(None if newest is None else newest + 1, listen=self._rhythm.listen)
        door = BotDoor(me.id, self._acting, self._chats)
        taken = [await self._take(bytes(raw), door) for raw in updates]
        if taken and not any(taken):
            raise TelegramAway("Telegram's updates could not be understood.")

    async def _take(self, raw: bytes, door: BotDoor) -> bool:
        """Handle an update to its end; False when it has no number, so that it cannot be known again."""
        number = number_of(raw)
        if number is None:
            log.error("telegram update without a number passed over", size=len(raw))
            return False
        self._answers.give(await self._settle(number, raw, door))
        return True

    async def _settle(self, number: int, raw: bytes, door: BotDoor) -> Calls:
        """Have an update handled. One that fails again and again although the store is there is set aside."""
        take = partial(door.take, number, raw)
        try:
            return await self._write(take)
        except AWAY:
            if not self._fails_again(number):
                raise
        await self._write(_nothing)
        try:
            return await self._write(take)
        except AWAY as failure:
            log.exception("telegram update set aside", update=number)
            return await self._write(partial(door.set_aside, number, raw, failure))

    async def _write(self, work: Callable[[UnitOfWork], Calls]) -> Calls:
        calls: Sequence[Call] = await self._store.write(work, Origin(source=SOURCE))
        return calls

    def _fails_again(self, number: int) -> bool:
        last, times = self._failing
        self._failing = (number, times + 1 if last == number else 1)
        return self._failing[1] > PATIENCE


def _menu() -> Call:
    """Write the list of commands that Telegram shows beside the text field."""
    commands = [{"command": name, "description": meaning} for name, meaning in COMMANDS.items()]
    return Call("setMyCommands", {"commands": commands, "scope": {"type": "all_private_chats"}})


def _nothing(_uow: UnitOfWork) -> Calls:
    return ()


def _keep_name(me: Me, uow: UnitOfWork) -> None:
    BotRepository(uow.connection).introduce(me.id, me.username)
