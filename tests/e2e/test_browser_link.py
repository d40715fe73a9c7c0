"""The page behind a one-time link, as somebody on a phone sees it who is not signed in."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.axe import barriers
from tests.support.browser import DESKTOP, PHONE, Account, Visits

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_link_answers_with_one_tap_and_has_no_barriers(visits: Visits, ana: Account, size: dict[str, int]) -> None:
    link = urlsplit(ana.ask("POST", "/mood-prompts")["link"]).path
    screen = visits.stranger(viewport=size).open(link)
    expect(screen.page.get_by_role("heading", name="How are you feeling?")).to_be_visible()
    assert screen.page.get_by_role("button").all_inner_texts() == ["awful", "bad", "okay", "good", "great"]
    assert barriers(screen) == []
    screen.page.get_by_role("button", name="good").click()
    expect(screen.page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert barriers(screen) == []
    assert [mood["score"] for mood in ana.ask("GET", "/moods")["items"]] == [4]
    screen.open(link)
    expect(screen.page.get_by_role("heading", name="Answered")).to_be_visible()
    assert barriers(screen) == []
