"""The Activity page in real browsers: events as they come, one by hand, rules that check in, and files to keep."""

import csv
import io
import json
import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, WebSocketRoute, expect

from tests.support.browser import PHONE, READ, WATER, Account, Screen, Visits
from tests.support.process import DaybeatProcess


def go(screen: Screen) -> Screen:
    screen.page.get_by_role("navigation").get_by_role("link", name="Activity").click()
    screen.heading("Activity")
    expect(feed(screen).get_by_text(re.compile("^(No events yet.|That is all.)$"))).to_be_visible()
    return screen


def feed(screen: Screen) -> Locator:
    return screen.page.get_by_role("region", name="Events, the newest first")


def rows(screen: Screen) -> Locator:
    return feed(screen).get_by_role("button")


def send(screen: Screen, kind: str, metadata: str = "") -> None:
    form = screen.page.get_by_role("region", name="Send an event")
    form.get_by_label("User id").fill("42")
    form.get_by_label("Type", exact=True).fill(kind)
    form.get_by_label("Metadata (optional)").fill(metadata)
    form.get_by_role("button", name="Send", exact=True).click()


def test_an_event_sent_by_hand_and_one_of_a_program_show_without_reload(visits: Visits, ana: Account) -> None:
    screen = go(visits.of(ana))
    send(screen, "login", "{'source': 'web'}")
    expect(screen.page.get_by_text("straight double quotes")).to_be_visible()
    send(screen, "login", '{"source": "web"}')
    expect(screen.page.get_by_role("status").get_by_text("Queued")).to_be_visible()
    expect(rows(screen)).to_have_count(1)
    expect(rows(screen)).to_contain_text("user 42, from web")
    ana.event(event_type="page_view", user_id=7)
    expect(rows(screen)).to_have_count(2)
    expect(rows(screen).first).to_contain_text("page_view")
    expect(screen.page.get_by_role("region", name="2 events in the last 24 hours")).to_be_visible()


def test_a_paused_list_says_how_many_wait_and_shows_them_when_asked(visits: Visits, ana: Account) -> None:
    ana.event(event_type="first")
    screen = go(visits.of(ana))
    screen.page.get_by_role("button", name="Pause").click()
    for number in range(3):
        ana.event(event_type=f"later.{number}")
    pill = screen.page.get_by_role("button", name="3 new")
    expect(pill).to_be_visible()
    expect(rows(screen)).to_have_count(1)
    pill.click()
    expect(rows(screen)).to_have_text([re.compile(kind) for kind in ("later.2", "later.1", "later.0", "first")])
    ana.event(event_type="last")
    expect(screen.page.get_by_role("button", name="1 new")).to_be_visible()
    screen.page.get_by_role("button", name="Go on").click()
    expect(rows(screen)).to_have_count(5)


def test_what_is_being_read_stays_where_it_is(visits: Visits, ana: Account) -> None:
    for number in range(30):
        ana.event(event_type=f"kind.{number}")
    screen = go(visits.of(ana, viewport=PHONE))
    twentieth = rows(screen).filter(has_text=re.compile(r"^kind\.10\d\d:"))
    twentieth.scroll_into_view_if_needed()
    expect(screen.page.get_by_text("Held while you read")).to_be_visible()
    before = twentieth.bounding_box()
    ana.event(event_type="later")
    screen.page.get_by_role("button", name="1 new").wait_for()
    assert twentieth.bounding_box() == before
    screen.page.get_by_role("button", name="1 new").click()
    expect(rows(screen).first).to_contain_text("later")
    expect(rows(screen).first).to_be_in_viewport()


def test_an_event_checks_a_habit_in_by_a_rule_and_today_shows_it_elsewhere(visits: Visits, ana: Account) -> None:
    ana.habit(**READ)
    ana.habit(**WATER)
    ana.event(event_type="drank", metadata={"source": "cup", "glasses": 2})
    screen, today = go(visits.of(ana)), visits.of(ana)
    today.shows("Water", "open")
    make_rule(screen)
    ana.event(event_type="drank", metadata={"source": "tap", "glasses": 5})
    ana.event(event_type="drank", metadata={"source": "cup", "glasses": 3})
    today.shows("Water", "3 of 8 glasses")
    today.shows("Read", "open")
    expect(screen.page.get_by_role("list", name="Rules")).to_contain_text("1 check-in, the last")


def make_rule(screen: Screen) -> None:
    screen.page.get_by_role("button", name="New rule").click()
    sheet = screen.page.get_by_role("dialog", name="New rule")
    sheet.get_by_label("When an event of this type arrives").fill("drank")
    sheet.get_by_role("button", name="Only with certain metadata").click()
    sheet.get_by_label("Name", exact=True).fill("source")
    sheet.get_by_label("Value", exact=True).fill("cup")
    sheet.get_by_label("Habit", exact=True).select_option(label="Water")
    sheet.get_by_role("radio", name="A number in it").check(force=True)
    sheet.get_by_label("Name of the number in the metadata").fill("glasses")
    expect(sheet).to_contain_text("When drank with source = cup arrives, add the number in glasses to Water.")
    expect(sheet).to_contain_text("This would have matched the only event there is. It adds up to 2 glasses.")
    sheet.get_by_role("button", name="Save").click()
    expect(sheet).to_be_hidden()
    rule = screen.page.get_by_role("list", name="Rules").get_by_role("listitem")
    expect(rule).to_contain_text("It has not come to a check-in yet.")


def test_an_event_adds_to_a_goal_by_a_rule_that_is_chosen_in_words(visits: Visits, ana: Account) -> None:
    goal = ana.ask("POST", "/goals", json={"name": "Run 500 km", "target": 500, "unit": "km"})["id"]
    ana.event(event_type="ran", metadata={"km": 5.5})
    screen = go(visits.of(ana))
    screen.page.get_by_role("button", name="New rule").click()
    sheet = screen.page.get_by_role("dialog", name="New rule")
    sheet.get_by_label("When an event of this type arrives").fill("ran")
    sheet.get_by_role("radio", name="Add to a goal").check(force=True)
    sheet.get_by_label("Goal", exact=True).select_option(label="Run 500 km")
    expect(sheet).to_contain_text("When ran arrives, add 1 km to Run 500 km.")
    sheet.get_by_role("radio", name="A number in it").check(force=True)
    sheet.get_by_label("Name of the number in the metadata").fill("km")
    expect(sheet).to_contain_text("When ran arrives, add the number in km to Run 500 km.")
    expect(sheet).to_contain_text("It adds up to 5.5 km.")
    sheet.get_by_role("button", name="Save").click()
    expect(sheet).to_be_hidden()
    ana.event(event_type="ran", metadata={"km": 10})
    expect(screen.page.get_by_role("list", name="Rules")).to_contain_text("Added 1 time, the last")
    assert ana.ask("GET", f"/goals/{goal}")["progress"] == 10


def test_an_event_is_looked_at_and_taken_along_as_a_command(visits: Visits, ana: Account) -> None:
    event = ana.event(user_id=-3, metadata={"said": "it's"})
    screen = go(visits.of(ana, permissions=["clipboard-read", "clipboard-write"]))
    rows(screen).click()
    sheet = screen.page.get_by_role("dialog", name="login")
    expect(sheet.get_by_role("row", name="Event id")).to_contain_text(event)
    expect(sheet.get_by_label("The event as JSON")).to_contain_text('"said": "it\'s"')
    sheet.get_by_role("button", name="Copy as curl").click()
    expect(sheet.get_by_role("status")).to_have_text("Copied.")
    command = screen.page.evaluate("navigator.clipboard.readText()")
    assert f"curl -X POST {screen.url}/api/v1/events/track" in command
    assert r""""said":"it'\''s""" in command
    screen.press("Escape")
    expect(rows(screen)).to_be_focused()


def test_all_events_of_the_filter_are_saved_as_files(visits: Visits, ana: Account) -> None:
    for number in range(60):
        ana.event(event_type="many", user_id=number)
    ana.event(event_type="one")
    screen = visits.of(ana).open("/activity?type=many")
    expect(screen.page.get_by_label("Type", exact=True).first).to_have_value("many")
    expect(rows(screen).filter(has_text="many")).to_have_count(50)
    lines = [json.loads(line) for line in saved(screen, "NDJSON").splitlines()]
    table = list(csv.DictReader(io.StringIO(saved(screen, "CSV"))))
    assert [line["user_id"] for line in lines] == list(range(60))
    assert [line["user_id"] for line in table] == [str(number) for number in range(60)]


def saved(screen: Screen, form: str) -> str:
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name=f"Save all that match as {form}").click()
    assert download.value.suggested_filename.endswith(f".{form.lower()}")
    return Path(download.value.path()).read_text()


class Line:
    """What a page hears from the server by itself, which can be cut for a while."""

    def __init__(self, page: Page) -> None:
        self._open: list[WebSocketRoute] = []
        self._is_cut = False
        page.route_web_socket(re.compile("^ws"), self._begin)

    def _begin(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            socket.close()
        else:
            socket.connect_to_server()
            self._open.append(socket)

    def cut(self) -> None:
        self._is_cut = True
        for socket in self._open:
            socket.close()

    def mend(self) -> None:
        self._is_cut = False


def test_what_came_while_the_line_was_cut_is_caught_up(visits: Visits, ana: Account) -> None:
    screen = visits.stranger()
    line = Line(screen.page)
    screen.open("/login").log_in(ana.email)
    go(screen).is_live()
    ana.event(event_type="before")
    expect(rows(screen)).to_have_text([re.compile("before")])
    line.cut()
    expect(screen.page.get_by_role("region", name="Events", exact=True)).to_contain_text("Reconnecting…")
    ana.event(event_type="meanwhile")
    line.mend()
    expect(feed(screen)).to_contain_text("Reconnected, caught up 1 event.")
    expect(rows(screen)).to_have_text([re.compile("meanwhile"), re.compile("before")])


def test_the_filter_lives_in_the_address_and_holds_for_what_arrives(visits: Visits, ana: Account) -> None:
    ana.event(event_type="before", timestamp="2025-01-03T08:30:00Z")
    ana.event(event_type="other")
    screen = go(visits.of(ana))
    screen.page.get_by_label("Type", exact=True).first.select_option(label="before")
    expect(rows(screen)).to_have_count(1)
    assert screen.page.url.endswith("/activity?type=before")
    ana.event(event_type="other")
    ana.event(event_type="before")
    expect(rows(screen)).to_have_text([re.compile("before")] * 2)


def test_the_page_opens_without_a_network(visits: Visits, ana: Account) -> None:
    screen = go(visits.of(ana, service_workers="allow"))
    screen.is_kept_by_worker()
    screen.page.context.set_offline(True)
    screen.page.reload()
    screen.heading("Activity")
    expect(feed(screen)).to_contain_text("You are offline.")
    screen.page.context.set_offline(False)
    expect(feed(screen)).to_contain_text("No events yet.")


def test_only_admins_see_what_everybody_sends(chromium: Browser, tmp_path: Path) -> None:
    with DaybeatProcess(tmp_path / "data") as server:
        admin, bea = Account.new(server), Account.new(server)
        bea.event(event_type="of.bea")
        visits = Visits(chromium, server)
        screen = go(visits.of(admin))
        screen.page.get_by_role("radio", name=re.compile("^Everybody")).check(force=True)
        expect(rows(screen)).to_contain_text("of.bea")
        hers = visits.of(bea).open("/activity?account=all")
        expect(rows(hers)).to_have_count(1)
        expect(hers.page.get_by_role("radio", name=re.compile("^Everybody"))).to_have_count(0)
        visits.close()
