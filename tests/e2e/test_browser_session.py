"""Who is signed in, in which tab, and what the next account sees. And the pages for programmers."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import READ, Account, Screen, Traffic, Visits
from tests.support.process import DaybeatProcess


def test_a_reload_keeps_the_session_in_a_cookie_scripts_cannot_read(visits: Visits, ana: Account) -> None:
    ana.habit(**READ)
    screen = visits.of(ana)
    screen.page.reload()
    screen.is_live()
    screen.shows("Read", "open")
    cookies = screen.page.context.cookies()
    assert cookies
    assert all(each["httpOnly"] and each["sameSite"] in {"Lax", "Strict"} for each in cookies)
    assert screen.page.evaluate("document.cookie") == ""


def test_signing_out_in_one_tab_signs_out_the_other(visits: Visits, ana: Account) -> None:
    ana.habit(**READ)
    one = visits.of(ana)
    other = Screen(one.page.context.new_page(), one.url).open()
    other.is_live()
    _sign_out(one)
    for screen in (one, other):
        screen.heading("Sign in")
        expect(screen.page.get_by_text("Read")).to_have_count(0)
    other.page.reload()
    other.heading("Sign in")
    assert one.page.context.cookies() == []


def test_a_wrong_password_is_refused_in_words(visits: Visits, ana: Account) -> None:
    screen = visits.stranger().open("/login")
    screen.log_in(ana.email, "not the password")
    expect(screen.page.get_by_role("alert")).to_have_text("E-mail and password don't match.")
    screen.log_in(ana.email)
    screen.heading("Today")


def test_the_next_account_in_the_same_browser_sees_nothing_of_the_first(
    visits: Visits, served: DaybeatProcess, ana: Account
) -> None:
    ana.habit(name="Secret")
    bob = Account.new(served)
    screen = visits.of(ana)
    screen.shows("Secret", "open")
    _sign_out(screen)
    screen.heading("Sign in")
    screen.open("/login").log_in(bob.email)
    expect(screen.page.get_by_text("What would you like to do more often?")).to_be_visible()
    ana.habit(name="Another secret")
    bob.habit(name="Mine")
    screen.shows("Mine", "open")
    expect(screen.page.get_by_text("secret")).to_have_count(0)
    assert "secret" not in str(screen.page.evaluate(KEPT_IN_THE_BROWSER)).lower()


def _sign_out(screen: Screen) -> None:
    screen.open("/settings").page.get_by_role("button", name="Sign out", exact=True).click()


KEPT_IN_THE_BROWSER = """async () => {
    const kept = [JSON.stringify(localStorage)];
    for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((resolve) => {
            indexedDB.open(name).onsuccess = (event) => resolve(event.target.result);
        });
        for (const store of database.objectStoreNames)
            kept.push(await new Promise((resolve) => {
                database.transaction(store).objectStore(store).getAll().onsuccess = (event) =>
                    resolve(JSON.stringify(event.target.result));
            }));
        database.close();
    }
    return kept.join();
}"""


@pytest.mark.parametrize(("path", "words"), [("/docs", "/api/v1/today"), ("/redoc", "Daybeat")])
def test_the_reference_renders_from_this_server_alone(visits: Visits, path: str, words: str) -> None:
    screen = visits.stranger()
    traffic, errors = Traffic(screen.page.context), list[str]()
    screen.page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    screen.page.on("pageerror", lambda error: errors.append(str(error)))
    screen.open(path)
    expect(screen.page.get_by_text(words).first).to_be_visible()
    screen.page.wait_for_load_state("networkidle")
    assert traffic.strangers(screen.url) == []
    assert errors == []
