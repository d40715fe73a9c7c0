"""Messages to a browser: how it is added, what it shows, and what its buttons do."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.support.browser import DESKTOP_CHROMIUM, PATIENCE_MS, Account, Visits, start_chromium
from tests.support.process import DaybeatProcess
from tests.support.push_service import PushService
from tests.support.pushed import SUBSCRIBED, PushedTo


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaybeatProcess]:
    """Start a Daybeat that may send to this machine."""
    folder = tmp_path_factory.mktemp("notifications") / "data"
    with DaybeatProcess(folder, DAYBEAT_ALLOW_PRIVATE_TARGETS="true") as running:
        yield running


@pytest.fixture(scope="module")
def chromium(driver: Playwright) -> Iterator[Browser]:
    browser = start_chromium(driver, DESKTOP_CHROMIUM)
    yield browser
    browser.close()


def _comes_true(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_MS / 1000
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_push_is_shown_as_plain_text_and_a_button_that_fails_says_so(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana, service_workers="allow")
    browser = PushedTo(screen)
    button = {"name": "done", "label": "Done", "url": f"{screen.url}/r/nothing", "form": "do=done"}
    browser.push({"title": "<b>Read</b>", "body": "Still open.", "link": "/mood", "tag": "1", "actions": [button]})
    _comes_true(lambda: browser.shown() == [{"title": "<b>Read</b>", "body": "Still open.", "buttons": ["Done"]}])
    browser.press("done")
    _comes_true(
        lambda: [each["title"] for each in browser.shown()] == ["Not saved. Tap to open Daybeat. (<b>Read</b>)"]
    )


def test_this_browser_is_added_pushed_to_and_answers_from_the_notification(visits: Visits, ana: Account) -> None:
    phone = PushService(ana.ask("GET", "/notifications/channels")["push_key"])
    with phone.running():
        screen = visits.of(ana, service_workers="allow")
        browser = PushedTo(screen)
        screen.open("/integrations").page.evaluate(SUBSCRIBED, phone.subscription)
        screen.page.get_by_role("button", name="Add This browser").click()
        screen.page.get_by_role("button", name="Turn on").click()
        card = screen.page.get_by_role("region", name=re.compile(" on Linux$"))
        expect(card.get_by_text("this one")).to_be_visible()
        ana.ask("POST", "/mood-prompts")
        _comes_true(lambda: len(phone.shown) == 1)
        browser.push(phone.shown[0])
        _comes_true(lambda: len(browser.shown()) == 1)
        browser.press("score:4")
        _comes_true(lambda: [each["score"] for each in ana.ask("GET", "/moods")["items"]] == [4])


def test_a_browser_that_may_not_show_anything_says_how_to_allow_it(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana, service_workers="allow")
    screen.page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
    screen.open("/integrations").page.get_by_role("button", name="Add This browser").click()
    sheet = screen.page.get_by_role("dialog", name="Add this browser")
    expect(sheet.get_by_role("status")).to_contain_text("Notifications are blocked for Daybeat.")
