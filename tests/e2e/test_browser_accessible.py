"""Every page and state, light and dark, phone and desktop: no barrier axe knows of, nothing cut off, little to load."""

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import daybeat
from tests.support.axe import barriers
from tests.support.browser import DESKTOP, NARROWEST, PHONE, READ, WATER, Account, Screen, Visits
from tests.support.process import DaybeatProcess

SCHEDULES = [
    "Every day",
    "On certain weekdays",
    "Every few days",
    "Some times a week",
    "Some times a month",
    "A total each week",
    "Something to avoid",
]
MOST_SCRIPT = 115_000
PAGE = Path(daybeat.__file__).parent / "page"


@pytest.fixture(scope="module")
def lived_in(served: DaybeatProcess) -> Account:
    """Give an account with every kind of schedule, a past, notes, a pause and an archived habit."""
    ana = Account.new(served)
    today = datetime.now(UTC).date()
    start = str(today - timedelta(days=400))
    days = [{"date": str(today - timedelta(days=ago)), "state": _past(ago)} for ago in range(1, 400)]
    read = ana.habit(**READ, start=start, tags=["morning"], icon="📖", color="rose")
    ana.ask("POST", f"/habits/{read}/check-ins/import", json={"check_ins": days})
    ana.ask("PUT", f"/habits/{read}/check-ins/{today - timedelta(days=1)}", json={"state": "done", "note": "late"})
    ana.ask("PATCH", f"/habits/{read}", json={"schedule": {"kind": "weekdays", "days": [0, 1, 2, 3, 4, 5, 6]}})
    ana.ask("POST", f"/habits/{read}/pauses", json={"from": str(today + timedelta(days=9)), "to": "2199-01-01"})
    water = ana.habit(**WATER, start=start, color="indigo")
    _activity_of(ana, water)
    ana.ask("POST", f"/habits/{water}/check-ins", json={"amount": 3})
    for number, schedule in enumerate(_other_schedules()):
        ana.habit(name=f"Habit {number}", start=start, color=_HUES[number], **schedule)
    ana.ask("PATCH", f"/habits/{ana.habit(name='Rest')}", json={"archived": True})
    _goals_of(ana, read, water, today)
    return ana


def _goals_of(ana: Account, read: str, water: str, today: date) -> None:
    start, deadline = str(today - timedelta(days=60)), str(today + timedelta(days=60))
    evenings = {"name": "A hundred evenings", "target": 100, "start": start, "habits": [{"habit_id": read}]}
    ana.ask("POST", "/goals", json=evenings)
    glasses = {"name": "A thousand glasses", "target": 1000, "unit": "glasses", "start": start, "deadline": deadline}
    milestones = [{"at": 30, "name": "A first thirty"}, {"at": 500}]
    goal = ana.ask("POST", "/goals", json={**glasses, "habits": [{"habit_id": water}], "milestones": milestones})["id"]
    for ago in range(1, 60):
        ana.ask("POST", f"/goals/{goal}/entries", json={"amount": 1, "date": str(today - timedelta(days=ago))})


def _activity_of(ana: Account, habit: str) -> None:
    workout = {"user_id": 7, "event_type": "workout", "metadata": {"source": "watch", "glasses": 1}}
    ana.event(**workout)
    ana.ask("POST", "/events/rules", json={"event_type": "workout", "metadata": {"source": "watch"}, "habit_id": habit})
    for number in range(12):
        ana.event(event_type=f"kind.{number}", metadata={"number": number} if number % 2 else None)


_HUES = ["teal", "blue", "violet", "amber", "olive", "slate"]


def _past(ago: int) -> str:
    return "skip" if ago % 11 == 0 else "no" if ago % 5 == 0 else "done"


def _other_schedules() -> list[dict[str, Any]]:
    return [
        {"schedule": {"kind": "every_n_days", "n": 3}},
        {"schedule": {"kind": "per_week", "n": 3, "week_start": 0}},
        {"schedule": {"kind": "per_month", "n": 4}},
        {"schedule": {"kind": "weekly_total", "week_start": 0}, "target": 90, "direction": "at_least"},
        {"schedule": {"kind": "avoid"}},
        {"schedule": {"kind": "daily"}, "target": 2, "direction": "at_most", "unit": "cups"},
    ]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_any_state(
    visits: Visits, served: DaybeatProcess, lived_in: Account, size: dict[str, int]
) -> None:
    options = {"viewport": size, "reduced_motion": "reduce"}
    visitor = visits.stranger(**options)
    found = {state: barriers(visitor) for state in _at_the_door(visitor)}
    newcomer = visits.of(Account.new(served), **options)
    found |= {state: barriers(newcomer) for state in _new_here(newcomer)}
    screen = visits.of(lived_in, **options)
    found |= {state: barriers(screen) for state in _all_states(screen, lived_in)}
    assert {state: each for state, each in found.items() if each} == {}


def test_axe_would_notice_a_barrier(visits: Visits) -> None:
    screen = visits.stranger().open("/login")
    screen.heading("Sign in")
    screen.page.evaluate("document.querySelector('h1').style.color = 'rgb(128 128 128 / 0.4)'")
    screen.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    rules = {barrier.split(":")[0] for barrier in barriers(screen)}
    assert rules == {"light color-contrast", "light button-name", "dark color-contrast", "dark button-name"}


def _at_the_door(screen: Screen) -> Iterator[str]:
    screen.open("/login").heading("Sign in")
    yield "sign in"
    screen.log_in("nobody@example.org", "not the password")
    expect(screen.page.get_by_role("alert")).to_be_visible()
    yield "sign in, refused"
    screen.open("/register").heading("Create an account")
    yield "register"


def _new_here(screen: Screen) -> Iterator[str]:
    expect(screen.page.get_by_text("What would you like to do more often?")).to_be_visible()
    yield "Today, empty"
    _visit(screen, "Habits")
    expect(screen.page.get_by_text("No habits yet.")).to_be_visible()
    yield "Habits, empty"
    _visit(screen, "Goals")
    expect(screen.page.get_by_text("Pick a habit and a number.")).to_be_visible()
    yield "Goals, empty"
    _visit(screen, "Activity")
    expect(screen.page.get_by_text("No events yet.")).to_be_visible()
    yield "Activity, empty"
    _visit(screen, "Insights")
    expect(screen.page.get_by_text("Your first check-in or mood starts the count.")).to_be_visible()
    yield "Insights, empty"
    _visit(screen, "Today")
    screen.page.get_by_role("button", name="Read a few pages").click()
    screen.tap("Read a few pages")
    screen.shows("Read a few pages", "done")
    expect(screen.page.get_by_text("That was everything for today.")).to_be_visible()
    yield "Today, all done"


def _all_states(screen: Screen, account: Account) -> Iterator[str]:
    yield from _today(screen)
    yield from _overlays(screen)
    yield from _habits(screen)
    yield from _forms(screen, account.habit_named("Read")["id"])
    yield from _goals(screen)
    yield from _activity(screen)
    yield from _insights(screen)
    _visit(screen, "Settings")
    expect(screen.page.get_by_role("heading", name="Delete account")).to_be_visible()
    yield "settings"
    screen.open("/nowhere").heading("Nothing here")
    yield "not found"


def _today(screen: Screen) -> Iterator[str]:
    screen.shows("Water", "3 of 8 glasses")
    yield "Today"
    screen.page.context.set_offline(True)
    screen.tap("Read")
    expect(screen.page.get_by_text("Saved here. It will be sent when you are online.").first).to_be_visible()
    yield "Today, offline with a waiting tap"
    screen.press("u")
    screen.shows("Read", "open")
    screen.page.context.set_offline(False)
    screen.is_live()


def _overlays(screen: Screen) -> Iterator[str]:
    for opened in ("Read", "Water", "Habit 4"):
        screen.page.get_by_role("button", name=f"More for {opened}").click()
        yield from _open_sheet(screen, opened)
    screen.press("Control+k")
    yield from _open_sheet(screen, "Go to or check in")
    screen.press("?")
    yield from _open_sheet(screen, "Keyboard")


def _open_sheet(screen: Screen, title: str) -> Iterator[str]:
    sheet = screen.page.get_by_role("dialog", name=title)
    expect(sheet).to_be_visible()
    yield f"sheet {title}"
    screen.press("Escape")
    expect(sheet).to_be_hidden()


def _habits(screen: Screen) -> Iterator[str]:
    _visit(screen, "Habits")
    for days in (7, 30):
        screen.page.get_by_role("radio", name=f"{days} days", exact=True).check(force=True)
        expect(screen.page.locator("main button[data-state]")).to_have_count(8 * days)
        yield f"Habits, {days} days"
    screen.page.get_by_role("button", name="Change order").click()
    expect(screen.page.get_by_role("list", name="Order of habits")).to_be_visible()
    yield "Habits, ordering"


def _forms(screen: Screen, habit: str) -> Iterator[str]:
    page = screen.open("/habits/new").page
    for kind in SCHEDULES:
        page.get_by_label("Schedule").select_option(label=kind)
        yield f"new habit, {kind}"
    page.get_by_role("button", name="Start this habit").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    yield "new habit, refused"
    screen.open(f"/habits/{habit}")
    expect(page.get_by_role("img", name="Strength of Read").locator("canvas")).to_be_visible()
    yield "habit"
    page.get_by_role("link", name="Edit").click()
    screen.heading("Edit Read")
    yield "edit habit"


def _goals(screen: Screen) -> Iterator[str]:
    _visit(screen, "Goals")
    page = screen.page
    expect(page.get_by_text("from now on still gets there")).to_be_visible()
    yield "Goals"
    page.get_by_role("button", name="New goal").click()
    sheet = page.get_by_role("dialog", name="New goal")
    sheet.get_by_label("Add a habit").select_option(label="Water")
    sheet.get_by_role("button", name="Add a milestone").click()
    sheet.get_by_role("button", name="Start this goal").click()
    expect(sheet.locator("[aria-invalid=true]").first).to_be_visible()
    yield from _open_sheet(screen, "New goal")
    page.get_by_role("radio", name="Completed").check(force=True)
    yield "Goals, none completed"
    page.get_by_role("radio", name="Open").check(force=True)
    page.get_by_role("link", name="A thousand glasses").click()
    expect(page.get_by_role("img", name="The way of A thousand glasses").locator("canvas")).to_be_visible()
    page.get_by_text("Show as table").click()
    yield "goal, behind"
    page.get_by_role("button", name="Delete").click()
    yield from _open_sheet(screen, "Delete A thousand glasses?")


def _activity(screen: Screen) -> Iterator[str]:
    _visit(screen, "Activity")
    page = screen.page
    rows = page.get_by_role("region", name="Events, the newest first").get_by_role("button")
    expect(rows).to_have_count(13)
    expect(page.get_by_role("list", name="Rules").get_by_role("listitem")).to_have_count(1)
    page.get_by_text("Between two times").click()
    page.get_by_text("Show as table").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("What happened? For example login.")).to_be_visible()
    yield "Activity, an event refused"
    rows.last.click()
    yield from _open_sheet(screen, "workout")
    page.get_by_role("button", name="Delete: When workout").click()
    expect(page.get_by_text("Delete this rule?")).to_be_visible()
    yield "Activity, a rule to be deleted"
    page.get_by_role("button", name="Keep it").click()
    yield from _rule(screen)
    page.get_by_label("User id").first.fill("8")
    expect(page.get_by_text("No event fits this filter.")).to_be_visible()
    yield "Activity, nothing fits"


def _insights(screen: Screen) -> Iterator[str]:
    _visit(screen, "Insights")
    expect(screen.page.get_by_role("heading", name="How did each habit go?")).to_be_visible()
    yield "Insights"
    for kind in ("weekly", "monthly"):
        screen.open(f"/reports/{kind}")
        expect(screen.page.get_by_role("heading", name="Day by day")).to_be_visible()
        yield f"report, {kind}"


def _rule(screen: Screen) -> Iterator[str]:
    page = screen.page
    page.get_by_role("button", name="Change: When workout").click()
    sheet = page.get_by_role("dialog", name="Change the rule")
    sheet.get_by_role("radio", name="A number in it").check(force=True)
    sheet.get_by_label("Name of the number").fill("glasses")
    expect(sheet.get_by_role("list", name="Examples").get_by_role("listitem")).to_have_count(1)
    yield "rule, with what it would have done"
    sheet.get_by_label("When an event of this type arrives").fill("")
    sheet.get_by_role("button", name="Save").click()
    expect(sheet.locator("[aria-invalid=true]")).to_be_visible()
    yield from _open_sheet(screen, "Change the rule")


def _visit(screen: Screen, place: str) -> None:
    screen.page.get_by_role("navigation").get_by_role("link", name=place).click()
    screen.heading(place)


def test_nothing_is_cut_off_on_the_narrowest_phone(visits: Visits, lived_in: Account) -> None:
    screen = visits.of(lived_in, viewport=NARROWEST)
    wide = [state for state in _all_states(screen, lived_in) if _is_wider_than_the_screen(screen)]
    assert wide == []


def _is_wider_than_the_screen(screen: Screen) -> bool:
    return bool(screen.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def test_the_first_page_needs_little_script() -> None:
    html = (PAGE / "index.html").read_text()
    first = re.findall(r'<(?:script[^>]* src|link rel="modulepreload"[^>]* href)="/([^"]+)"', html)
    assert any(name.startswith("assets/index-") for name in first)
    assert sum(len(gzip.compress((PAGE / name).read_bytes())) for name in first) <= MOST_SCRIPT
