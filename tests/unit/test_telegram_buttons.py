"""What buttons say: read as it was written, short enough for Telegram, and nothing else is understood."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.notifications.channels.port import Action
from daybeat.modules.notifications.ports import TodayLine
from daybeat.modules.notifications.telegram.buttons import (
    LONGEST_DATA,
    ForMood,
    ForPrompt,
    ForReminder,
    ForToday,
    Press,
    button,
    keyboard,
    read_press,
    rows_for,
    write_press,
)
from daybeat.modules.notifications.telegram.today import MOST_LINES, today_list

DAY = date(2026, 3, 2)
ID = UUID("01a21498-e42f-7cad-b392-65d73be90000")
PRESSES: st.SearchStrategy[Press] = st.one_of(
    st.builds(ForReminder, st.sampled_from(["done", "skip", "snooze"]), st.uuids()),
    st.builds(ForPrompt, st.integers(1, 5), st.uuids()),
    st.builds(ForMood, st.integers(1, 5)),
    st.builds(ForToday, st.uuids(), st.dates(date(2000, 1, 1), date(2199, 12, 31))),
)


@given(PRESSES)
def test_a_button_is_read_as_it_was_written(press: Press) -> None:
    data = write_press(press)
    assert len(data.encode()) <= LONGEST_DATA
    assert read_press(data) == press


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(data: str) -> None:
    read_press(data)


@pytest.mark.parametrize(
    "data",
    ["done", "done:", "Done:AaIUmOQvfK2zkmXXO-kAAA", "done:AaIUmOQvfK2zkmXXO-kAA", "done:AaIUmOQvfK2zkmXXO-kAA=",
     "done:AaIUmOQvfK2zkmXXO+/AAA", "mood:0:AaIUmOQvfK2zkmXXO-kAAA", "mood:٣:AaIUmOQvfK2zkmXXO-kAAA", "mood:3",
     "feel:6", "feel:", "today:AaIUmOQvfK2zkmXXO-kAAA:20261301", "today:AaIUmOQvfK2zkmXXO-kAAA:2026-3-2",
     "today:AaIUmOQvfK2zkmXXO-kAAA:2026W101", "undo:AaIUmOQvfK2zkmXXO-kAAA"],
)  # fmt: skip
def test_what_is_no_button_is_not_understood(data: str) -> None:
    assert read_press(data) is None


def test_a_label_is_short_and_of_one_line() -> None:
    made = button("a\nb" + "x" * 200, ForMood(3))
    assert "\n" not in made["text"]
    assert len(made["text"]) == 60
    assert button("\u202e", ForMood(3))["text"] == "?"


def test_actions_without_a_subject_or_of_an_unknown_kind_have_no_button() -> None:
    actions = [Action("done", "Done", "", ""), Action("dance", "Dance", "", ""), Action("score:4", "good", "", "")]
    assert rows_for(actions, None, "") == []
    (row,) = rows_for(actions, ID, "")
    assert [each["text"] for each in row] == ["Done", "good"]


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Open Daybeat"), ("de", "Daybeat öffnen"), ("fr", "Open Daybeat")]
)
def test_the_way_to_the_page_is_named_in_the_language_of_the_message(language: str, label: str) -> None:
    link = "https://daybeat.example.org/"
    assert rows_for((), None, link, language) == [[{"text": label, "url": link}]]


def test_a_keyboard_without_rows_takes_the_old_one_away() -> None:
    assert keyboard([]) == {"inline_keyboard": []}


def test_today_names_what_is_open_first_and_gives_only_that_a_button() -> None:
    lines = [TodayLine(uuid4(), "Read", DAY, "done", 4), TodayLine(ID, "Swim <3", DAY, "open", 1)]
    text, rows = today_list(lines)
    assert text == "<b>Today</b>\n○ Swim &lt;3\n✓ Read · streak 4"
    assert [[each["callback_data"] for each in row] for row in rows] == [[write_press(ForToday(ID, DAY))]]


def test_a_long_day_is_cut_and_says_so() -> None:
    lines = [TodayLine(uuid4(), "x" * 200, DAY, "open") for _ in range(MOST_LINES + 7)]
    text, rows = today_list(lines)
    assert len(rows) == MOST_LINES
    assert text.endswith("… and 7 more in Daybeat.")
    assert len(text) < 4096
