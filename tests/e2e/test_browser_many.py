"""Fifty habits with three years behind them feel like three: few requests, and a tap moves its own row only."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.support.browser import Account, Screen, Traffic, Visits
from tests.support.process import DaybeatProcess

MANY, FEW = 50, 3
YEARS = 3
AT_ONCE = 1000
MOST_REQUESTS = 30
WATCH_ROWS = """() => {
    window.changedRows = new Set();
    const habitOf = (place) => place.querySelector("[data-check-in]")?.ariaLabel.split(",")[0] ?? place.tagName;
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver((changes) => {
        for (const { target } of changes) {
            const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
            const place = element.closest("li, ul, section");
            if (place) window.changedRows.add(habitOf(place));
        }
    }).observe(document.querySelector("main"), everything);
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaybeatProcess]:
    """A Daybeat of its own: fifty thousand check-ins keep everybody who follows them busy for a while."""
    with DaybeatProcess(tmp_path_factory.mktemp("many") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def busy(served: DaybeatProcess) -> Account:
    """Give an account with fifty habits and a check-in on most days of three years."""
    account = Account.new(served)
    today = datetime.now(UTC).date()
    start = today - timedelta(days=365 * YEARS)
    for number in range(MANY):
        habit = account.habit(name=f"Habit {number + 1}", start=str(start))
        for part in _history(start, today, number):
            account.ask("POST", f"/habits/{habit}/check-ins/import", json={"check_ins": part})
    return account


def _history(start: date, today: date, number: int) -> Iterator[list[dict[str, str]]]:
    days = [start + timedelta(days=each) for each in range((today - start).days) if (each + number) % 5]
    for first in range(0, len(days), AT_ONCE):
        yield [{"date": str(day), "state": "done"} for day in days[first : first + AT_ONCE]]


def test_going_back_leads_to_where_one_was(visits: Visits, busy: Account) -> None:
    screen = visits.of(busy).open("/habits")
    screen.page.get_by_role("link", name="Habit 40", exact=True).click()
    screen.heading("Habit 40")
    assert screen.page.evaluate("scrollY") == 0
    screen.page.go_back()
    screen.heading("Habits")
    expect(screen.page.get_by_role("link", name="Habit 40", exact=True)).to_be_in_viewport()


def test_today_needs_few_requests(visits: Visits, busy: Account) -> None:
    screen = visits.stranger()
    traffic = Traffic(screen.page)
    _sees_all(screen, busy)
    assert 0 < len(traffic.urls) < MOST_REQUESTS


def test_a_tap_with_many_habits_asks_for_no_more_than_with_few(visits: Visits, ana: Account, busy: Account) -> None:
    for number in range(FEW):
        ana.habit(name=f"Habit {number + 1}")
    assert _asked_by_taps(visits.of(busy)) == _asked_by_taps(visits.of(ana)) == ["PUT", "DELETE"]


def _asked_by_taps(screen: Screen) -> list[str]:
    """Check in and take it back; give the methods of every request that caused."""
    screen.shows("Habit 2", "open")
    traffic = Traffic(screen.page)
    _taps_twice(screen)
    return traffic.methods


def test_a_tap_changes_its_own_row_only(visits: Visits, busy: Account) -> None:
    screen = visits.of(busy)
    screen.shows("Habit 2", "open")
    screen.page.evaluate(WATCH_ROWS)
    _taps_twice(screen)
    assert screen.page.evaluate("[...window.changedRows]") == ["Habit 2"]


def _taps_twice(screen: Screen) -> None:
    screen.tap("Habit 2")
    screen.shows("Habit 2", "done")
    screen.tap("Habit 2")
    screen.shows("Habit 2", "open")


def test_no_page_asks_anybody_else(visits: Visits, busy: Account) -> None:
    screen = visits.stranger(service_workers="allow")
    traffic = Traffic(screen.page.context)
    _sees_all(screen, busy)
    screen.is_kept_by_worker()
    _visits_every_page(screen)
    assert any(url.endswith("/api/v1/live") for url in traffic.urls)
    assert traffic.strangers(screen.url) == []


def _sees_all(screen: Screen, account: Account) -> None:
    screen.open("/login").log_in(account.email)
    expect(screen.page.locator("main [data-check-in]")).to_have_count(MANY)
    screen.is_live()


def _visits_every_page(screen: Screen) -> None:
    page = screen.page
    page.get_by_role("navigation").get_by_role("link", name="Habits").click()
    page.get_by_role("link", name=re.compile("Habit 7$")).click()
    expect(page.get_by_role("img", name="Strength of Habit 7").locator("canvas")).to_be_visible()
    page.get_by_role("link", name="Edit").click()
    screen.heading("Edit Habit 7")
    screen.open("/habits/new").heading("New habit")
    screen.open("/settings").heading("Settings")
    screen.is_live()
