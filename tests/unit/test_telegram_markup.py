"""Texts for Telegram: never markup by accident, never longer than it takes, never cut within a character."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.notifications.telegram.markup import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    escaped,
    line,
    plain,
    shortened,
    titled,
    units,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
WAVE = "\U0001f44b\U0001f3fd"
FLAGS = "\U0001f1eb\U0001f1f7\U0001f1e9\U0001f1ea"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=300)


@given(ANYTHING)
def test_an_escaped_text_reads_as_it_was_and_has_no_markup(text: str) -> None:
    assert html.unescape(escaped(text).replace("&amp;", "&\0")).replace("\0", "") or not text
    assert not re.search(r"[<>]", escaped(text))
    assert re.sub(r"&(lt|gt|amp);", "", escaped(text)).count("&") == 0


@given(ANYTHING, st.integers(2, 50))
def test_no_text_is_longer_than_it_may_be(text: str, most: int) -> None:
    assert units(shortened(text, most)) <= most
    assert units(plain(text, most)) <= most
    assert units(line(text, most)) <= most
    assert "\n" not in line(text, most)


@given(ANYTHING)
def test_a_clean_text_can_be_sent(text: str) -> None:
    clean = plain(text)
    clean.encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", clean)
    assert plain(clean) == clean


@given(ANYTHING, ANYTHING, st.integers(1, 100))
def test_a_title_and_a_text_fit_into_one_message(title: str, body: str, times: int) -> None:
    markup = titled(title * times, body * times)
    assert units(html.unescape(re.sub(r"^<b>|</b>(?=\n|$)", "", markup, count=2))) <= LONGEST_TEXT


def test_what_fits_stays_as_it_is() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "ab…"
    assert units("a🎉") == 3


@pytest.mark.parametrize("character", [FAMILY, WAVE, SCOTLAND, "e\u0301", "☺\ufe0f", "नि", FLAGS[:2]])
def test_what_looks_like_one_character_is_never_cut(character: str) -> None:
    text = character * 30
    for most in range(units(character) + 1, units(text)):
        cut = shortened(text, most)
        assert cut.endswith("…")
        assert cut[:-1] == character * (len(cut[:-1]) // len(character))


def test_a_character_without_an_end_is_cut_anywhere() -> None:
    assert units(shortened("e" + "\u0301" * 10_000, 100)) == 100


def test_a_long_title_leaves_room_for_the_text() -> None:
    head, _, body = titled("t" * 100_000, "b" * 100_000).partition("\n")
    assert head == f"<b>{'t' * (LONGEST_TITLE - 1)}…</b>"
    assert body == "b" * (LONGEST_TEXT - LONGEST_TITLE - 2) + "…"


@pytest.mark.parametrize(
    ("title", "body", "markup"),
    [("", "b", "b"), ("t", "", "<b>t</b>"), ("", "", ""), ("a\r\nb", "<", "<b>a b</b>\n&lt;")],
)
def test_what_is_not_there_leaves_no_line(title: str, body: str, markup: str) -> None:
    assert titled(title, body) == markup
