"""A click on the sender in one browser, the wall in others: at once, for everybody, through a restart."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.axe import barriers
from tests.support.browser import DESKTOP, PHONE, Account, Screen, Traffic, Visits
from tests.support.process import DaybeatProcess

CLICKS = 10
NARROWEST = {"width": 320, "height": 640}
SCREENS = {"phone": PHONE, "desktop": DESKTOP}
PATHS = {"sender": "/mood-sender/", "wall": "/mood-wall/", "kiosk": "/mood-wall/?kiosk=1"}
COUNT_DROPS = """() => {
    window.drops = 0;
    const count = (all) => all.forEach((each) => { window.drops += each.addedNodes.length; });
    new MutationObserver(count).observe(document.querySelector(".count.happy"), { childList: true });
}"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaybeatProcess]:
    """A Daybeat of its own: everybody's clicks are counted together."""
    with DaybeatProcess(tmp_path_factory.mktemp("hall") / "data") as running:
        yield running


@pytest.fixture
def passers(chromium: Browser, hall: DaybeatProcess) -> Iterator[Visits]:
    visits = Visits(chromium, hall)
    yield visits
    visits.close()


class Wall:
    """A wall in a browser of its own."""

    def __init__(self, visits: Visits, query: str = "", **options: Any) -> None:
        self.page: Page = visits.stranger(**options).open(f"/mood-wall/{query}").page
        self.is_live()

    def is_live(self) -> None:
        expect(self.page.get_by_role("status", name="Connection")).to_have_text("Live")
        expect(self.page.locator("#happy")).to_have_text(re.compile(r"\d"))

    @property
    def counts(self) -> tuple[int, int]:
        happy, sad = (int(self.page.locator(f"#{kind}").inner_text().replace(",", "")) for kind in ("happy", "sad"))
        return happy, sad

    def shows(self, happy: int, sad: int) -> None:
        expect(self.page.locator("#happy")).to_have_text(f"{happy:,}")
        expect(self.page.locator("#sad")).to_have_text(f"{sad:,}")


def sender(visits: Visits, **options: Any) -> Page:
    return visits.stranger(**options).open("/mood-sender/").page


def say(page: Page, word: str) -> None:
    page.get_by_role("button", name=word).click()
    expect(page.get_by_role("status")).to_have_text("Sent. Thank you.")


def test_a_click_shows_on_two_walls_and_the_score_in_words(passers: Visits) -> None:
    one, other, here = Wall(passers), Wall(passers, "?kiosk=1", viewport=PHONE), sender(passers)
    happy, sad = one.counts
    say(here, "Happy")
    for wall in (one, other):
        wall.shows(happy + 1, sad)
    say(here, "Sad")
    say(here, "Sad")
    for wall in (one, other):
        wall.shows(happy + 1, sad + 2)
        score = happy + 1 - sad - 2
        expect(wall.page.locator("#score")).to_have_text(f"{score:+d}".replace("-", "\N{MINUS SIGN}") if score else "0")
    expect(
        one.page.get_by_text(re.compile(r"more (happy than sad|sad than happy)|As many happy as sad"))
    ).to_be_visible()


def test_every_one_of_many_quick_clicks_counts(passers: Visits) -> None:
    """How soon a click is on the wall is printed by `python -m bench wall`."""
    wall, here = Wall(passers), sender(passers)
    happy, sad = wall.counts
    for _ in range(CLICKS):
        here.get_by_role("button", name="Happy").click()
    wall.shows(happy + CLICKS, sad)


def test_the_keyboard_sends_too(passers: Visits) -> None:
    wall, here = Wall(passers), sender(passers)
    happy, sad = wall.counts
    here.keyboard.press("1")
    wall.shows(happy + 1, sad)
    here.keyboard.press("2")
    wall.shows(happy + 1, sad + 1)
    here.keyboard.press("ArrowRight")
    expect(here.get_by_role("button", name="Sad")).to_be_focused()
    here.keyboard.press("ArrowLeft")
    here.keyboard.press("Enter")
    wall.shows(happy + 2, sad + 1)
    here.keyboard.press("Tab")
    here.keyboard.press("Space")
    wall.shows(happy + 2, sad + 2)


def test_the_sender_works_without_scripts(passers: Visits) -> None:
    wall, here = Wall(passers), sender(passers, java_script_enabled=False)
    happy, sad = wall.counts
    here.get_by_role("button", name="Happy").click()
    expect(here.get_by_text("Sent. Thank you.")).to_be_visible()
    wall.shows(happy + 1, sad)


def test_what_was_not_sent_is_said_so(passers: Visits) -> None:
    wall, here = Wall(passers), sender(passers)
    before = wall.counts
    here.context.set_offline(True)
    here.get_by_role("button", name="Happy").click()
    expect(here.get_by_role("status")).to_have_text("Not sent. Try again.")
    here.context.set_offline(False)
    say(here, "Happy")
    wall.shows(before[0] + 1, before[1])


def test_app_moods_wait_for_company_on_the_wall(passers: Visits, hall: DaybeatProcess) -> None:
    wall = Wall(passers)
    happy, sad = wall.counts
    people = [Account.new(hall) for _ in range(3)]
    for person, score, words in zip(people, (5, 1, 4), ("two more people", "one more person", None), strict=True):
        person.ask("PUT", "/moods/settings", json={"share_on_wall": True})
        person.ask("POST", "/moods", json={"score": score})
        notice = wall.page.locator("#waiting")
        if words:
            expect(notice).to_have_text(f"Waiting for {words} so nobody is singled out")
            assert wall.counts == (happy, sad)
    wall.shows(happy + 2, sad + 1)
    expect(wall.page.locator("#waiting")).to_be_hidden()


def test_the_day_is_a_picture_with_words_and_a_table(passers: Visits) -> None:
    here = sender(passers)
    say(here, "Happy")
    wall = Wall(passers)
    expect(
        wall.page.get_by_role("img", name=re.compile(r"Score since .* yesterday: it was .* and is .* now"))
    ).to_be_visible()
    wall.page.get_by_text("Show as table").click()
    rows = wall.page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(25)
    assert sum(int(row.get_by_role("cell").nth(0).inner_text()) for row in rows.all()[1:]) == wall.counts[0]
    expect(wall.page.get_by_role("img", name=re.compile("QR code of .*mood-sender"))).to_be_visible()


def test_without_motion_only_the_number_changes(passers: Visits) -> None:
    moving, still = Wall(passers), Wall(passers, reduced_motion="reduce")
    happy, sad = still.counts
    for wall in (moving, still):
        wall.page.evaluate(COUNT_DROPS)
    say(sender(passers), "Happy")
    still.shows(happy + 1, sad)
    moving.shows(happy + 1, sad)
    moving.page.wait_for_function("window.drops > 0")
    assert still.page.evaluate("window.drops") == 0
    assert still.page.evaluate("document.getAnimations().length") == 0


def test_a_kiosk_shows_the_wall_and_nothing_to_press(passers: Visits) -> None:
    wall = Wall(passers, "?kiosk=1", viewport=DESKTOP)
    expect(wall.page.locator("html.kiosk")).to_have_count(1)
    expect(wall.page.get_by_text("Show as table")).to_be_hidden()
    expect(wall.page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    assert wall.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_nothing_comes_from_elsewhere(passers: Visits, hall: DaybeatProcess) -> None:
    page = passers.stranger().page
    traffic = Traffic(page)
    for path in PATHS.values():
        page.goto(f"{hall.url}{path}")
        page.wait_for_timeout(300)
    assert len(traffic.urls) > 10
    assert traffic.strangers(hall.url) == []


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_nothing_is_in_anybodys_way(passers: Visits, screen: Any) -> None:
    seen = passers.stranger(viewport=screen)
    found = [f"{state} {barrier}" for state in _states(seen) for barrier in barriers(seen)]
    assert found == []


def _states(screen: Screen) -> Iterator[str]:
    page = screen.open(PATHS["sender"]).page
    yield "sender"
    say(page, "Happy")
    yield "sender, sent"
    page.context.set_offline(True)
    page.get_by_role("button", name="Sad").click()
    expect(page.get_by_role("status")).to_have_text("Not sent. Try again.")
    yield "sender, not sent"
    page.context.set_offline(False)
    for name in ("wall", "kiosk"):
        screen.open(PATHS[name])
        expect(page.locator("#connection")).to_have_text("Live")
        if name == "wall":
            page.get_by_text("Show as table").click()
        yield name
        page.evaluate("document.getElementById('waiting').hidden = false")
        page.evaluate("document.getElementById('waiting').textContent = 'Waiting for one more person'")
        page.evaluate("document.getElementById('connection').className = 'lost'")
        yield f"{name}, waiting, connection lost"


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_nothing_is_cut_off_on_the_narrowest_phone(passers: Visits, path: str) -> None:
    page = passers.stranger(viewport=NARROWEST).open(path).page
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_an_empty_wall_invites(chromium: Browser, tmp_path: Path) -> None:
    with DaybeatProcess(tmp_path / "data") as empty:
        visits = Visits(chromium, empty)
        wall = Wall(visits)
        expect(wall.page.get_by_text("Nobody has said anything yet.")).to_be_visible()
        assert barriers(Screen(wall.page, empty.url)) == []
        visits.close()


@pytest.mark.parametrize("ended", ["stopped", "killed"])
def test_the_wall_survives_a_restart_of_the_server(chromium: Browser, tmp_path: Path, ended: str) -> None:
    with DaybeatProcess(tmp_path / "data") as server:
        visits = Visits(chromium, server)
        wall = Wall(visits)
        send = f"{server.url}/mood-sender/send"
        assert httpx2.post(send, json={"type": "good"}).status_code == 202
        wall.shows(1, 0)
        began = time.monotonic()
        if ended == "stopped":
            server.stop()
            assert time.monotonic() - began < 15  # open walls hold nobody up
        else:
            server.kill()
        expect(wall.page.get_by_role("status", name="Connection")).to_have_text("Reconnecting…")
        wall.shows(1, 0)
        server.start()
        assert httpx2.post(send, json={"type": "bad"}).status_code == 202
        wall.is_live()
        wall.shows(1, 1)
        visits.close()
