"""A chat is connected, reminded at the minute, and what is pressed there shows in an open browser."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import Account, Visits
from tests.support.process import DaybeatProcess
from tests.support.telegram import TOKEN, Shown, TelegramPerson, TelegramServer

pytestmark = pytest.mark.e2e

T = TypeVar("T")

PATIENCE = 30.0


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        yield server


@pytest.fixture
def served(telegram: TelegramServer, tmp_path: Path) -> Iterator[DaybeatProcess]:
    folder = tmp_path / "data"
    with DaybeatProcess(folder, DAYBEAT_TELEGRAM_TOKEN=TOKEN, DAYBEAT_TELEGRAM_API_URL=telegram.url) as running:
        yield running


def test_a_chat_is_linked_reminded_at_the_minute_and_answers(
    telegram: TelegramServer,
    served: DaybeatProcess,
    chromium: Browser,
    record_property: Callable[[str, object], None],
) -> None:
    ana, person, visits = Account.new(served), TelegramPerson(telegram, 4711), Visits(chromium, served)
    try:
        link(ana, person)
        at = next_minute()
        ana.habit(name="Drink water", reminders=[f"{at:%H:%M}"])
        screen = visits.of(ana)
        reminder = until(lambda: message(person, "Drink water"), 75 + PATIENCE)
        assert datetime.now(UTC) >= at
        assert (reminder.labels, message(person, "Drink water")) == (["Done", "Skip", "In 30 min"], reminder)
        person.presses("Done")
        pressed = time.monotonic()
        screen.shows("Drink water", "done")
        record_property("seconds from the button in the chat to the browser", round(time.monotonic() - pressed, 3))
        until(lambda: person.chat[-1].labels == [] and "done" in person.chat[-1].text)
        ana.ask("POST", "/mood-prompts", json={})
        until(lambda: message(person, "How are you feeling?"))
        screen.page.get_by_role("navigation").get_by_role("link", name="Mood").click()
        person.presses("great")
        expect(screen.page.get_by_role("main")).to_contain_text("Great")
        assert [each["score"] for each in ana.ask("GET", "/moods")["items"]] == [5]
    finally:
        visits.close()


def link(ana: Account, person: TelegramPerson) -> None:
    def made() -> str | None:
        try:
            return str(ana.ask("POST", "/notifications/telegram/link")["code"])
        except AssertionError:  # the bot has not introduced itself yet
            return None

    person.writes(f"/start {until(made)}")
    until(lambda: ana.ask("GET", "/notifications/channels")["items"])


def next_minute() -> datetime:
    """Give the next full minute that leaves time to prepare."""
    return (datetime.now(UTC) + timedelta(seconds=68)).replace(second=0, microsecond=0)


def message(person: TelegramPerson, words: str) -> Shown | None:
    return next((each for each in reversed(person.chat) if words in each.text and each.labels), None)


def until(look: Callable[[], T | None], patience: float = PATIENCE) -> T:
    """Look until there is something."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)
