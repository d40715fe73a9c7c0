"""The network goes, the server dies, answers are lost: what was tapped stays and is stored once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright, Route, expect

from tests.support.browser import READ, WATER, Account, Screen, Visits, start_device
from tests.support.process import DaybeatProcess


@contextmanager
def _away(screen: Screen) -> Iterator[None]:
    """Take the network from a browser for a while."""
    screen.page.context.set_offline(True)
    screen.says_connection("Offline")
    yield
    screen.page.context.set_offline(False)
    screen.is_live()


def test_devices_that_check_in_without_knowing_of_each_other_both_keep_theirs(visits: Visits, ana: Account) -> None:
    read, walk, water = ana.habit(**READ), ana.habit(name="Walk"), ana.habit(**WATER)
    stale, other = visits.of(ana), visits.of(ana)
    stale.shows("Water", "open")
    with _away(stale):
        other.tap("Read")
        other.tap("Water")
        other.shows("Water", "1 of 8 glasses")
        other.shows("Read", "done")
        stale.tap("Walk")
        stale.tap("Water")
        stale.shows("Water", "1 of 8 glasses, waiting to be sent")
    for screen in (stale, other):
        screen.shows("Read", "done")
        screen.shows("Walk", "done")
        screen.shows("Water", "2 of 8 glasses")
    assert [len(ana.check_ins(habit)) for habit in (read, walk, water)] == [1, 1, 2]


def test_taps_without_a_network_wait_and_arrive_once_each(visits: Visits, ana: Account) -> None:
    habit = ana.habit(**WATER)
    screen = visits.of(ana)
    screen.shows("Water", "open")
    with _away(screen):
        for _ in range(4):
            screen.tap("Water")
        screen.shows("Water", "4 of 8 glasses, waiting to be sent")
        screen.says_connection("Offline, 4 waiting")
        assert ana.check_ins(habit) == []
    screen.shows("Water", "4 of 8 glasses")
    assert [each["amount"] for each in ana.check_ins(habit)] == [1, 1, 1, 1]


def test_a_waiting_tap_survives_closing_the_tab_and_the_browser(
    driver: Playwright, served: DaybeatProcess, ana: Account, tmp_path: Path
) -> None:
    habit = ana.habit(**READ)
    with _device(driver, tmp_path) as device:
        screen = _first_visit(device, ana)
        device.set_offline(True)
        screen.tap("Read")
        _waits(screen)
        screen.page.close()
        _waits(Screen(device.new_page(), served.url).open())
    with _device(driver, tmp_path, offline=True) as device:
        screen = Screen(device.new_page(), served.url).open()
        _waits(screen)
        assert ana.check_ins(habit) == []
        device.set_offline(False)
        screen.is_live()
        screen.shows("Read", "done")
    assert [each["state"] for each in ana.check_ins(habit)] == ["done"]


@contextmanager
def _device(driver: Playwright, profile: Path, *, offline: bool = False) -> Iterator[BrowserContext]:
    device = start_device(driver, profile, offline=offline)
    yield device
    device.close()


def _first_visit(device: BrowserContext, account: Account) -> Screen:
    screen = Screen(device.new_page(), account.server.url).open("/login")
    screen.log_in(account.email)
    screen.shows("Read", "open")
    screen.is_live()
    screen.is_kept_by_worker()
    return screen


def _waits(screen: Screen) -> None:
    screen.shows("Read", "done, waiting to be sent")
    screen.says_connection("Offline, 1 waiting")
    expect(screen.page.get_by_text("0 of 1 done, 1 waiting")).to_be_visible()
    expect(screen.page.get_by_text("Saved here. It will be sent when you are online.").first).to_be_visible()


def test_a_server_that_dies_and_comes_back_gets_what_was_tapped_meanwhile_once(
    visits: Visits, served: DaybeatProcess, ana: Account
) -> None:
    read, water = ana.habit(**READ), ana.habit(**WATER)
    screen = visits.of(ana)
    screen.tap("Water")
    screen.shows("Water", "1 of 8 glasses")
    served.kill()
    try:
        screen.says_connection("Reconnecting…")
        screen.tap("Read")
        screen.tap("Water")
        screen.says_connection("Reconnecting…, 2 waiting")
        screen.shows("Water", "2 of 8 glasses, waiting to be sent")
    finally:
        served.start()
    screen.is_live()
    screen.shows("Read", "done")
    screen.shows("Water", "2 of 8 glasses")
    assert [len(ana.check_ins(habit)) for habit in (read, water)] == [1, 2]


def test_a_tap_whose_answer_was_lost_is_sent_again_and_stored_once(visits: Visits, ana: Account) -> None:
    habit = ana.habit(**WATER)
    screen = visits.of(ana)
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(route.request.headers["idempotency-key"])
            route.abort()

    screen.page.route("**/check-ins", lose_the_first_answer)
    with screen.page.expect_response("**/check-ins") as answered:
        screen.tap("Water")
    screen.shows("Water", "1 of 8 glasses")
    assert [answered.value.request.headers["idempotency-key"]] == lost
    assert [each["amount"] for each in ana.check_ins(habit)] == [1]
