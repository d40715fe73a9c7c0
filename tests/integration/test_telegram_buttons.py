"""What people press under the messages of the bot: done once, and only for whom the chat belongs to."""

from uuid import UUID

import pytest

from daybeat.modules.notifications.telegram import words
from daybeat.modules.notifications.telegram.buttons import ForPrompt, ForReminder, ForToday, Press, write_press
from tests.support.daybeat import Person
from tests.support.days import newcomer
from tests.support.telegram import FOR_EVER, TelegramPerson
from tests.support.telegram_home import Home, check_ins, delivered, hears, moods, until
from tests.support.telegram_messages import asks, reminds

pytest_plugins = ["tests.support.telegram_fixtures"]
pytestmark = pytest.mark.anyio
DAY = "2026-03-02"
listening = pytest.mark.usefixtures("bot")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@listening
async def test_a_reminder_is_answered_by_its_button(home: Home, ana: Person, anas: TelegramPerson) -> None:
    habit = ana.habit(name="Drink water", start="2026-01-01")
    await delivered(home, anas, reminds(home.told(ana, habit), "Drink water", "Still open today."))
    (shown,) = anas.chat
    assert shown.text == "Drink water\nStill open today."
    assert shown.labels == ["Done", "Skip", "In 30 min", "Open Daybeat"]
    anas.presses("Done")
    await until(lambda: anas.texts == ["✓ Drink water, done. Streak 1"])
    assert anas.chat[0].buttons == []
    assert home.telegram.notices[-1]["text"] == "Drink water, done. Streak 1"
    (check_in,) = ana.get(f"/habits/{habit}/check-ins", **{"from": DAY, "to": DAY})["items"]
    assert check_in["source"] == "telegram"
    anas.presses("Done", shown)
    await home.settled()
    assert check_ins(ana, habit) == 1


@pytest.mark.parametrize(("label", "result"), [("Skip", "⏭ Read, skip."), ("In 30 min", "⏰ I ask again")])
@listening
async def test_a_reminder_is_put_off_by_its_buttons(
    home: Home, ana: Person, anas: TelegramPerson, label: str, result: str
) -> None:
    habit = ana.habit()
    await delivered(home, anas, reminds(home.told(ana, habit), "Read"))
    anas.presses(label)
    await hears(anas, result)
    assert check_ins(ana, habit) == 0


@listening
async def test_a_prompt_is_answered_by_a_face_once(home: Home, ana: Person, anas: TelegramPerson) -> None:
    prompt = ana.post("/mood-prompts")
    await delivered(home, anas, asks(UUID(prompt["id"])))
    (shown,) = anas.chat
    anas.presses("good")
    await hears(anas, "🙂 Thank you, 4 of 5 is saved.")
    anas.presses("awful", shown)
    await until(lambda: len(home.telegram.notices) == 2)
    assert "already" in home.telegram.notices[-1]["text"]
    assert moods(ana) == [(4, None)]
    assert ana.get("/mood-prompts")["items"][0]["state"] == "answered"


@listening
async def test_what_is_another_users_cannot_be_answered(home: Home, ana: Person, anas: TelegramPerson) -> None:
    bea = newcomer(home.house)
    habit = bea.habit()
    prompt = UUID(bea.post("/mood-prompts")["id"])
    today = home.house.clock.now().date()
    theirs: list[Press] = [
        ForReminder("done", home.told(bea, habit)),
        ForPrompt(5, prompt),
        ForToday(UUID(habit), today),
    ]
    for press in theirs:
        anas.sends(write_press(press), 1)
    await until(lambda: len(home.telegram.notices) == 3)
    assert (check_ins(bea, habit), moods(bea), moods(ana)) == (0, [], [])
    assert anas.texts == []


@listening
async def test_a_chat_that_is_not_linked_gets_a_friendly_answer(home: Home, ana: Person, phone: TelegramPerson) -> None:
    habit = ana.habit()
    data = write_press(ForReminder("done", home.told(ana, habit)))
    phone.sends(data, 1)
    await until(lambda: home.telegram.notices)
    assert home.telegram.notices[0]["text"] == words.NOT_LINKED
    assert check_ins(ana, habit) == 0


@listening
async def test_a_stranger_cannot_press_in_somebody_elses_chat(home: Home, ana: Person, anas: TelegramPerson) -> None:
    habit = ana.habit()
    data = write_press(ForReminder("done", home.told(ana, habit)))
    stranger = TelegramPerson(home.telegram, 43)
    stranger.sends(data, 1, chat={"id": anas.id, "type": "private"})
    stranger.sends(data, 1, chat={"id": -5, "type": "supergroup"})
    stranger.sends(data, None)
    await until(lambda: [notice["text"] for notice in home.telegram.notices] == [words.NOT_HERE] * 3)
    assert check_ins(ana, habit) == 0


@pytest.mark.parametrize("data", ["", "done", "done:x", "mood:9:" + "A" * 22, "feel:0", "\0", "x" * 64, "today:1:2"])
@listening
async def test_a_button_nobody_made_does_nothing(home: Home, anas: TelegramPerson, data: str) -> None:
    anas.sends(data, 1)
    await until(lambda: home.telegram.notices)
    assert home.telegram.notices[0]["text"] == words.NOT_UNDERSTOOD


@listening
async def test_a_notice_that_cannot_be_given_undoes_nothing(home: Home, ana: Person, anas: TelegramPerson) -> None:
    habit = ana.habit()
    await delivered(home, anas, reminds(home.told(ana, habit), "Read"))
    home.telegram.fails("answerCallbackQuery", 400, "Bad Request: query is too old", times=FOR_EVER)
    anas.presses("Done")
    await hears(anas, "✓ Read, done.")
    assert check_ins(ana, habit) == 1
