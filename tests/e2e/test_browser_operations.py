"""The Operations page in a browser: one sentence first, figures that move by themselves, and what was set aside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.quarantine import set_aside
from tests.support.axe import barriers
from tests.support.browser import DESKTOP, NARROWEST, PHONE, Account, Screen, Visits
from tests.support.process import DaybeatProcess

READER = "queue:wall.counts"
GOOD = '{"type":"good","timestamp":"2026-02-16T16:15:00.000Z"}'
WELL = re.compile(r"^Everything that was accepted has arrived")


@dataclass
class House:
    """A Daybeat of its own, whose first account is its admin."""

    server: DaybeatProcess
    admin: Account

    def set_aside(self, *texts: str) -> None:
        """Stop for a moment, and start again with these messages set aside."""

        def keep(uow: UnitOfWork) -> None:
            for text in texts:
                error = ValueError("this is no mood\nit says " + text)
                set_aside(uow, reader=READER, reference=str(len(text)), content={"text": text}, error=error)

        self.server.kill()
        with open_core(Settings(data_dir=self.server.folder)) as core:
            core.store.write_now(keep)
        self.server.start()

    def drop_all(self) -> None:
        for item in self.admin.ask("GET", "/operations/quarantine?limit=1000")["items"]:
            self.admin.ask("DELETE", f"/operations/quarantine/{item['id']}")


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with DaybeatProcess(tmp_path_factory.mktemp("operations") / "data") as server:
        yield House(server, Account.new(server))


@pytest.fixture
def house(building: House) -> House:
    """The same house for all, with nothing set aside."""
    building.drop_all()
    return building


@pytest.fixture
def visits(chromium: Browser, house: House) -> Iterator[Visits]:
    visits = Visits(chromium, house.server)
    yield visits
    visits.close()


def go(screen: Screen) -> Screen:
    """Go by the settings: a phone has no room for more in its bar."""
    screen.page.get_by_role("navigation").get_by_role("link", name="Settings").click()
    screen.page.get_by_role("main").get_by_role("link", name="Operations").click()
    screen.heading("Operations")
    return screen


def card(screen: Screen, title: str) -> Locator:
    return screen.page.get_by_role("region", name=title)


def look_at_first(screen: Screen) -> Locator:
    card(screen, "Set aside").get_by_role("button", name="Look at").first.click()
    sheet = screen.page.get_by_role("dialog")
    expect(sheet.get_by_text("What is in it")).to_be_visible()
    return sheet


def test_figures_move_by_themselves(visits: Visits, house: House) -> None:
    habit = house.admin.habit()
    screen = go(visits.of(house.admin))
    expect(screen.page.get_by_text(WELL)).to_be_visible()
    lived = card(screen, "Has everything arrived?").get_by_role("listitem").filter(has_text="insights.lived_days")
    house.admin.ask("POST", f"/habits/{habit}/check-ins", json={})
    expect(lived).to_contain_text("1 accepted = 1 stored. It adds up.")
    house.admin.ask("POST", f"/habits/{habit}/check-ins", json={})
    expect(lived).to_contain_text("2 accepted = 2 stored. It adds up.")
    expect(card(screen, "Processes")).to_contain_text(f"port {house.server.port}")
    expect(card(screen, "From a tap to every open page")).to_contain_text("95 of 100 within")


def test_what_was_set_aside_is_looked_at_tried_again_and_dropped(visits: Visits, house: House) -> None:
    house.set_aside(GOOD, "rubbish that somebody sent")
    screen = go(visits.of(house.admin))
    expect(screen.page.get_by_text("2 things could not be handled.")).to_be_visible()
    aside = card(screen, "Set aside")
    expect(aside.get_by_role("listitem")).to_have_count(2)
    expect(aside).not_to_contain_text("rubbish")

    sheet = look_at_first(screen)
    expect(sheet).to_contain_text("rubbish that somebody sent")
    sheet.get_by_role("button", name="Try again").click()
    expect(sheet.get_by_text("It failed again.")).to_be_visible()
    sheet.get_by_role("button", name="Drop", exact=True).click()
    sheet.get_by_role("button", name="Keep it").click()
    sheet.get_by_role("button", name="Drop", exact=True).click()
    sheet.get_by_role("button", name="Drop it").click()
    expect(screen.page.get_by_text("Dropped.")).to_be_visible()
    expect(aside.get_by_role("listitem")).to_have_count(1)

    screen.press("Escape")
    look_at_first(screen).get_by_role("button", name="Try again").click()
    expect(screen.page.get_by_text("Handled.", exact=True)).to_be_visible()
    expect(aside).to_contain_text("Nothing is set aside.")
    expect(screen.page.get_by_text(WELL)).to_be_visible()


def test_a_server_that_is_away_is_said_and_waited_for(visits: Visits, house: House) -> None:
    screen = go(visits.of(house.admin))
    expect(screen.page.get_by_text(WELL)).to_be_visible()
    house.server.kill()
    expect(screen.page.get_by_role("alert")).to_contain_text("These figures are from")
    expect(card(screen, "Processes")).to_be_visible()
    house.server.start()
    expect(screen.page.get_by_role("alert")).to_be_hidden()


def test_others_do_not_find_it(visits: Visits, house: House) -> None:
    screen = visits.of(Account.new(house.server))
    expect(screen.page.get_by_role("navigation").get_by_role("link", name="Operations")).to_have_count(0)
    screen.open("/operations").heading("Operations")
    expect(screen.page.get_by_text("This page is for admins.")).to_be_visible()
    assert barriers(screen) == []


def test_the_keyboard_is_enough(visits: Visits, house: House) -> None:
    house.set_aside("rubbish")
    screen = visits.of(house.admin)
    screen.press("Control+k")
    expect(screen.page.get_by_role("combobox")).to_be_focused()
    screen.page.keyboard.type("operations")
    screen.press("Enter")
    screen.heading("Operations")
    look = card(screen, "Set aside").get_by_role("button", name="Look at")
    look.focus()
    screen.press("Enter")
    sheet = screen.page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Try again")).to_be_focused()
    screen.press("Tab", "Enter")
    expect(sheet.get_by_role("button", name="Keep it")).to_be_focused()
    screen.press("Enter")
    expect(sheet.get_by_role("button", name="Try again")).to_be_focused()
    screen.press("Escape")
    expect(sheet).to_be_hidden()
    expect(look).to_be_focused()


@pytest.mark.parametrize("size", [PHONE, DESKTOP, NARROWEST], ids=["phone", "desktop", "narrowest"])
def test_axe_finds_nothing_and_nothing_is_cut_off(visits: Visits, house: House, size: dict[str, int]) -> None:
    house.set_aside(*(f"rubbish {'very ' * number}long" for number in range(1, 21)), GOOD)
    screen = go(visits.of(house.admin, viewport=size, reduced_motion="reduce"))
    found = {state: [*barriers(screen), *_cut_off(screen)] for state in _states(screen, house)}
    assert {state: each for state, each in found.items() if each} == {}


def _states(screen: Screen, house: House) -> Iterator[str]:
    aside = card(screen, "Set aside")
    expect(aside.get_by_role("listitem")).to_have_count(20)
    aside.get_by_role("button", name="Show more").click()
    expect(aside.get_by_role("listitem")).to_have_count(21)
    for question in ("How is this counted?", "How is this measured?"):
        screen.page.get_by_text(question).click()
    yield "things set aside"
    sheet = look_at_first(screen)
    yield "looking at one"
    sheet.get_by_role("button", name="Drop", exact=True).click()
    yield "dropping it"
    screen.press("Escape")
    house.drop_all()
    expect(screen.page.get_by_text(WELL)).to_be_visible()
    expect(aside).to_contain_text("Nothing is set aside.")
    yield "all well"
    house.server.kill()
    expect(screen.page.get_by_role("alert")).to_be_visible()
    yield "server away"
    house.server.start()


def _cut_off(screen: Screen) -> list[str]:
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return ["wider than the screen"] if screen.page.evaluate(wide) else []
