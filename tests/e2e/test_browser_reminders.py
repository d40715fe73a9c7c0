"""Reminders on the page: the form of a habit, its own page, and when reminders may come at all."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, expect

from tests.support.browser import PATIENCE_MS, Account, Screen, Visits

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _comes_true(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_MS / 1000
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def _toast(screen: Screen, words: str) -> None:
    expect(screen.page.get_by_role("status", name="Messages")).to_contain_text(words)


def _card(screen: Screen, title: str) -> Locator:
    return screen.page.get_by_role("region", name=title, exact=True)


def test_a_new_habit_takes_times_with_their_days_and_a_nudge(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana).open("/habits/new")
    page = screen.page
    page.get_by_label("Name").fill("Stretch")
    page.get_by_role("button", name="Add a time").click()
    page.get_by_label("Time of reminder 1").fill("07:30")
    days = page.get_by_role("group", name="Days of reminder 1")
    for day in DAYS[5:]:
        days.get_by_role("button", name=day).click()
    expect(page.get_by_text("Reminds me at 07:30 on weekdays.")).to_be_visible()
    page.get_by_role("switch", name="Nudge me when it is still open").check()
    page.get_by_label("Begin at").fill("19:30")
    page.get_by_role("button", name="Start this habit").click()
    _toast(screen, "Stretch starts.")
    habit = ana.habit_named("Stretch")
    assert habit["reminders"] == ["mon,tue,wed,thu,fri 07:30"]
    nudge = ana.ask("GET", f"/reminders/habits/{habit['id']}")["nudge"]
    assert (nudge["enabled"], nudge["at"]) == (True, "19:30")


def test_a_habit_says_when_its_next_reminder_comes(visits: Visits, ana: Account) -> None:
    soon = (datetime.now(UTC) + timedelta(hours=3)).strftime("%H:%M")
    habit = ana.habit(name="Walk", reminders=[soon])
    _comes_true(lambda: ana.ask("GET", f"/reminders/habits/{habit}")["next"] is not None)
    card = _card(visits.of(ana).open(f"/habits/{habit}"), "Reminders")
    expect(card.get_by_text(f"Reminds me at {soon} every day.")).to_be_visible()
    expect(card.get_by_text(re.compile(rf"(Today|Tomorrow) at {soon}, a time you chose\."))).to_be_visible()
    expect(card.get_by_text("Nudges are off.")).to_be_visible()


def test_times_are_changed_and_taken_away_on_the_edit_page(visits: Visits, ana: Account) -> None:
    habit = ana.habit(name="Read", reminders=["07:30", "mon,wed 18:00"])
    screen = visits.of(ana).open(f"/habits/{habit}/edit")
    page = screen.page
    expect(page.get_by_text("Reminds me at 07:30 every day; at 18:00 on Monday and Wednesday.")).to_be_visible()
    page.get_by_role("button", name="Remove reminder 1").click()
    days = page.get_by_role("group", name="Days of reminder 1")
    for day in ("Monday", "Wednesday"):
        days.get_by_role("button", name=day).click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Each reminder needs at least one day.")).to_be_visible()
    expect(days.get_by_role("button", name="Monday")).to_be_focused()
    screen.press("Space")
    page.get_by_role("button", name="Save").click()
    screen.heading("Read")
    assert ana.habit_named("Read")["reminders"] == ["mon 18:00"]


def test_when_reminders_may_come_is_kept_as_a_whole(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana).open("/integrations")
    card = _card(screen, "When reminders may come")
    card.get_by_role("switch", name="Quiet hours of my own").check()
    card.get_by_label("Quiet from").fill("13:00")
    card.get_by_label("Quiet to").fill("14:00")
    card.get_by_label("On vacation until (optional)").fill("2199-01-01")
    card.get_by_role("switch", name="A report each week").check()
    card.get_by_label("Weekly report on").select_option(label="Monday")
    card.get_by_role("button", name="Save").click()
    _toast(screen, "Saved.")
    kept = ana.ask("GET", "/reminders/settings")
    assert kept["quiet_hours"] == {"from": "13:00", "to": "14:00"}
    assert kept["vacation_until"] == "2199-01-01"
    assert kept["weekly_report"] == {"day": 0, "at": "18:00"}
    card.get_by_label("Quiet to").fill("13:00")
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("alert")).to_be_visible()
    expect(card.get_by_text("Quiet hours begin and end at different times.")).to_be_visible()
