"""A bot at home: the real store and handlers behind it, chats and reminders in small tables of the tests."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, Uuid, delete, insert, select

from daybeat.bootstrap.core import calendar_of
from daybeat.infra.db.schema import metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put
from daybeat.infra.events.quarantine import quarantine
from daybeat.kit.errors import NotFound
from daybeat.kit.ids import new_id
from daybeat.modules.habits.commands import CheckInNow, SetDay
from daybeat.modules.habits.domain.rules import CheckInState
from daybeat.modules.habits.open_habit import Outcome
from daybeat.modules.habits.queries import today_page
from daybeat.modules.habits.recording import check_in_now, set_day
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.moods.door import MoodsDoor
from daybeat.modules.moods.schemas import MoodIn
from daybeat.modules.notifications.channels.telegram import TelegramChannel
from daybeat.modules.notifications.ports import Deed, TodayLine
from daybeat.modules.notifications.telegram.api import BotApi
from daybeat.modules.notifications.telegram.bot import Bot, Rhythm
from daybeat.modules.notifications.telegram.linking import LinkCode, new_link_code
from daybeat.modules.notifications.telegram.models import notification_bot, telegram_chats, telegram_links
from tests.support.daybeat import Daybeat, Person
from tests.support.telegram import BOT, TOKEN, TelegramPerson, TelegramServer

OURS = [telegram_links, notification_bot, telegram_chats]
QUICK = Rhythm(listen=0.5, first_wait=0.02, longest_wait=0.1, somebody_else=0.02)
STATES: dict[str, Literal["done", "skipped"]] = {"done": "done", "skipped": "skipped"}

_tables = MetaData()
chats = Table(
    "test_telegram_chats",
    _tables,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", Uuid, nullable=False),
    Column("channel_id", Uuid, nullable=False),
    Column("name", String(100), nullable=False),
)
reminders = Table(
    "test_told_reminders",
    _tables,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("habit_id", Uuid, nullable=False),
)


class KeptChats:
    """Whose chats are whose, in a table."""

    def user_of(self, connection: Connection, chat_id: int) -> tuple[UUID, UUID] | None:
        row = connection.execute(select(chats).where(chats.c.chat_id == chat_id)).one_or_none()
        return None if row is None else (row.user_id, row.channel_id)

    def link(self, uow: UnitOfWork, user_id: UUID, chat_id: int, name: str) -> None:
        put(uow.connection, chats, {"chat_id": chat_id, "user_id": user_id, "channel_id": new_id(), "name": name})

    def unlink(self, uow: UnitOfWork, chat_id: int) -> None:
        uow.connection.execute(delete(chats).where(chats.c.chat_id == chat_id))


class RealActing:
    """Does what is asked through the real handlers of habits and moods."""

    def __init__(self, moods: MoodsDoor) -> None:
        self._moods = moods

    def act(self, uow: UnitOfWork, user_id: UUID, reminder_id: UUID, what: Deed) -> str:
        row = uow.connection.execute(select(reminders).where(reminders.c.id == reminder_id)).one_or_none()
        if row is None or row.user_id != user_id:
            raise NotFound
        if what == "snooze":
            return "I ask again in 30 minutes."
        calendar = calendar_of(uow.connection, user_id)
        day, state = calendar.habit_day(uow.now), CheckInState(what)
        command = SetDay(user_id=user_id, calendar=calendar, habit_id=row.habit_id, day=day, state=state)
        return self._sentence(uow, user_id, row.habit_id, state.value, set_day(command, uow=uow))

    def answer_prompt(self, uow: UnitOfWork, user_id: UUID, prompt_id: UUID, score: int) -> str:
        return self._record(uow, user_id, MoodIn(score=score, prompt_id=prompt_id))

    def record_mood(self, uow: UnitOfWork, user_id: UUID, score: int, note: str | None, *, mood_id: UUID) -> str:
        return self._record(uow, user_id, MoodIn(id=mood_id, score=score, note=note))

    def today(self, connection: Connection, user_id: UUID, now: datetime) -> Sequence[TodayLine]:
        calendar = calendar_of(connection, user_id)
        day = calendar.habit_day(now)
        page = today_page(connection, user_id, calendar, day, day)
        return [
            TodayLine(each.habit_id, each.name, day, STATES.get(each.state, "open"), each.stats.streak)
            for each in page.items
        ]

    def check_in(self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, idempotency_id: UUID) -> str:
        calendar = calendar_of(uow.connection, user_id)
        command = CheckInNow(user_id=user_id, calendar=calendar, habit_id=habit_id, check_in_id=idempotency_id)
        return self._sentence(uow, user_id, habit_id, "done", check_in_now(command, uow=uow))

    def _record(self, uow: UnitOfWork, user_id: UUID, said: MoodIn) -> str:
        self._moods.record(said, user_id, calendar_of(uow.connection, user_id), uow)
        return f"Thank you, {said.score} of 5 is saved."

    def _sentence(self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, state: str, outcome: Outcome) -> str:
        name = HabitRepository(uow.connection).get(user_id, habit_id).name
        return f"{name}, {state}. Streak {outcome.stats.streak}"


class Home:
    """A bot's side of things: its Daybeat, its Telegram, and what came of it all."""

    def __init__(self, house: Daybeat, telegram: TelegramServer, *, empty: bool = True) -> None:
        self.house, self.telegram, self.store = house, telegram, house.core.store
        self.acting, self.chats = RealActing(house.app.state.moods), KeptChats()
        if empty:
            self.store.write_now(lambda uow: _empty(uow.connection))

    def code_for(self, person: Person) -> LinkCode:
        """Make a code, as the page does."""
        return self.store.write_now(lambda uow: new_link_code(UUID(person.id), str(BOT["username"]), uow=uow))

    def link(self, person: Person, telegram: TelegramPerson) -> None:
        """Link a chat without talking to the bot."""
        self.telegram.known.add(telegram.id)
        self.store.write_now(lambda uow: self.chats.link(uow, UUID(person.id), telegram.id, "Ana"))

    def owner_of(self, telegram: TelegramPerson) -> str | None:
        found = self.store.read_now(lambda connection: self.chats.user_of(connection, telegram.id))
        return None if found is None else str(found[0])

    def told(self, person: Person, habit_id: str) -> UUID:
        """Let a reminder have been told; gives its id."""
        row = {"id": new_id(), "user_id": UUID(person.id), "habit_id": UUID(habit_id)}
        self.store.write_now(lambda uow: uow.connection.execute(insert(reminders), row) and None)
        return row["id"]

    @asynccontextmanager
    async def bot(self, store: Any = None, acting: Any = None) -> AsyncIterator[Bot]:
        """Run a bot for as long as the block lasts; what is not confirmed then comes again to the next one."""
        async with self.api() as api:
            clock = self.house.clock
            bot = Bot(api, store or self.store, clock, acting or self.acting, self.chats, QUICK)
            running = asyncio.create_task(bot.run())
            try:
                yield bot
            finally:
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await running

    @asynccontextmanager
    async def api(self, token: str = TOKEN, **options: Any) -> AsyncIterator[BotApi]:
        api = BotApi(token, url=self.telegram.url, **options)
        try:
            yield api
        finally:
            await api.close()

    async def settled(self) -> None:
        """Wait until every update is confirmed."""
        await until(lambda: not self.telegram.waiting())


def _empty(connection: Connection) -> None:
    """Make the tables, without rows: each test has a Telegram of its own."""
    metadata.create_all(connection, tables=OURS)
    _tables.create_all(connection)
    for table in (*OURS, *_tables.sorted_tables, quarantine):
        connection.execute(delete(table))


async def until(wanted: Callable[[], object], within: float = 10.0) -> None:
    """Wait until something is so."""
    for _ in range(int(within * 100)):
        if wanted():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not become so")


async def hears(person: TelegramPerson, text: str) -> None:
    """Wait until the bot has said something."""
    await until(lambda: any(text in said for said in person.texts))


def check_ins(person: Person, habit_id: str) -> int:
    return int(person.get(f"/habits/{habit_id}/stats")["total"])


def moods(person: Person) -> list[tuple[int, str | None]]:
    return [(mood["score"], mood["note"]) for mood in person.get("/moods")["items"]]


async def delivered(home: Home, phone: TelegramPerson, message: Any) -> None:
    async with home.api() as api:
        await TelegramChannel(api).send(phone.address, message)
