"""What people write to the bot: linking a chat, the list of today, moods, and everything else."""

from uuid import UUID

import pytest
from sqlalchemy import select

from daybeat.modules.notifications.telegram import words
from daybeat.modules.notifications.telegram.buttons import ForToday, write_press
from daybeat.modules.notifications.telegram.models import telegram_links
from tests.support.daybeat import Person
from tests.support.days import newcomer
from tests.support.telegram import BOT, TelegramPerson
from tests.support.telegram_home import Home, check_ins, delivered, hears, moods, until
from tests.support.telegram_messages import reminds

pytest_plugins = ["tests.support.telegram_fixtures"]
pytestmark = pytest.mark.anyio
listening = pytest.mark.usefixtures("bot")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@listening
async def test_a_code_links_the_chat_that_sends_it(home: Home, ana: Person, phone: TelegramPerson) -> None:
    code = home.code_for(ana)
    assert code.url == f"https://t.me/{BOT['username']}?start={code.code}"
    assert code.drawn().startswith("<svg")
    phone.writes(f"/start {code.code}")
    await hears(phone, "linked to Daybeat now")
    assert home.owner_of(phone) == ana.id


@listening
async def test_a_code_works_once(home: Home, ana: Person, phone: TelegramPerson) -> None:
    other = TelegramPerson(home.telegram, 42)
    code = home.code_for(ana).code
    phone.writes(f"/start {code}")
    other.writes(f"/start {code}")
    await hears(other, words.WRONG_CODE)
    assert (home.owner_of(phone), home.owner_of(other)) == (ana.id, None)
    phone.writes(f"/start {code}")
    await hears(phone, words.WRONG_BUT_LINKED)


@listening
async def test_a_code_works_for_ten_minutes_and_until_there_is_a_newer_one(
    home: Home, ana: Person, phone: TelegramPerson
) -> None:
    old, late = home.code_for(ana).code, home.code_for(ana).code
    phone.writes(f"/start {old}")
    await hears(phone, words.WRONG_CODE)
    home.house.clock.forward(minutes=10)
    phone.writes(f"/start {late}")
    await until(lambda: phone.texts == [words.WRONG_CODE] * 2)
    assert home.owner_of(phone) is None


async def test_a_code_is_kept_as_a_digest(home: Home, ana: Person) -> None:
    code = home.code_for(ana).code
    (row,) = home.store.read_now(lambda connection: connection.execute(select(telegram_links)).all())
    assert code not in repr(row)
    assert len(row.code_hash) == 32


@listening
async def test_who_guesses_has_to_wait(home: Home, ana: Person, phone: TelegramPerson) -> None:
    for guess in range(5):
        phone.writes(f"/start guess{guess}")
    right = home.code_for(ana).code
    phone.writes(f"/start {right}")
    await hears(phone, words.TOO_MANY_CODES)
    assert home.owner_of(phone) is None
    home.house.clock.forward(minutes=11)
    phone.writes(f"/start {home.code_for(ana).code}")
    await hears(phone, "linked to Daybeat now")


@listening
async def test_a_code_sent_in_a_group_links_nothing_and_works_no_more(
    home: Home, ana: Person, phone: TelegramPerson
) -> None:
    code = home.code_for(ana).code
    phone.writes(f"/start@{BOT['username']} {code}", chat={"id": -100, "type": "group"})
    await until(lambda: [shown.text for shown in home.telegram.chat(-100)] == [words.ONLY_PRIVATE])
    phone.writes(f"/start {code}")
    await hears(phone, words.WRONG_CODE)
    assert home.owner_of(phone) is None


@listening
async def test_a_linked_chat_goes_to_another_account_only_by_its_code(
    home: Home, ana: Person, anas: TelegramPerson
) -> None:
    bea = newcomer(home.house)
    anas.writes("/start nonsense")
    await hears(anas, words.WRONG_BUT_LINKED)
    assert home.owner_of(anas) == ana.id
    anas.writes(f"/start {home.code_for(bea).code}")
    await hears(anas, "linked to Daybeat now")
    assert home.owner_of(anas) == bea.id


@listening
async def test_start_without_a_code_explains(home: Home, ana: Person, phone: TelegramPerson) -> None:
    phone.writes("/start")
    await hears(phone, "To link this chat")
    home.link(ana, phone)
    phone.writes("/start")
    await hears(phone, words.LINKED_ALREADY)


@listening
async def test_stop_unlinks(home: Home, anas: TelegramPerson) -> None:
    anas.writes("/stop")
    await hears(anas, words.UNLINKED)
    assert home.owner_of(anas) is None
    for command in ("/stop", "/today", "/mood 4"):
        anas.writes(command)
    await until(lambda: anas.texts[1:] == [words.NOT_LINKED] * 3)


@listening
async def test_today_lists_what_is_due_with_a_button_each(home: Home, ana: Person, anas: TelegramPerson) -> None:
    read, swim = ana.habit(), ana.habit(name="Swim")
    anas.writes("/today")
    await hears(anas, "Today\n○ Read\n○ Swim")
    (shown,) = anas.chat
    anas.presses("Swim")
    await hears(anas, "Today\n○ Read\n✓ Swim")
    assert anas.chat[0].labels == ["✓ Read"]
    anas.presses("Swim", shown)
    anas.presses("Read", shown)
    await hears(anas, words.ALL_DONE)
    assert (check_ins(ana, read), check_ins(ana, swim)) == (1, 1)
    assert words.NOT_DUE in [notice["text"] for notice in home.telegram.notices]


@listening
async def test_the_list_of_another_day_checks_nothing_in(home: Home, ana: Person, anas: TelegramPerson) -> None:
    habit = ana.habit()
    anas.writes("/today")
    await hears(anas, "○ Read")
    home.house.clock.forward(minutes=14)  # the access token has to last
    yesterday = write_press(ForToday(UUID(habit), (home.house.clock.now().date()).replace(day=1)))
    anas.sends(yesterday, anas.chat[0].number)
    await until(lambda: home.telegram.notices)
    assert home.telegram.notices[0]["text"] == words.ANOTHER_DAY
    assert check_ins(ana, habit) == 0


@listening
async def test_a_day_without_habits_says_so(anas: TelegramPerson) -> None:
    anas.writes("/today")
    await hears(anas, words.NOTHING_DUE)


@listening
async def test_a_mood_is_said_with_a_face_once_for_each_question(home: Home, ana: Person, anas: TelegramPerson) -> None:
    anas.writes("/mood")
    await hears(anas, words.FEELING)
    (shown,) = anas.chat
    assert len(shown.labels) == 5
    anas.presses("😄")
    await hears(anas, "😄 Thank you")
    anas.presses("😞", shown)
    await until(lambda: len(home.telegram.notices) == 2)
    assert "already" in home.telegram.notices[-1]["text"]
    assert moods(ana) == [(5, None)]


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("/mood 4 slept well", (4, "slept well")),
        ("/MOOD@daybeat_test_bot  2", (2, None)),
        ("/mood great", (5, None)),
        ("/mood 3 line\none\u202e\0two", (3, "line\none  two")),
    ],
)
@listening
async def test_a_mood_is_said_in_words(
    ana: Person, anas: TelegramPerson, text: str, mood: tuple[int, str | None]
) -> None:
    anas.writes(text)
    await hears(anas, "Thank you")
    assert moods(ana) == [mood]


@pytest.mark.parametrize(("text", "answer"), [("/mood 6", "1 is awful"), ("/mood 4 " + "x" * 2001, "2,000 characters")])
@listening
async def test_a_mood_that_cannot_be_is_explained(ana: Person, anas: TelegramPerson, text: str, answer: str) -> None:
    anas.writes(text)
    await hears(anas, answer)
    assert moods(ana) == []


@listening
async def test_what_is_not_understood_gets_a_hint_at_most_once_an_hour(home: Home, anas: TelegramPerson) -> None:
    for text in ("hello", "hello?", None, "/nonsense"):
        anas.writes(text)
    await home.settled()
    home.house.clock.forward(minutes=61)
    anas.writes("hello")
    anas.writes("/help")
    await hears(anas, "what you can send")
    assert anas.texts == [words.UNKNOWN, words.UNKNOWN, words.HELP]


@listening
async def test_groups_are_left_in_peace(home: Home, anas: TelegramPerson) -> None:
    for text in ("hello", "/today", "/mood 4", "/stop"):
        anas.writes(text, chat={"id": -100, "type": "supergroup"})
    anas.writes("/help")
    await hears(anas, "what you can send")
    assert home.telegram.chat(-100) == []


@listening
async def test_names_are_shown_as_they_are_and_never_as_markup(home: Home, ana: Person, anas: TelegramPerson) -> None:
    name = '<b>&amp; "x" </b><script>a < b</script> [x](javascript:1) *_`'
    habit = ana.habit(name=name)
    anas.writes("/today")
    await hears(anas, f"○ {name}")
    anas.presses("script")
    await hears(anas, f"✓ {name}")
    await delivered(home, anas, reminds(home.told(ana, habit), name, name))
    assert anas.texts[-1] == f"{name}\n{name}"
    strange = TelegramPerson(home.telegram, 44, first_name="<i>Bea", last_name="\u202e&\n", username="bea_b")
    strange.writes(f"/start {home.code_for(ana).code}")
    await hears(strange, "linked to Daybeat now")


@listening
async def test_many_habits_make_one_list_that_telegram_takes(ana: Person, anas: TelegramPerson) -> None:
    for number in range(35):
        ana.habit(name=f"{number} " + "&" * 97)
    anas.writes("/today")
    await hears(anas, "… and 5 more in Daybeat.")
    assert len(anas.chat[0].labels) == 30
