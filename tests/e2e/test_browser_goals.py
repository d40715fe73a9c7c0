"""Goals on the page: set, followed live, added to by hand, closed and let go, in real browsers."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.support.browser import DESKTOP, PHONE, Account, Screen, Visits

LAYOUT_SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""
MOST_SHIFT = 0.02
UNTIL_GOALS_ARE_KEPT = """async () => {
    const answerOf = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    const database = await answerOf(indexedDB.open("daybeat"));
    const kept = () => answerOf(database.transaction("answers").objectStore("answers").count('["goals","list",false]'));
    while (!(await kept())) await new Promise(requestAnimationFrame);
    database.close();
}"""


def _ago(days: int) -> str:
    return str(datetime.now(UTC).date() - timedelta(days=days))


def _goal(account: Account, **wishes: Any) -> str:
    return str(account.ask("POST", "/goals", json={"name": "Far", "target": 10, "unit": "km", **wishes})["id"])


def _behind(account: Account) -> str:
    """Set a goal that grew by one a day and would need many more."""
    goal = _goal(account, start=_ago(40), target=500, deadline=_ago(-20))
    for day in range(1, 40):
        account.ask("POST", f"/goals/{goal}/entries", json={"amount": 1, "date": _ago(day)})
    return goal


def _goals_page(screen: Screen) -> Screen:
    screen.page.get_by_role("navigation").get_by_role("link", name="Goals").click()
    screen.heading("Goals")
    return screen


def _card(screen: Screen, name: str) -> Locator:
    return screen.page.get_by_role("region", name=name)


def _toast(screen: Screen, words: str) -> None:
    expect(screen.page.get_by_role("status", name="Messages")).to_contain_text(words)


def _heard(screen: Screen, words: str) -> None:
    expect(screen.page.get_by_role("status", name="Progress")).to_have_text(words)


def test_a_goal_is_set_through_the_form_and_shows_in_another_browser(visits: Visits, ana: Account) -> None:
    run = ana.habit(name="Run", target=5, unit="km", direction="at_least")
    one, other = _goals_page(visits.of(ana)), _goals_page(visits.of(ana))
    expect(other.page.get_by_text("Pick a habit and a number.")).to_be_visible()
    one.page.get_by_role("button", name="Set the first goal").click()
    sheet = one.page.get_by_role("dialog", name="New goal")
    sheet.get_by_role("button", name="Start this goal").click()
    expect(sheet.get_by_label("Name", exact=True)).to_be_focused()
    sheet.get_by_label("Name", exact=True).fill("Run 40 km")
    sheet.get_by_label("Number").fill("40")
    sheet.get_by_label("Unit").fill("km")
    sheet.get_by_label("Add a habit").select_option(label="Run")
    sheet.get_by_role("button", name="One at each quarter").click()
    expect(sheet.get_by_text("40 km. Counts the km of Run.")).to_be_visible()
    sheet.get_by_role("button", name="Start this goal").click()
    expect(sheet).to_be_hidden()
    expect(_card(other, "Run 40 km")).to_contain_text("0 of 40 km")
    [kept] = ana.ask("GET", "/goals")["items"]
    assert [(link["habit_id"], link["counts"]) for link in kept["habits"]] == [(run, "amounts")]
    assert [each["at"] for each in kept["milestones"]] == [10, 20, 30]


def test_what_the_server_minds_stands_in_the_form(visits: Visits, ana: Account) -> None:
    goal = _goal(ana)
    screen = visits.of(ana).open(f"/goals/{goal}")
    screen.page.get_by_role("button", name="Edit").click()
    sheet = screen.page.get_by_role("dialog", name="Edit Far")
    sheet.get_by_label("Counts from").fill(_ago(-3))
    sheet.get_by_role("button", name="Save").click()
    expect(sheet.get_by_role("alert")).to_contain_text("A goal begins today or earlier.")
    sheet.get_by_label("Counts from").fill(_ago(3))
    sheet.get_by_label("Number").fill("0.5")
    sheet.get_by_role("button", name="Save").click()
    expect(sheet).to_be_hidden()
    kept = ana.ask("GET", f"/goals/{goal}")
    assert (kept["start"], kept["target"]) == (_ago(3), 0.5)


def test_progress_follows_a_check_in_from_elsewhere_and_is_heard(visits: Visits, ana: Account) -> None:
    read = ana.habit(name="Read")
    goal = _goal(ana, name="Ten evenings", unit=None, habits=[{"habit_id": read}])
    list_, detail = _goals_page(visits.of(ana)), visits.of(ana).open(f"/goals/{goal}")
    detail.is_live()
    expect(_card(list_, "Ten evenings")).to_contain_text("0 of 10")
    expect(detail.page.get_by_role("img", name=re.compile("0 of 10"))).to_be_visible()
    ana.ask("POST", f"/habits/{read}/check-ins", json={})
    expect(_card(list_, "Ten evenings")).to_contain_text("1 of 10")
    _heard(list_, "Ten evenings: 1 of 10, 10%.")
    _heard(detail, "Ten evenings: 1 of 10, 10%.")


def test_progress_follows_a_check_in_made_on_the_same_page(visits: Visits, ana: Account) -> None:
    read = ana.habit(name="Read")
    _goal(ana, name="Ten evenings", unit=None, habits=[{"habit_id": read}])
    screen = visits.of(ana)
    screen.press("g", "o")
    screen.heading("Goals")
    screen.press("Control+k")
    screen.page.get_by_role("combobox").fill("check in read")
    screen.press("Enter")
    expect(_card(screen, "Ten evenings")).to_contain_text("1 of 10")
    screen.press("u")
    expect(_card(screen, "Ten evenings")).to_contain_text("0 of 10")


def test_a_reached_goal_moves_to_the_completed_ones(visits: Visits, ana: Account) -> None:
    goal = _goal(ana)
    screen = _goals_page(visits.of(ana))
    expect(_card(screen, "Far")).to_be_visible()
    ana.ask("POST", f"/goals/{goal}/entries", json={"amount": 10})
    expect(screen.page.get_by_text("All your goals are completed.")).to_be_visible()
    screen.page.get_by_role("radio", name="Completed (1)").check(force=True)
    expect(screen.page).to_have_url(re.compile(r"\?show=completed$"))
    expect(_card(screen, "Far")).to_contain_text("reached")
    screen.page.reload()
    expect(_card(screen, "Far")).to_contain_text("reached")


def test_an_entry_is_added_removed_and_brought_back(visits: Visits, ana: Account) -> None:
    goal = _goal(ana, start=_ago(5))
    one, other = (visits.of(ana).open(f"/goals/{goal}") for _ in range(2))
    other.is_live()
    expect(other.page.get_by_role("img", name=re.compile("0 of 10 km"))).to_be_visible()
    one.page.get_by_label("Amount (km)").fill("2.5")
    one.page.get_by_label("Day", exact=True).fill(_ago(2))
    one.page.get_by_label("Note (optional)").fill("by the lake")
    one.page.get_by_role("button", name="Add", exact=True).click()
    _toast(one, "+2.5 km. Saved.")
    expect(other.page.get_by_text("by the lake")).to_be_visible()
    _heard(other, "Far: 2.5 of 10 km, 25%.")
    one.page.get_by_role("button", name=re.compile(r"^Remove \+2\.5 km on ")).click()
    expect(other.page.get_by_text("by the lake")).to_have_count(0)
    one.page.get_by_role("button", name="Undo").click()
    expect(other.page.get_by_text("by the lake")).to_be_visible()
    [kept] = ana.ask("GET", f"/goals/{goal}/entries")["items"]
    assert (kept["amount"], kept["date"], kept["note"]) == (2.5, _ago(2), "by the lake")


def test_a_goal_is_completed_reopened_archived_and_deleted(visits: Visits, ana: Account) -> None:
    goal = _goal(ana)
    screen = visits.of(ana).open(f"/goals/{goal}")
    page = screen.page
    page.get_by_role("button", name="Complete").click()
    _toast(screen, "Far is completed.")
    expect(page.get_by_text("This goal is closed. Reopen it to add more.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Add", exact=True)).to_be_visible()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    assert ana.ask("GET", f"/goals/{goal}")["state"] == "archived"
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    screen.heading("Goals")
    assert ana.ask("GET", "/goals?state=all")["items"] == []
    screen.open(f"/goals/{goal}")
    expect(page.get_by_text("This goal is not here any more.")).to_be_visible()


def test_a_goal_that_is_behind_says_what_helps_and_can_take_more_time(visits: Visits, ana: Account) -> None:
    goal = _behind(ana)
    screen = _goals_page(visits.of(ana))
    expect(_card(screen, "Far")).to_contain_text("from now on still gets there")
    _card(screen, "Far").get_by_role("link", name="Far").click()
    screen.page.get_by_role("button", name="Change the deadline").click()
    sheet = screen.page.get_by_role("dialog", name="Edit Far")
    expect(sheet.get_by_label("Deadline")).to_be_focused()
    likely = ana.ask("GET", f"/goals/{goal}")["forecast"]["likely"]
    expect(sheet.get_by_label("Deadline")).to_have_value(likely)
    sheet.get_by_role("button", name="Save").click()
    expect(screen.page.get_by_text("on pace", exact=True)).to_be_visible()


def test_the_chart_is_also_a_table_and_a_file(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana).open(f"/goals/{_behind(ana)}")
    page = screen.page
    picture = page.get_by_role("img", name=re.compile("^The way of Far to 500 km. 39 of 500 km."))
    expect(picture.locator("canvas")).to_be_visible()
    page.get_by_text("Show as table").click()
    expect(page.get_by_role("row").filter(has_text=re.compile(r" to \d")).first).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV").click()
    lines = saved.value.path().read_text().splitlines()
    assert lines[:2] == ["date,added,total,low,middle,high", f"{_ago(39)},1,1,,,"]
    assert len(lines) > 1 + 39 + 4


def test_goals_open_without_the_server(visits: Visits, ana: Account) -> None:
    goal = _goal(ana)
    screen = _goals_page(visits.of(ana, service_workers="allow"))
    expect(_card(screen, "Far")).to_be_visible()
    screen.is_kept_by_worker()
    screen.page.evaluate(UNTIL_GOALS_ARE_KEPT)
    screen.page.context.set_offline(True)
    screen.open("/goals")
    expect(_card(screen, "Far")).to_contain_text("0 of 10 km")
    _card(screen, "Far").get_by_role("link", name="Far").click()
    screen.heading("Far")
    screen.page.get_by_label("Amount (km)").fill("3")
    screen.page.get_by_role("button", name="Add", exact=True).click()
    expect(screen.page.get_by_text("You are offline. Keep this page open")).to_be_visible()
    screen.page.context.set_offline(False)
    _toast(screen, "+3 km. Saved.")
    assert ana.ask("GET", f"/goals/{goal}")["progress"] == 3


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_moves_while_goals_load(visits: Visits, ana: Account, size: dict[str, int]) -> None:
    goal = _behind(ana)
    screen = visits.of(ana, viewport=size)
    for path in ("/goals", f"/goals/{goal}"):
        screen.open(path)
        expect(screen.page.get_by_text("39 of 500 km").first).to_be_visible()
        screen.is_live()
        if path != "/goals":
            expect(screen.page.locator("canvas")).to_be_visible()
            expect(screen.page.get_by_role("list", name="Entries")).to_be_visible()
        assert screen.page.evaluate(LAYOUT_SHIFT) <= MOST_SHIFT, path
