"""Insights and reports in real browsers: answers first, pictures when they are near, news only when asked for."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.support.axe import barriers
from tests.support.browser import DESKTOP, NARROWEST, PATIENCE_MS, PHONE, Account, Screen, Traffic, Visits
from tests.support.process import DaybeatProcess

LAYOUT_SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 500);
})"""
PICTURES = (
    "Did I keep at it",
    "Are the habits sticking?",
    "Is my mood moving?",
    "When do I do it?",
    "What goes with better days?",
)


def _today() -> date:
    return datetime.now(UTC).date()


def _insights(screen: Screen) -> Screen:
    screen.page.get_by_role("navigation").get_by_role("link", name="Insights").click()
    screen.heading("Insights")
    return screen


def _card(screen: Screen, title: str) -> Locator:
    return screen.page.get_by_role("region", name=re.compile(f"^{re.escape(title)}"))


def _said(screen: Screen) -> Locator:
    """Find the sentences, once there are any."""
    sentences = screen.page.get_by_role("list", name="In short").get_by_role("listitem")
    expect(sentences.first).to_be_visible()
    return sentences


def _scroll_to_all(screen: Screen) -> None:
    """Scroll from picture to picture until each has come."""
    for title in PICTURES:
        card = _card(screen, title)
        while not card.is_visible():
            screen.page.mouse.wheel(0, 400)
            screen.page.evaluate("() => new Promise(requestAnimationFrame)")
        card.scroll_into_view_if_needed()


def _import(account: Account, habit: str, days: list[int]) -> None:
    """Say that a habit was done so many days ago."""
    done = [{"date": str(_today() - timedelta(days=ago)), "state": "done"} for ago in days]
    account.ask("POST", f"/habits/{habit}/check-ins/import", json={"check_ins": done})


def _rarely(server: DaybeatProcess) -> tuple[Account, str]:
    """Give an account with a daily habit that was done on two days a week."""
    account = Account.new(server)
    habit = account.habit(name="Run", start=str(_today() - timedelta(days=90)))
    _import(account, habit, [ago for ago in range(1, 90) if (_today() - timedelta(days=ago)).weekday() in (1, 4)])
    return account, habit


@pytest.fixture(scope="module")
def lived_in(served: DaybeatProcess) -> Account:
    """Give an account with 400 days of habits, of which some went well and some slipped, and moods."""
    ana = Account.new(served)
    start = str(_today() - timedelta(days=400))
    read = ana.habit(name="Read", start=start, color="rose")
    _import(ana, read, [ago for ago in range(1, 400) if ago % 9])
    for ago in range(1, 5):
        at = (datetime.now(UTC) - timedelta(days=ago)).replace(hour=21, minute=ago)
        ana.ask("POST", f"/habits/{read}/check-ins", json={"at": at.isoformat()})
    _import(ana, ana.habit(name="Stretch", start=start), [ago for ago in range(25, 400) if ago % 3])
    _import(ana, ana.habit(name="Swim", start=start, schedule={"kind": "per_week", "n": 2}), list(range(3, 400, 5)))
    for ago in range(1, 60):
        at = (datetime.now(UTC) - timedelta(days=ago)).replace(hour=8 + ago % 12)
        ana.ask("POST", "/moods", json={"score": 4 - 2 * (ago % 9 == 0) + ago % 2, "at": at.isoformat()})
    return ana


def test_three_days_show_what_will_come_and_when(visits: Visits, ana: Account) -> None:
    habit = ana.habit(name="Read", start=str(_today() - timedelta(days=2)))
    _import(ana, habit, [1, 2])
    screen = _insights(visits.of(ana))
    coming = _card(screen, "Come back on")
    expect(coming.get_by_text("14 days make a pattern visible")).to_be_visible()
    expect(coming.get_by_role("listitem").filter(has_text="What may break tomorrow")).to_contain_text(
        re.compile(r"\d{4}")
    )
    expect(screen.page.locator("main").get_by_role("img")).to_have_count(0)


def test_a_new_account_is_told_where_to_begin(visits: Visits, ana: Account) -> None:
    screen = _insights(visits.of(ana))
    expect(screen.page.get_by_text("Your first check-in or mood starts the count.")).to_be_visible()
    screen.page.locator("main").get_by_role("link", name="Go to Today").click()
    screen.heading("Today")


def test_the_keyboard_leads_to_sentences_that_explain_themselves(visits: Visits, lived_in: Account) -> None:
    screen = visits.of(lived_in)
    screen.press("g", "i")
    screen.heading("Insights")
    first = _said(screen).first
    first.get_by_text("How is this computed?").click()
    expect(first.locator("details")).to_have_attribute("open", "")
    expect(first.locator("details p")).not_to_be_empty()


def test_another_span_is_in_the_address_and_is_spoken(visits: Visits, lived_in: Account) -> None:
    screen = _insights(visits.of(lived_in))
    spoken = screen.page.get_by_role("status", name="Figures", exact=True)
    expect(spoken).to_be_empty()
    _said(screen)
    screen.page.get_by_role("radio", name="90 days").check(force=True)
    expect(spoken).to_contain_text(re.compile(r"^The last 90 days: \d+ of \d+ done"))
    expect(screen.page).to_have_url(re.compile(r"/insights\?days=90$"))
    screen.page.reload()
    expect(screen.page.get_by_role("radio", name="90 days")).to_be_checked()


def test_pictures_come_when_they_are_near_each_with_a_table(visits: Visits, lived_in: Account) -> None:
    screen = visits.of(lived_in, viewport=PHONE)
    traffic = Traffic(screen.page)
    _said(_insights(screen))
    screen.page.wait_for_load_state("networkidle")
    assert [url for url in traffic.urls if "/insights/trends" in url or "/insights/associations" in url] == []
    _scroll_to_all(screen)
    for title in ("Are the habits sticking?", "Is my mood moving?"):
        expect(_card(screen, title).get_by_role("img").locator("canvas")).to_be_visible()
    for title in PICTURES:
        card = _card(screen, title)
        card.get_by_text("Show as table").click()
        expect(card.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()
        expect(card.get_by_text("How is this computed?")).to_be_visible()
    with screen.page.expect_download() as download:
        _card(screen, "Is my mood moving?").get_by_role("button", name="Save as CSV").click()
    assert download.value.path().read_text().startswith("date,moods,mood,")


def test_the_year_is_one_tab_stop_and_arrows_say_each_day(visits: Visits, lived_in: Account) -> None:
    screen = _insights(visits.of(lived_in))
    _said(screen)
    _scroll_to_all(screen)
    year = screen.page.get_by_role("application", name=re.compile("^All habits, day by day"))
    year.focus()
    screen.press("ArrowLeft", "ArrowDown")
    expect(_card(screen, "Did I keep at it")).to_contain_text(re.compile(r"\d of \d done|Nothing due"))
    screen.press("Tab")
    expect(year.locator(":focus")).to_have_count(0)


def test_news_from_elsewhere_waits_until_it_is_asked_for(visits: Visits, ana: Account) -> None:
    habit = ana.habit(name="Read", start=str(_today() - timedelta(days=40)))
    _import(ana, habit, list(range(2, 40)))
    screen = _insights(visits.of(ana))
    row = screen.page.get_by_role("row", name=re.compile("^Read"))
    expect(row).to_contain_text("28 of 29")
    ana.ask("PUT", f"/habits/{habit}/check-ins/{_today() - timedelta(days=1)}", json={"state": "done"})
    news = screen.page.get_by_role("button", name="Something changed. Show new figures")
    expect(news).to_be_visible()
    expect(row).to_contain_text("28 of 29")
    _counts(ana, 29)
    news.click()
    expect(row).to_contain_text("29 of 29")
    expect(screen.page.get_by_role("heading", level=1)).to_be_focused()


def _counts(account: Account, done: int) -> None:
    """Wait until the figures have followed the check-ins: they do so a moment after the news of them."""
    ends = time.monotonic() + PATIENCE_MS / 1000
    while account.ask("GET", "/insights/summary?days=30")["done"] != done:
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_suggestion_is_done_with_one_tap_and_taken_back(visits: Visits, served: DaybeatProcess) -> None:
    account, habit = _rarely(served)
    screen = _insights(visits.of(account))
    screen.page.get_by_role("button", name="Ask for 2 a week", exact=True).click()
    messages = screen.page.get_by_role("status", name="Messages")
    expect(messages).to_contain_text("Run: Done.")
    assert account.ask("GET", f"/habits/{habit}")["schedule"]["kind"] == "per_week"
    messages.get_by_role("button", name="Undo").click()
    expect(messages).to_contain_text("Run: Undone.")
    assert account.ask("GET", f"/habits/{habit}")["schedule"]["kind"] == "daily"


def test_a_dismissed_suggestion_stays_away(visits: Visits, served: DaybeatProcess) -> None:
    account, _ = _rarely(served)
    screen = _insights(visits.of(account))
    offered = screen.page.get_by_role("button", name="Ask for 2 a week", exact=True)
    expect(offered).to_be_visible()
    screen.page.get_by_role("group", name="Suggestions").get_by_role(
        "button", name=re.compile("^Not for me: ")
    ).first.click()
    expect(screen.page.get_by_role("status", name="Messages")).to_contain_text("Run: Dismissed. It stays away.")
    screen.page.reload()
    expect(_card(screen, "What could help")).to_be_visible()
    expect(offered).to_have_count(0)


def _report(screen: Screen, kind: str) -> Locator:
    screen.open(f"/reports/{kind}")
    table = screen.page.get_by_role("table").filter(has_text="Read")
    expect(table).to_be_visible()
    return table


def test_reports_lead_back_and_forth_and_print_without_the_page_around(visits: Visits, lived_in: Account) -> None:
    screen = visits.of(lived_in)
    _report(screen, "weekly")
    time = screen.page.get_by_role("status", name="Time")
    latest = time.inner_text()
    screen.page.get_by_role("button", name="Week before").click()
    expect(time).not_to_have_text(latest)
    expect(screen.page).to_have_url(re.compile(r"\?day=\d{4}-\d\d-\d\d$"))
    screen.page.get_by_role("button", name="Week after").click()
    expect(time).to_have_text(latest)
    screen.page.emulate_media(media="print", color_scheme="dark")
    expect(screen.page.get_by_role("navigation")).to_be_hidden()
    expect(screen.page.get_by_role("button")).to_have_count(0)
    assert screen.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_a_month_has_a_sign_for_each_day(visits: Visits, lived_in: Account) -> None:
    row = _report(visits.of(lived_in), "monthly").get_by_role("row", name=re.compile("^Read"))
    last = _today().replace(day=1) - timedelta(days=1)
    expect(row.get_by_role("cell")).to_have_count(last.day)
    expect(row.get_by_role("cell").filter(has_text="done").first).to_contain_text("✓")


def test_nothing_moves_when_figures_arrive(visits: Visits, lived_in: Account) -> None:
    for path, size in (("/insights", PHONE), ("/insights", DESKTOP), ("/reports/weekly", PHONE)):
        screen = visits.of(lived_in, viewport=size).open(path)
        screen.is_live()
        screen.page.wait_for_load_state("networkidle")
        assert screen.page.evaluate(LAYOUT_SHIFT) <= 0.02, path


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_any_state_of_insights(
    visits: Visits, served: DaybeatProcess, lived_in: Account, size: dict[str, int]
) -> None:
    options: dict[str, Any] = {"viewport": size, "reduced_motion": "reduce"}
    newcomer = _insights(visits.of(Account.new(served), **options))
    expect(newcomer.page.get_by_text("Your first check-in or mood starts the count.")).to_be_visible()
    found = {"Insights, new": barriers(newcomer)}
    screen = visits.of(lived_in, **options)
    found |= {state: barriers(screen) for state in _states(screen)}
    assert {state: each for state, each in found.items() if each} == {}


def _states(screen: Screen) -> Iterator[str]:
    page = screen.page
    _said(_insights(screen))
    _scroll_to_all(screen)
    for summary in page.locator("main summary").all():
        summary.click()
    yield "Insights, everything open"
    page.get_by_role("radio", name="Moods", exact=True).check(force=True)
    expect(page.get_by_role("img", name=re.compile("^Moods by weekday and hour"))).to_be_visible()
    yield "Insights, hours of moods"
    for kind in ("weekly", "monthly"):
        _report(screen, kind)
        yield f"report, {kind}"
    _said(screen.open("/insights"))
    page.context.set_offline(True)
    screen.says_connection("Offline")
    page.get_by_role("radio", name="7 days", exact=True).check(force=True)
    expect(page.get_by_text("You are offline. These are still the last 30 days.")).to_be_visible()
    yield "Insights, offline"
    page.context.set_offline(False)


def test_nothing_is_cut_off_on_the_narrowest_phone(visits: Visits, lived_in: Account) -> None:
    screen = visits.of(lived_in, viewport=NARROWEST)
    wide = [state for state in _states(screen) if _is_wider_than_the_screen(screen)]
    assert wide == []


def _is_wider_than_the_screen(screen: Screen) -> bool:
    return bool(screen.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def test_insights_ask_no_stranger_for_anything(visits: Visits, lived_in: Account) -> None:
    screen = visits.of(lived_in)
    traffic = Traffic(screen.page)
    _said(_insights(screen))
    _scroll_to_all(screen)
    screen.page.wait_for_load_state("networkidle")
    assert traffic.strangers(screen.url) == []
