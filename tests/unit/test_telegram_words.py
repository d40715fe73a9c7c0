"""Small things of the bot: what it says of itself, which tokens it hides, what it reads of updates."""

import re

import pytest

from daybeat.modules.notifications.telegram import words
from daybeat.modules.notifications.telegram.api import bot_id_of, without_token
from daybeat.modules.notifications.telegram.updates import Person, number_of, read_update

TOKEN = "7001234567:AAE-this_is_a_made-up_token_of_a_bot"


def test_every_command_is_one_telegram_takes_and_is_told_of_in_the_help() -> None:
    for name, meaning in words.COMMANDS.items():
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 0 < len(meaning) <= 256
        assert name == "help" or f"/{name}" in words.HELP


@pytest.mark.parametrize(
    "text", [f"https://api.telegram.org/bot{TOKEN}/getMe", f"the token {TOKEN}", f"{TOKEN}", f"/bot{TOKEN}", "/botx/y"]
)
def test_a_token_is_taken_out_of_every_text(text: str) -> None:
    clean = without_token(text)
    assert "made-up" not in clean
    assert "7001234567" not in clean


@pytest.mark.parametrize("text", ["", "12:30 o'clock", "https://daybeat.example.org/t/abc", "a robot/7"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert without_token(text) == text


@pytest.mark.parametrize(("token", "bot"), [(TOKEN, 7001234567), ("", None), ("x:y", None), ("²:y", None)])
def test_a_token_begins_with_the_number_of_its_bot(token: str, bot: int | None) -> None:
    assert bot_id_of(token) == bot


def test_an_update_is_read_whatever_else_stands_in_it() -> None:
    update = read_update(
        b'{"update_id":7,"new":{"thing":[1]},"message":{"message_id":1,"date":0,"chat":{"id":5,"type":"private","x":1},'
        b'"from":{"id":5,"is_bot":false,"first_name":"Ana"},"text":"hi"}}'
    )
    assert update.message is not None
    assert (update.update_id, update.message.text, update.message.chat.is_private) == (7, "hi", True)


@pytest.mark.parametrize(
    ("raw", "number"),
    [(b'{"update_id":7,"message":7}', 7), (b'{"update_id":"7"}', None), (b"[]", None), (b"\xff", None),
     (b'{"update_id":99999999999999999999}', None), (b"[" * 100_000, None)],
)  # fmt: skip
def test_the_number_of_an_update_is_read_even_when_nothing_else_can_be(raw: bytes, number: int | None) -> None:
    assert number_of(raw) == number


@pytest.mark.parametrize(
    ("person", "name"),
    [(Person(1, "Ana", "Silva", "ana"), "Ana Silva (@ana)"), (Person(1, "Ana"), "Ana"), (Person(1), ""),
     (Person(1, username="ana"), "(@ana)")],
)  # fmt: skip
def test_people_are_called_by_their_names(person: Person, name: str) -> None:
    assert person.name == name
