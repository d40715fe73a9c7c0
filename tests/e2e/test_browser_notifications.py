"""The ways to be told, on the page: in real browsers, with real receivers at the other end."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.support.axe import barriers
from tests.support.browser import DESKTOP, NARROWEST, PATIENCE_MS, PHONE, Account, Screen, Visits
from tests.support.process import DaybeatProcess
from tests.support.webhook_receiver import Receiver, Reply


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaybeatProcess]:
    """Start a Daybeat that may send to this machine."""
    folder = tmp_path_factory.mktemp("notifications") / "data"
    with DaybeatProcess(folder, DAYBEAT_ALLOW_PRIVATE_TARGETS="true") as running:
        yield running


def _comes_true(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_MS / 1000
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def _toast(screen: Screen, words: str) -> None:
    expect(screen.page.get_by_role("status", name="Messages")).to_contain_text(words)


def _card(screen: Screen, title: str) -> Locator:
    return screen.page.get_by_role("region", name=title, exact=True)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a program of somebody's own, at the other end of a webhook."""
    receiver = Receiver()
    with receiver.running():
        yield receiver


def _add_webhook(screen: Screen, url: str, name: str) -> str:
    """Add a webhook on the page and give the secret it shows."""
    page = screen.page
    page.get_by_role("button", name="Add Webhook").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Address of your program").fill(url)
    sheet.get_by_label("Name (optional)").fill(name)
    sheet.get_by_role("button", name="Add", exact=True).click()
    expect(sheet.get_by_role("button", name="Copy secret")).to_be_focused()
    secret = sheet.get_by_label("Secret").inner_text()
    sheet.get_by_role("button", name="I have it").click()
    expect(sheet).to_be_hidden()
    return secret


def _code(screen: Screen, url: str) -> Callable[..., bool]:
    """Take the Python the page shows, as somebody would paste it into a program."""
    page = screen.page
    page.get_by_role("button", name="Add Webhook").click()
    page.get_by_label("Address of your program").fill(url)
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    names: dict[str, Any] = {}
    exec(page.get_by_label("Code").inner_text(), names)  # noqa: S102 - that is what it is shown for
    page.get_by_role("button", name="I have it").click()
    check: Callable[..., bool] = names["is_from_daybeat"]
    return check


def test_a_webhook_is_tried_at_once_and_the_code_beside_it_knows_the_sender(
    visits: Visits, ana: Account, receiver: Receiver
) -> None:
    screen = visits.of(ana).open("/integrations")
    is_from_daybeat = _code(screen, f"{receiver.url}/other")
    secret = _add_webhook(screen, receiver.url, "My script")
    expect(_card(screen, "My script").get_by_text("Not used yet")).to_be_visible()
    screen.page.get_by_role("button", name="Test My script").click()
    expect(_card(screen, "My script").get_by_text(re.compile(r"^Sent after .+ s\.$"))).to_be_visible()
    expect(_card(screen, "My script").get_by_text("Works")).to_be_visible()
    [request] = receiver.requests
    assert is_from_daybeat(request.headers, request.body, secret)
    assert not is_from_daybeat(request.headers, request.body + b" ", secret)
    screen.page.get_by_role("link", name="Sent and not sent").click()
    screen.heading("Sent and not sent")
    row = screen.page.get_by_role("list", name="Messages, the newest first").get_by_role("listitem")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Sent after")


def test_a_channel_that_fails_says_why(visits: Visits, ana: Account, receiver: Receiver) -> None:
    receiver.reply = Reply(503)
    screen = visits.of(ana).open("/integrations")
    _add_webhook(screen, receiver.url, "My script")
    card = _card(screen, "My script")
    screen.page.get_by_role("button", name="Test My script").click()
    expect(card.get_by_text("Not sent yet:")).to_be_visible()
    expect(card.get_by_text("Failing", exact=True)).to_be_visible()
    expect(card.get_by_text("1 waiting")).to_be_visible()


def test_what_is_told_there_is_switched_paused_edited_and_removed(
    visits: Visits, ana: Account, receiver: Receiver
) -> None:
    screen = visits.of(ana).open("/integrations")
    _add_webhook(screen, receiver.url, "My script")
    card = _card(screen, "My script")
    card.get_by_role("switch", name="Streak milestones").uncheck()
    _comes_true(lambda: "checks" not in _channel(ana)["kinds"])
    card.get_by_role("button", name="Pause My script").click()
    expect(card.get_by_text("Paused")).to_be_visible()
    expect(card.get_by_role("button", name="Test My script")).to_be_disabled()
    card.get_by_role("button", name="Edit My script").click()
    sheet = screen.page.get_by_role("dialog", name="Edit My script")
    sheet.get_by_label("Name").fill("Hall display")
    sheet.get_by_role("radio", name="Deutsch").check(force=True)
    sheet.get_by_role("button", name="Save").click()
    card = _card(screen, "Hall display")
    card.get_by_role("button", name="Go on with Hall display").click()
    expect(card.get_by_text("Not used yet")).to_be_visible()
    kept = _channel(ana)
    assert (kept["name"], kept["language"], kept["enabled"]) == ("Hall display", "de", True)
    card.get_by_role("button", name="Remove Hall display").click()
    expect(card.get_by_role("button", name="Keep it")).to_be_focused()
    card.get_by_role("button", name="Remove it").click()
    expect(screen.page.get_by_text("Nothing leaves this page yet.")).to_be_visible()
    assert ana.ask("GET", "/notifications/channels")["items"] == []


def _channel(account: Account) -> Any:
    [channel] = account.ask("GET", "/notifications/channels")["items"]
    return channel


def test_an_address_that_cannot_be_is_refused_in_words(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana).open("/integrations")
    page = screen.page
    page.get_by_role("button", name="Add Webhook").click()
    sheet = page.get_by_role("dialog", name="Add Webhook")
    sheet.get_by_role("button", name="Add", exact=True).click()
    expect(sheet.get_by_label("Address of your program")).to_be_focused()
    sheet.get_by_label("Address of your program").fill("file:///etc/passwd")
    sheet.get_by_role("button", name="Add", exact=True).click()
    expect(sheet.get_by_role("alert")).to_be_visible()
    assert ana.ask("GET", "/notifications/channels")["items"] == []


def test_words_of_ones_own_are_shown_as_they_read_kept_and_taken_back(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana).open("/integrations/texts")
    page = screen.page
    page.get_by_label("Message", exact=True).select_option(label="Reminder")
    preview, text = page.get_by_role("region", name="How it reads"), page.get_by_label("Text", exact=True)
    usual = text.input_value()
    text.fill("Go: ")
    page.get_by_role("button", name="Insert title").click()
    expect(preview).to_contain_text(re.compile(r"Go: \w"))
    expect(text).to_be_focused()
    page.get_by_role("button", name="Save").click()
    _toast(screen, "Saved.")
    assert _words(ana)["body"] == "Go: {{ title }}"
    text.fill("{{ secret }}")
    expect(preview).to_contain_text("there is no secret here")
    page.get_by_role("button", name="Back to the usual text").click()
    expect(text).to_have_value(usual)
    assert _words(ana)["body"] == usual


def _words(account: Account) -> Any:
    """Give the words of reminders in English, for all channels."""
    items = account.ask("GET", "/notifications/templates")["items"]
    return next(each for each in items if (each["kind"], each["language"], each["channel"]) == ("reminder", "en", None))


@pytest.mark.parametrize("size", [PHONE, DESKTOP, NARROWEST], ids=["phone", "desktop", "narrowest"])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    visits: Visits, ana: Account, receiver: Receiver, size: dict[str, int]
) -> None:
    receiver.reply = Reply(503)
    screen = visits.of(ana, viewport=size, reduced_motion="reduce")
    habit = ana.habit(name="Read", reminders=["07:30", "mon,wed 18:00"])
    found = {
        state: barriers(screen) for state in _states(screen, receiver.url, habit) if not _is_too_wide(screen, state)
    }
    assert {state: each for state, each in found.items() if each} == {}


def _is_too_wide(screen: Screen, state: str) -> bool:
    wide = screen.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, state
    return False


def _states(screen: Screen, url: str, habit: str) -> Iterator[str]:
    page = screen.open("/integrations").page
    expect(page.get_by_text("Nothing leaves this page yet.")).to_be_visible()
    yield "Integrations, empty"
    for way in ("This browser", "ntfy", "Webhook", "Another service"):
        page.get_by_role("button", name=f"Add {way}").click()
        yield from _open_sheet(screen, f"add {way}")
    _add_webhook(screen, url, "My script")
    page.get_by_role("button", name="Test My script").click()
    expect(page.get_by_text("Failing", exact=True)).to_be_visible()
    yield "Integrations, a channel that fails"
    page.get_by_role("button", name="Edit My script").click()
    yield from _open_sheet(screen, "edit")
    page.get_by_role("button", name="Remove My script").click()
    yield "Integrations, a channel to be removed"
    screen.open("/integrations/history")
    expect(page.get_by_text("Trying again", exact=True).last).to_be_visible()
    yield "history"
    screen.open("/integrations/texts")
    expect(page.get_by_role("region", name="How it reads")).not_to_contain_text("…")
    yield "texts"
    screen.open(f"/habits/{habit}")
    expect(_card(screen, "Reminders").get_by_text("Nudges are off.")).to_be_visible()
    yield "habit"
    screen.open(f"/habits/{habit}/edit")
    page.get_by_role("switch", name="Nudge me when it is still open").check()
    page.get_by_label("Time of reminder 1").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Which time?")).to_be_visible()
    yield "habit form, refused"


def _open_sheet(screen: Screen, state: str) -> Iterator[str]:
    sheet = screen.page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    yield state
    screen.press("Escape")
    expect(sheet).to_be_hidden()
