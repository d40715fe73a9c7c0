"""Texts stay whole as far as a reader can see, and carry nothing that acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.notifications.channels.text import fitting, json_bytes, one_line, plain, shortened

FAMILY = "👨‍👩‍👧‍👦"
TOGETHER = [FAMILY, "👍🏽", "🇩🇪", "e\u0301", "नि", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "각", "❤️"]


@pytest.mark.parametrize("sign", TOGETHER)
@pytest.mark.parametrize("most", range(4, 60))
def test_what_reads_as_one_sign_is_never_cut(sign: str, most: int) -> None:
    cut = shortened(sign * 100, most)
    assert len(cut.encode()) <= most
    assert cut.endswith("…")
    assert not cut.removesuffix("…").replace(sign, "")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(3, 200))
def test_a_shortened_text_fits_and_begins_the_same(text: str, most: int) -> None:
    cut = shortened(text, most)
    assert len(cut.encode()) <= most
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(3, 200))
def test_a_text_made_to_fit_json_fits(text: str, most: int) -> None:
    assert json_bytes(fitting(text, most)) <= most


def test_a_tower_of_accents_is_cut_somewhere() -> None:
    cut = shortened("a" + "\u0301" * 100_000, 4096)
    assert 4000 < len(cut.encode()) <= 4096


@given(st.text())
def test_a_plain_text_can_be_sent_and_turns_nothing_around(text: str) -> None:
    clean = plain(text)
    clean.encode()
    assert not set(clean) & set("\r\0\x1b\x7f\u202e\u202d\u2066\u2069\u2028")
    assert plain(clean) == clean


def test_a_title_is_one_line() -> None:
    assert one_line("  Read\r\nBcc: evil@example.org\x00\u2028now ") == "Read Bcc: evil@example.org now"
