"""What one browser, a script or the terminal does shows in every other open page, without reload."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import READ, WATER, Account, Screen, Visits, new_email
from tests.support.process import DaybeatProcess


def test_a_newcomer_registers_and_begins_two_habits(visits: Visits, served: DaybeatProcess) -> None:
    screen, email = visits.stranger().open("/register"), new_email()
    screen.register(email)
    expect(screen.page.get_by_text("What would you like to do more often?")).to_be_visible()
    screen.page.get_by_role("button", name="Read a few pages").click()
    screen.shows("Read a few pages", "open")
    _begin_through_the_form(screen)
    screen.shows("Stretch", "open")
    begun = Account.of(served, email).habit_named("Stretch")
    assert (begun["schedule"], begun["target"], begun["unit"]) == ({"kind": "daily"}, 3, "minutes")


def _begin_through_the_form(screen: Screen) -> None:
    page = screen.page
    page.get_by_role("navigation").get_by_role("link", name="Habits").click()
    page.get_by_role("link", name="New habit").click()
    page.get_by_label("Name").fill("Stretch")
    page.get_by_label("Count an amount").check()
    page.get_by_label("Amount", exact=True).fill("3")
    page.get_by_label("Unit").fill("minutes")
    expect(page.get_by_text("Every day, at least 3 minutes")).to_be_visible()
    page.get_by_role("button", name="Start this habit").click()


@pytest.mark.parametrize("by_key", [False, True], ids=["second tap", "u"])
def test_a_tap_and_its_undo_show_in_another_browser(visits: Visits, ana: Account, *, by_key: bool) -> None:
    habit = ana.habit(**READ)
    one, other = visits.of(ana), visits.of(ana)
    one.tap("Read")
    one.shows("Read", "done")
    other.shows("Read", "done")
    if by_key:
        one.press("u")
    else:
        one.tap("Read")
    other.shows("Read", "open")
    one.shows("Read", "open")
    assert ana.check_ins(habit) == []


@pytest.mark.parametrize(("client", "words"), [("curl", "from the API"), ("terminal", "from terminal")])
def test_a_check_in_from_elsewhere_shows_with_its_source(visits: Visits, ana: Account, client: str, words: str) -> None:
    habit = ana.habit(**READ)
    screen = visits.of(ana)
    screen.shows("Read", "open")
    ana.ask("POST", f"/habits/{habit}/check-ins", json={}, headers={"X-Daybeat-Client": client})
    screen.shows("Read", "done")
    expect(screen.page.locator("main").get_by_text(words)).to_be_visible()


def test_a_habit_begun_elsewhere_appears_by_itself(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana)
    expect(screen.page.get_by_text("What would you like to do more often?")).to_be_visible()
    ana.habit(name="Sing")
    screen.shows("Sing", "open")


def test_taps_on_an_amount_add_up_across_browsers(visits: Visits, ana: Account) -> None:
    habit = ana.habit(**WATER)
    one, other = visits.of(ana), visits.of(ana)
    one.tap("Water")
    one.tap("Water")
    other.shows("Water", "2 of 8 glasses")
    other.tap("Water")
    one.shows("Water", "3 of 8 glasses")
    ana.ask("POST", f"/habits/{habit}/check-ins", json={"amount": 5})
    one.shows("Water", "done")
    other.shows("Water", "done")
    assert sorted(each["amount"] for each in ana.check_ins(habit)) == [1, 1, 1, 5]


def test_the_sheet_skips_a_day_with_a_note(visits: Visits, ana: Account) -> None:
    habit = ana.habit(**READ)
    one, other = visits.of(ana), visits.of(ana)
    one.page.get_by_role("button", name="More for Read").click()
    sheet = one.page.get_by_role("dialog", name="Read")
    sheet.get_by_label("Note").fill("ill")
    sheet.get_by_role("button", name="Skip").click()
    expect(sheet).to_be_hidden()
    other.shows("Read", "skipped")
    one.shows("Read", "skipped")
    assert (ana.day(habit)["state"], ana.day(habit)["note"]) == ("skipped", "ill")


def test_the_keyboard_does_it_all(visits: Visits, ana: Account) -> None:
    for name in ("Read", "Walk"):
        ana.habit(name=name)
    screen = visits.of(ana)
    screen.shows("Walk", "open")
    screen.press("1")
    screen.shows("Read", "done")
    _moves_and_skips(screen)
    screen.press("?")
    expect(screen.page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    screen.press("Escape", "g", "h")
    screen.heading("Habits")
    expect(screen.page).to_have_url(re.compile("/habits$"))


def _moves_and_skips(screen: Screen) -> None:
    screen.press("j", "j")
    expect(screen.row("Walk")).to_be_focused()
    screen.press("k")
    expect(screen.row("Read")).to_be_focused()
    screen.press("j", "s")
    screen.shows("Walk", "skipped")
