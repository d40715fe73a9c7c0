"""A Telegram chat from the page's side: the code it shows, and that it notices the chat."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.axe import barriers
from tests.support.browser import Account, Visits
from tests.support.process import DaybeatProcess
from tests.support.telegram import BOT, TOKEN, TelegramPerson, TelegramServer


@pytest.fixture(scope="module")
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, telegram: TelegramServer) -> Iterator[DaybeatProcess]:
    """Start a Daybeat that has a bot."""
    folder = tmp_path_factory.mktemp("telegram") / "data"
    with DaybeatProcess(folder, DAYBEAT_TELEGRAM_API_URL=telegram.url, DAYBEAT_TELEGRAM_TOKEN=TOKEN) as running:
        yield running


def test_the_page_shows_a_code_and_notices_the_chat_that_sent_it(
    visits: Visits, ana: Account, telegram: TelegramServer
) -> None:
    phone = TelegramPerson(telegram, 41)
    screen = visits.of(ana, reduced_motion="reduce").open("/integrations")
    page = screen.page
    page.get_by_role("button", name="Add Telegram").click()
    sheet = page.get_by_role("dialog", name="Add Telegram")
    code = sheet.get_by_role("img", name="QR code that opens the bot")
    expect(code).to_have_js_property("complete", True)
    assert code.evaluate("(picture) => picture.naturalWidth") > 0
    expect(sheet.get_by_text(f"@{BOT['username']}")).to_be_visible()
    expect(sheet.get_by_role("timer")).to_have_text(re.compile(r"^Good for \d+:\d\d minutes$"))
    assert barriers(screen) == []
    phone.writes(sheet.get_by_label("Message for the bot").inner_text())
    expect(sheet.get_by_text(re.compile(" is linked\\.$"))).to_be_visible()
    expect(sheet.get_by_role("button", name="Done")).to_be_focused()
    screen.press("Enter")
    page.get_by_role("button", name=re.compile("^Test ")).click()
    expect(page.get_by_text(re.compile(r"^Sent after .+ s\.$"))).to_be_visible()
    assert "It works" in phone.texts[-1]
