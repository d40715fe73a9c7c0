"""What people type, and what it means."""

from datetime import date
from pathlib import Path

import pytest
import typer

from daybeat.cli.choosing import choose
from daybeat.cli.csv_history import read_histories
from daybeat.cli.errors import CommandFailed
from daybeat.cli.when import day_meant

TODAY = date(2026, 3, 2)
HABITS = [{"name": name} for name in ("Read 20 pages", "Run", "Practise Spanish")]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (None, TODAY),
        ("today", TODAY),
        ("yesterday", date(2026, 3, 1)),
        ("-3", date(2026, 2, 27)),
        ("2026-01-05", date(2026, 1, 5)),
    ],
)
def test_a_day_is_understood(words: str | None, day: date) -> None:
    assert day_meant(words, TODAY) == day


@pytest.mark.parametrize("words", ["tomorrowish", "-", "2026-13-01", ""])
def test_a_day_that_makes_no_sense_is_refused(words: str) -> None:
    with pytest.raises(typer.BadParameter):
        day_meant(words, TODAY)


@pytest.mark.parametrize(
    ("words", "name"),
    [("run", "Run"), ("read", "Read 20 pages"), ("span", "Practise Spanish"), ("practice spanish", "Practise Spanish")],
)
def test_a_part_of_a_name_is_enough(words: str, name: str) -> None:
    assert choose(HABITS, words)["name"] == name


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(CommandFailed, match="Practise Spanish"):
        choose(HABITS, "juggling")


def test_several_fitting_names_are_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(CommandFailed, match="could be several"):
        choose(HABITS, "r")


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "swim.csv"
    path.write_text(text)
    return path


def test_a_history_without_a_name_is_called_after_its_file(tmp_path: Path) -> None:
    found = read_histories(_file(tmp_path, "date,count\n2026-03-02,1\n"), habit=None, habit_column=None)
    assert list(found.by_habit) == ["swim"]


def test_the_only_other_column_names_the_habit(tmp_path: Path) -> None:
    text = "person,date,count\nann,2026-03-02,1\nbob,2026-03-01,2\nann,2026-03-01,3\n"
    found = read_histories(_file(tmp_path, text), habit=None, habit_column=None)
    assert [(name, [day.date.day for day in days]) for name, days in found.by_habit.items()] == [
        ("ann", [1, 2]),
        ("bob", [1]),
    ]


def test_two_other_columns_have_to_be_chosen_from(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="--habit-column"):
        read_histories(_file(tmp_path, "a,b,date,count\nx,y,2026-03-02,1\n"), habit=None, habit_column=None)


def test_a_day_that_stands_twice_is_added_up(tmp_path: Path) -> None:
    found = read_histories(_file(tmp_path, "date,count\n2026-03-02,1\n2026-03-02,2\n"), habit=None, habit_column=None)
    assert [day.count for day in found.by_habit["swim"]] == [3]


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-30,1",
        "2026-03-02,-1",
        "2026-03-02,nan",
        "2026-03-02,",
        ",1",
        "2.3.2026,1",
        "1999-12-31,1",
        "2999-01-01,1",
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_kept(tmp_path: Path, line: str) -> None:
    found = read_histories(_file(tmp_path, f"date,count\n{line}\n2026-03-03,1\n"), habit=None, habit_column=None)
    assert len(found.problems) == 1
    assert "Line 2" in found.problems[0]
    assert len(found.by_habit["swim"]) == 1


def test_a_byte_order_mark_does_not_hide_the_first_column(tmp_path: Path) -> None:
    found = read_histories(_file(tmp_path, "\ufeffdate,count\n2026-03-02,1\n"), habit=None, habit_column=None)
    assert found.by_habit["swim"]


def test_a_file_without_the_needed_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="date,count"):
        read_histories(_file(tmp_path, "day,times\n2026-03-02,1\n"), habit=None, habit_column=None)
