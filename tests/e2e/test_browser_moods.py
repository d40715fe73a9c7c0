"""Moods on the page: one tap, the day, the year, and the questions Daybeat asks, in real browsers."""

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.support.axe import barriers
from tests.support.browser import DESKTOP, PATIENCE_MS, PHONE, Account, Screen, Visits
from tests.support.process import DaybeatProcess

WISHES = {
    "every": "PT4H",
    "quiet_hours": {"from": "22:00", "to": "08:00"},
    "follow_up_after": "PT30M",
    "max_follow_ups": 1,
    "channels": ["page", "mqtt"],
}
LAYOUT_SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 500);
})"""


def _now(screen: Screen, face: str) -> Locator:
    """Find a face of the row that asks how it is right now."""
    return screen.page.get_by_role("group", name="How are you right now?").get_by_role("button", name=face)


def _question(screen: Screen) -> Locator:
    return screen.page.get_by_role("complementary", name="Question")


def _moods(account: Account) -> list[Any]:
    return list(account.ask("GET", "/moods")["items"])


def _is_kept(account: Account, *scores: int) -> None:
    """Wait until exactly these moods are stored, the newest first."""
    _comes_true(lambda: [each["score"] for each in _moods(account)] == list(scores))


def _comes_true(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_MS / 1000
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def _says(screen: Screen, words: str) -> None:
    expect(screen.page.locator("main").get_by_text(words).first).to_be_visible()


def _toast(screen: Screen, words: str) -> None:
    expect(screen.page.get_by_role("status", name="Messages")).to_contain_text(words)


def _mood_page(screen: Screen) -> Screen:
    screen.page.get_by_role("navigation").get_by_role("link", name="Mood").click()
    screen.heading("Mood")
    return screen


def test_one_tap_is_one_mood_and_undo_takes_it_back_in_both_browsers(visits: Visits, ana: Account) -> None:
    one, other = visits.of(ana), visits.of(ana)
    _says(one, "One tap is enough.")
    _now(one, "good, 4 of 5").click()
    _toast(one, "Good. Saved.")
    _says(other, "Good at")
    _is_kept(ana, 4)
    one.press("u")
    _toast(one, "Mood: undone.")
    _says(other, "One tap is enough.")
    assert _moods(ana) == []


def test_a_note_and_tags_can_follow_the_tap(visits: Visits, ana: Account) -> None:
    ana.ask("POST", "/moods", json={"score": 3, "tags": ["work"], "at": _days_ago(2)})
    screen = visits.of(ana)
    _now(screen, "great, 5 of 5").click()
    screen.page.get_by_role("button", name="Add a note or tags").click()
    sheet = screen.page.get_by_role("dialog", name=re.compile("^Today, "))
    sheet.get_by_label("Note").fill("a long walk")
    sheet.get_by_role("button", name="work", exact=True).click()
    sheet.get_by_label("New tag").fill("sun")
    sheet.get_by_role("button", name="Add tag").click()
    sheet.get_by_role("button", name="Save").click()
    expect(sheet).to_be_hidden()
    expect(screen.page.get_by_role("button", name="Change it")).to_be_visible()
    _comes_true(lambda: _moods(ana)[0]["note"] == "a long walk")
    assert (_moods(ana)[0]["score"], _moods(ana)[0]["tags"]) == (5, ["work", "sun"])


def _days_ago(days: int, hour: int = 12) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).replace(hour=hour, minute=5, second=0, microsecond=0).isoformat()


def test_the_keyboard_records_from_anywhere(visits: Visits, ana: Account) -> None:
    ana.habit(name="Read")
    screen = visits.of(ana)
    screen.shows("Read", "open")
    screen.press("m", "2")
    _says(screen, "Bad at")
    screen.shows("Read", "open")
    screen.press("g", "m")
    screen.heading("Mood")
    screen.press("Control+k")
    screen.page.get_by_role("combobox").fill("mood great")
    screen.press("Enter")
    _says(screen, "Great at")
    _is_kept(ana, 5, 2)


def test_a_mood_without_a_network_waits_and_arrives_once_with_its_own_time(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana)
    screen.page.context.set_offline(True)
    screen.says_connection("Offline")
    _now(screen, "good, 4 of 5").click()
    _now(screen, "okay, 3 of 5").click()
    screen.says_connection("Offline, 2 waiting")
    _says(screen, "waiting to be sent")
    assert _moods(ana) == []
    back = datetime.now(UTC)
    screen.page.context.set_offline(False)
    screen.is_live()
    _is_kept(ana, 3, 4)
    assert all(datetime.fromisoformat(each["at"]) < back for each in _moods(ana))


def test_a_mood_whose_answer_was_lost_is_stored_once(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana, service_workers="block")
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(route.request.headers["idempotency-key"])
            route.abort()

    screen.page.route(re.compile("/moods$"), lose_the_first_answer)
    with screen.page.expect_response(re.compile("/moods$")) as answered:
        _now(screen, "good, 4 of 5").click()
    screen.is_live()
    assert [answered.value.request.headers["idempotency-key"]] == lost
    _is_kept(ana, 4)


def test_a_question_comes_by_itself_and_one_tap_closes_it_everywhere(visits: Visits, ana: Account) -> None:
    one, other = visits.of(ana), _mood_page(visits.of(ana))
    expect(_question(one)).to_have_count(0)
    prompt = ana.ask("POST", "/mood-prompts")
    for screen in (one, other):
        expect(_question(screen)).to_contain_text("How are you feeling?")
    _question(one).get_by_role("button", name="good, 4 of 5").click()
    expect(_question(other)).to_contain_text("Answered on your computer.")
    for screen in (one, other):
        expect(_question(screen)).to_have_count(0)
    [answered] = ana.ask("GET", "/mood-prompts?state=answered")["items"]
    assert (answered["id"], answered["mood_id"]) == (prompt["id"], _moods(ana)[0]["id"])


def test_an_answer_given_offline_gives_way_to_the_first_one(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana)
    prompt = ana.ask("POST", "/mood-prompts")
    expect(_question(screen)).to_be_visible()
    screen.page.context.set_offline(True)
    screen.says_connection("Offline")
    _question(screen).get_by_role("button", name="bad, 2 of 5").click()
    expect(_question(screen)).to_have_count(0)
    ana.ask("POST", f"/mood-prompts/{prompt['id']}/reply", json={"score": 5})
    screen.page.context.set_offline(False)
    screen.is_live()
    _toast(screen, "Answered")
    _is_kept(ana, 5)


def test_a_question_for_devices_only_shows_no_banner(visits: Visits, ana: Account) -> None:
    ana.ask("PUT", "/mood-prompts/settings", json={**WISHES, "channels": ["mqtt"]})
    screen = _mood_page(visits.of(ana))
    ana.ask("POST", "/mood-prompts")
    screen.page.get_by_text("What was asked lately").click()
    expect(screen.page.get_by_role("list", name="Last questions")).to_contain_text("waiting for an answer")
    expect(_question(screen)).to_have_count(0)


def test_wishes_are_read_back_refused_at_the_field_and_kept(visits: Visits, ana: Account) -> None:
    screen = _mood_page(visits.of(ana))
    page = screen.page
    page.get_by_role("switch", name="Ask me how I feel").check()
    _says(screen, "Every 4 hours between 08:00 and 22:00. If you do not answer, once more after 30 minutes.")
    page.get_by_role("button", name="Change", exact=True).click()
    sheet = page.get_by_role("dialog", name="When to ask me")
    sheet.get_by_label("Every", exact=True).fill("30")
    sheet.get_by_role("button", name="Save").click()
    expect(sheet.get_by_label("Every", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(sheet.get_by_text("at most once a minute")).to_be_visible()
    sheet.get_by_label("Every", exact=True).fill("2")
    sheet.get_by_label("Quiet from").fill("21:00")
    expect(sheet.get_by_text("Every 2 hours between 08:00 and 21:00.")).to_be_visible()
    sheet.get_by_role("button", name="Save").click()
    expect(sheet).to_be_hidden()
    kept = ana.ask("GET", "/mood-prompts/settings")
    assert (kept["enabled"], kept["every"], kept["quiet_hours"]) == (True, "PT2H", {"from": "21:00", "to": "08:00"})
    page.get_by_role("switch", name="Ask me how I feel").uncheck()
    _says(screen, "Daybeat does not ask you by itself.")


def test_send_me_one_now_opens_a_question(visits: Visits, ana: Account) -> None:
    screen = _mood_page(visits.of(ana))
    screen.page.get_by_role("button", name="Send me one now").click()
    expect(_question(screen)).to_contain_text("How are you feeling?")
    _now(screen, "awful, 1 of 5").click()
    expect(_question(screen)).to_have_count(0)
    _is_kept(ana, 1)
    [answered] = ana.ask("GET", "/mood-prompts?state=answered")["items"]
    assert answered["mood_id"] == _moods(ana)[0]["id"]


def test_after_long_silence_the_page_asks_whether_to_go_on(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana, service_workers="block")
    ana.ask("PUT", "/mood-prompts/settings", json=WISHES)

    def doubt(route: Route) -> None:
        settings = route.fetch().json()
        route.fulfill(json={**settings, "doubted": settings["enabled"]} if route.request.method == "GET" else settings)

    screen.page.route("**/mood-prompts/settings", doubt)
    screen.page.reload()
    expect(_question(screen)).to_contain_text("Should Daybeat go on asking?")
    _question(screen).get_by_role("button", name="Stop").click()
    expect(_question(screen)).to_have_count(0)
    screen.page.unroute_all(behavior="ignoreErrors")
    assert ana.ask("GET", "/mood-prompts/settings")["enabled"] is False


def test_arrows_and_enter_lead_from_the_year_to_a_day_that_can_be_changed(visits: Visits, ana: Account) -> None:
    ana.ask("POST", "/moods", json={"score": 2, "note": "rain", "at": _days_ago(1)})
    screen = _mood_page(visits.of(ana))
    year = screen.page.get_by_role("application", name=re.compile("^Moods of "))
    expect(year).to_have_accessible_name(re.compile("1 day: bad 1."))
    year.focus()
    screen.press("End", "ArrowUp", "Enter")
    day = screen.page.get_by_role("dialog")
    expect(day.get_by_text("rain")).to_be_visible()
    day.get_by_role("button", name="Change bad at 12:05").click()
    day.get_by_label("okay, 3 of 5").check(force=True)
    day.get_by_role("button", name="Save").click()
    day.get_by_role("button", name="Add a mood").click()
    day.get_by_label("great, 5 of 5").check(force=True)
    day.get_by_label("Time").fill("09:30")
    day.get_by_role("button", name="Save").click()
    day.get_by_role("button", name="Delete okay at 12:05").click()
    expect(day.get_by_role("listitem")).to_have_count(1)
    screen.press("Escape", "u")
    _is_kept(ana, 3, 5)
    expect(year).to_have_accessible_name(re.compile("1 day: good 1."))
    assert [(each["score"], each["note"], each["at"][11:16]) for each in _moods(ana)] == [
        (3, "rain", "12:05"),
        (5, None, "09:30"),
    ]


def test_a_mood_from_elsewhere_says_where_it_came_from(visits: Visits, ana: Account) -> None:
    screen = visits.of(ana)
    ana.ask("POST", "/moods", json={"score": 5}, headers={"X-Daybeat-Client": "terminal"})
    expect(screen.page.get_by_text("from terminal")).to_be_visible()


def test_faces_of_ones_own_show_at_once_in_every_browser(visits: Visits, ana: Account) -> None:
    screen, other = visits.of(ana).open("/settings"), visits.of(ana)
    screen.page.get_by_label("Sign of mood 5").fill("🌞")
    screen.page.get_by_label("Word for mood 5").fill("good")
    screen.page.get_by_role("button", name="Save faces").click()
    expect(screen.page.get_by_role("alert")).to_contain_text("a label of its own")
    screen.page.get_by_label("Word for mood 5").fill("sunny")
    screen.page.get_by_role("button", name="Save faces").click()
    expect(_now(other, "sunny, 5 of 5")).to_contain_text("🌞")
    screen.page.get_by_role("switch", name="Count my moods on the wall, without my name").check()
    _toast(screen, "Saved.")
    kept = ana.ask("GET", "/moods/settings")
    assert (kept["share_on_wall"], kept["faces"][4]) == (True, {"face": "🌞", "label": "sunny"})


def test_nothing_moves_when_moods_and_questions_arrive(visits: Visits, lived_in: Account) -> None:
    screen = visits.of(lived_in, viewport=PHONE)
    for path in ("/", "/mood"):
        screen.open(path)
        screen.is_live()
        lived_in.ask("POST", "/mood-prompts")
        expect(_question(screen)).to_be_visible()
        assert screen.page.evaluate(LAYOUT_SHIFT) <= 0.02


@pytest.fixture(scope="module")
def lived_in(served: DaybeatProcess) -> Account:
    """Give an account with moods on most days of ten weeks."""
    ana = Account.new(served)
    ana.habit(name="Read")
    for ago in range(70):
        if ago % 5:
            said = {"score": 1 + (ago * 7 + ago // 9) % 5, "at": _days_ago(ago + 1, 8 + ago % 12), "tags": ["sleep"]}
            ana.ask("POST", "/moods", json={**said, "note": "slept well"} if ago % 3 else said)
    return ana


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_any_state_of_moods(
    visits: Visits, served: DaybeatProcess, lived_in: Account, size: dict[str, int]
) -> None:
    options = {"viewport": size, "reduced_motion": "reduce"}
    newcomer = _mood_page(visits.of(Account.new(served), **options))
    _says(newcomer, "After two weeks of moods")
    found = {"Mood, empty": barriers(newcomer)}
    screen = visits.of(lived_in, **options)
    found |= {state: barriers(screen) for state in _states(screen, lived_in)}
    assert {state: each for state, each in found.items() if each} == {}


def _states(screen: Screen, account: Account) -> Iterator[str]:
    page = _mood_page(screen).page
    account.ask("POST", "/mood-prompts")
    expect(_question(screen)).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^Level of your mood")).locator("canvas")).to_be_visible()
    page.get_by_text("Show as table").last.click()
    for summary in page.get_by_text(re.compile("^(How is this computed|What was asked lately)")).all():
        summary.click()
    yield "Mood, asked, everything open"
    page.get_by_role("application", name=re.compile("^Moods of ")).focus()
    screen.press("End", "ArrowUp", "ArrowUp", "Enter")
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(1)
    yield "Mood, a day"
    page.get_by_role("button", name="Add a mood").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Choose a face.")).to_be_visible()
    yield "Mood, editor, refused"
    screen.press("Escape")
    yield from _wishes(screen)
    screen.press("Escape")
    _question(screen).get_by_role("button", name="Not now").click()
    page.get_by_role("navigation").get_by_role("link", name="Today").click()
    _now(screen, "good, 4 of 5").click()
    _toast(screen, "Good. Saved.")
    yield "Today, a mood just saved"


def _wishes(screen: Screen) -> Iterator[str]:
    page = screen.page
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_label("Quiet from").fill("08:00")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    page.get_by_role("radio", name="At times").check(force=True)
    expect(page.get_by_label("Time 1", exact=True)).to_be_visible()
    yield "questions, refused"


def test_moods_ask_no_stranger_for_anything(visits: Visits, lived_in: Account) -> None:
    screen = visits.of(lived_in)
    strangers: list[str] = []
    screen.page.on(
        "request", lambda request: None if request.url.startswith(screen.url) else strangers.append(request.url)
    )
    _mood_page(screen)
    screen.page.wait_for_load_state("networkidle")
    assert json.dumps([each for each in strangers if not each.startswith(("data:", "blob:"))]) == "[]"
