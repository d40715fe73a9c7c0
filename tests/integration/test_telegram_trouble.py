"""Whatever fails between Telegram, the bot and its store: each update is done once, and nothing stops the next."""

import asyncio
import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.events import quarantine
from daybeat.modules.moods.door import MoodsDoor
from daybeat.modules.notifications.ports import Deed
from daybeat.modules.notifications.telegram import door, words
from daybeat.modules.notifications.telegram.buttons import ForToday, write_press
from daybeat.modules.notifications.telegram.repository import BotRepository
from tests.support.daybeat import Person, running_daybeat
from tests.support.days import newcomer, sign_in_again
from tests.support.telegram import BOT, TOKEN, TelegramPerson, TelegramServer
from tests.support.telegram_bot_run import MOMENTS, bot_that_is_killed
from tests.support.telegram_home import Home, RealActing, check_ins, delivered, hears, moods, until
from tests.support.telegram_messages import reminds

pytest_plugins = ["tests.support.telegram_fixtures"]
pytestmark = pytest.mark.anyio
BOT_ID = int(str(BOT["id"]))
KNOWN = {"access_token": "", "refresh_token": ""}
listening = pytest.mark.usefixtures("bot")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class DiesAfterCommit:
    """A store whose process ends with the first commit of the bot: it is on the disk, and nothing after it happens."""

    def __init__(self, home: Home) -> None:
        self.read = home.store.read
        self._store = home.store
        self.committed = asyncio.Event()

    async def write(self, work: Callable[[UnitOfWork], Any], origin: Origin | None = None) -> Any:
        result = await self._store.write(work, origin)
        if origin is not None:
            self.committed.set()
            await asyncio.Event().wait()
        return result


class Counting(RealActing):
    """Counts what it is asked to do."""

    def __init__(self, moods: MoodsDoor) -> None:
        super().__init__(moods)
        self.done = 0

    def act(self, uow: UnitOfWork, user_id: UUID, reminder_id: UUID, what: Deed) -> str:
        self.done += 1
        return super().act(uow, user_id, reminder_id, what)

    def check_in(self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, idempotency_id: UUID) -> str:
        self.done += 1
        return super().check_in(uow, user_id, habit_id, idempotency_id)

    def record_mood(self, uow: UnitOfWork, user_id: UUID, score: int, note: str | None, *, mood_id: UUID) -> str:
        self.done += 1
        return super().record_mood(uow, user_id, score, note, mood_id=mood_id)


@pytest.mark.parametrize("way", ["button", "today", "mood", "start"])
async def test_what_comes_again_after_a_crash_between_commit_and_confirmation_is_done_once(
    home: Home, ana: Person, anas: TelegramPerson, way: str
) -> None:
    habit = ana.habit()
    bea, other = newcomer(home.house), TelegramPerson(home.telegram, 45)
    await delivered(home, anas, reminds(home.told(ana, habit), "Read"))
    update = {
        "button": lambda: anas.presses("Done"),
        "today": lambda: anas.sends(write_press(ForToday(UUID(habit), home.house.clock.now().date())), 1),
        "mood": lambda: anas.writes("/mood 4"),
        "start": lambda: other.writes(f"/start {home.code_for(bea).code}"),
    }[way]()
    dying, acting = DiesAfterCommit(home), Counting(home.house.app.state.moods)
    async with home.bot(dying, acting):
        async with asyncio.timeout(10):
            await dying.committed.wait()
    assert list(home.telegram.waiting()) == [update]
    home.telegram.repeats_itself()
    async with home.bot(acting=acting):
        await until(lambda: home.telegram.handed_out[update] > 1)
        await home.settled()
    done = {"button": 1, "today": 1}.get(way, 0)
    assert acting.done == (way != "start")
    assert (check_ins(ana, habit), moods(ana)) == (done, [(4, None)] if way == "mood" else [])
    assert home.owner_of(other) == (bea.id if way == "start" else None)
    assert other.texts == []


@pytest.mark.embedded
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_check_in_by_button_survives_kills_once(
    tmp_path: Path, telegram: TelegramServer, phone: TelegramPerson, moment: str
) -> None:
    """A real process, really killed: before its commit nothing has happened, after it everything has, once."""
    with running_daybeat(tmp_path / "data") as house:
        ana = house.person()
        home, habit = Home(house, telegram), ana.habit()
        home.link(ana, phone)
        await delivered(home, phone, reminds(home.told(ana, habit), "Read"))
    update = phone.presses("Done")
    await asyncio.to_thread(bot_that_is_killed, tmp_path / "data", telegram.url, moment)
    assert list(telegram.waiting()) == [update]
    with running_daybeat(tmp_path / "data") as house:
        sign_in_again(house, ana := Person(house.client, ana.email, KNOWN | {"user": {"id": ana.id}}))
        assert check_ins(ana, habit) == (moment == "after commit")
        telegram.repeats_itself()
        async with Home(house, telegram, empty=False).bot():
            await until(lambda: telegram.handed_out[update] > 1)
            await until(lambda: not telegram.waiting())
        assert check_ins(ana, habit) == 1


async def test_numbers_that_begin_anew_after_a_quiet_week_are_heard(home: Home, anas: TelegramPerson) -> None:
    async with home.bot():
        anas.writes("/help", number=900_000)
        await hears(anas, "what you can send")
        await home.settled()
        home.house.clock.forward(days=8)
        anas.writes("/start", number=17)
        await hears(anas, words.LINKED_ALREADY)


class Stumbles(RealActing):
    """Cannot bear one score."""

    def __init__(self, moods: MoodsDoor, failure: Exception) -> None:
        super().__init__(moods)
        self._failure = failure

    def record_mood(self, uow: UnitOfWork, user_id: UUID, score: int, note: str | None, *, mood_id: UUID) -> str:
        sentence = super().record_mood(uow, user_id, score, note, mood_id=mood_id)
        if score == 1:
            raise self._failure
        return sentence


FAILURES = {"a mistake of ours": ValueError("boom"), "a statement": OperationalError("x", {}, ValueError("always"))}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
async def test_an_update_that_cannot_be_handled_is_set_aside_and_the_next_one_follows(
    home: Home, ana: Person, anas: TelegramPerson, failure: Exception
) -> None:
    async with home.bot(acting=Stumbles(home.house.app.state.moods, failure)):
        update = anas.writes("/mood 1 boom")
        anas.writes("/mood 5")
        await hears(anas, "Thank you, 5")
        await home.settled()
    assert words.OUR_FAULT in anas.texts
    assert moods(ana) == [(5, None)]
    (item,) = [row for row in home.store.read_now(quarantine.set_aside_items) if row.reference == str(update)]
    assert (item.reader, str(item.user_id)) == (door.READER, ana.id)
    again = door.BotDoor(BOT_ID, home.acting, home.chats)
    home.store.write_now(lambda uow: again.take_again(item.content, uow))
    assert sorted(moods(ana)) == [(1, "boom"), (5, None)]


@listening
async def test_an_update_that_cannot_be_read_is_set_aside(home: Home, anas: TelegramPerson) -> None:
    strange: list[dict[str, Any]] = [{"message": 7}, {"message": {"chat": None}}, {"callback_query": {"id": 1}}, {}]
    numbers = [home.telegram.happens(**each) for each in strange]
    anas.writes("/help")
    await hears(anas, "what you can send")
    kept = {row.reference for row in home.store.read_now(quarantine.set_aside_items)}
    assert [str(number) in kept for number in numbers] == [True, True, True, False]


@pytest.mark.parametrize("times", [1, 5, 6, 7, 8, 13])
async def test_a_store_that_is_away_is_waited_for(home: Home, ana: Person, anas: TelegramPerson, times: int) -> None:
    away = Away(home, times)
    async with home.bot(away):
        anas.writes("/mood 4")
        await hears(anas, "Thank you")
    assert away.times == 0
    assert moods(ana) == [(4, None)]
    assert home.store.read_now(quarantine.set_aside_items) == []


class Away:
    """A store that fails the bot some times."""

    def __init__(self, home: Home, times: int) -> None:
        self.read = home.store.read
        self._store, self.times = home.store, times

    async def write(self, work: Callable[[UnitOfWork], Any], origin: Origin | None = None) -> Any:
        if origin is not None and self.times:
            self.times -= 1
            raise OperationalError("", {}, ConnectionError("away"))
        return await self._store.write(work, origin)


@pytest.mark.parametrize(
    ("status", "more"), [(500, {}), (502, {}), (409, {}), (429, {"retry_after": 0.05}), (401, {}), (400, {})]
)
@listening
async def test_the_bot_listens_again_after_trouble(
    home: Home, anas: TelegramPerson, status: int, more: dict[str, Any]
) -> None:
    home.telegram.fails("getUpdates", status, "Trouble", times=3, **more)
    anas.writes("/help")
    await hears(anas, "what you can send")


async def test_a_webhook_is_taken_away_and_another_listener_is_waited_out(
    home: Home, anas: TelegramPerson, written: io.StringIO
) -> None:
    home.telegram.webhook = "https://example.org/hook"
    home.telegram.fails("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=2)
    async with home.bot():
        anas.writes("/help")
        await hears(anas, "what you can send")
    assert home.telegram.webhook == ""
    assert "Another program reads what people write to this bot" in written.getvalue()


@listening
async def test_the_bot_introduces_itself(home: Home) -> None:
    await until(lambda: home.telegram.menu)
    assert [each["command"] for each in home.telegram.menu] == list(words.COMMANDS)
    await until(lambda: home.store.read_now(_bot_name) == BOT["username"])


def _bot_name(connection: Connection) -> str | None:
    return BotRepository(connection).username(BOT_ID)


@listening
async def test_an_answer_that_was_too_fast_is_given_a_little_later(home: Home, anas: TelegramPerson) -> None:
    home.telegram.fails("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=0.05)
    anas.writes("/help")
    await hears(anas, "what you can send")


@listening
async def test_nobody_waits_for_an_answer_to_somebody_else(home: Home, anas: TelegramPerson) -> None:
    home.telegram.fails("sendMessage", 429, "Too Many Requests: retry after 50", retry_after=50)
    anas.writes("/help")
    await until(lambda: "sendMessage" in [method for method, _ in home.telegram.calls])
    other = TelegramPerson(home.telegram, 46)
    other.writes("/help")
    await hears(other, "what you can send")
    assert anas.texts == []


@listening
async def test_somebody_who_blocks_the_bot_troubles_nobody_else(home: Home, anas: TelegramPerson) -> None:
    anas.blocks()
    anas.writes("/help")
    other = TelegramPerson(home.telegram, 47)
    other.writes("/help")
    await hears(other, "what you can send")
    assert anas.texts == []


async def test_the_token_never_gets_into_a_log(
    home: Home, anas: TelegramPerson, written: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    home.telegram.fails("getUpdates", 500, f"https://x/bot{TOKEN}/getUpdates", times=2)
    home.telegram.fails("sendMessage", 400, f"bad https://x/bot{TOKEN}/sendMessage")
    async with home.bot():
        anas.writes("/help")
        anas.writes("/start")
        await hears(anas, words.LINKED_ALREADY)
    said = caplog.text + written.getvalue()
    assert "HTTP Request: POST" in caplog.text
    assert "work waits" in said
    assert "sendMessage" in said
    assert TOKEN.partition(":")[2] not in said
    assert str(BOT_ID) not in said
