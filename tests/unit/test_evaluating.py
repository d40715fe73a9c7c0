"""Judging forecasts: the three measures, foreseeing only from what lay before, and the command around it."""

import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.cli.app import main
from daybeat.cli.person_histories import NotReadable, days_of_people
from daybeat.modules.insights.domain.risk import ENOUGH
from daybeat.modules.insights.domain.risk_features import Occurrence
from daybeat.modules.insights.evaluating import auc, brier, ece, evaluate, foreseen

FIRST = date(2024, 1, 1)
Lived = list[tuple[Occurrence, bool]]
JUDGED = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), st.booleans()), min_size=1, max_size=40)


def days(outcomes: list[bool]) -> Lived:
    return [(Occurrence(FIRST + timedelta(number)), done) for number, done in enumerate(outcomes)]


def person(seed: int, length: int = 400) -> Lived:
    """Make up somebody who has weekdays that they like, and good and bad spells of some weeks."""
    chance = Random(seed)  # noqa: S311 - a game of chance
    liked = [chance.uniform(-1.5, 1.5) for _ in range(7)]
    usual, spell, outcomes = chance.uniform(0.2, 0.7), 0.0, list[bool]()
    for number in range(length):
        if chance.random() < 1 / 25:
            spell = chance.choice([-0.35, 0.0, 0.35])
        outcomes.append(chance.random() < usual + spell + 0.1 * liked[number % 7])
    return days(outcomes)


@given(JUDGED)
def test_auc_is_how_often_pairs_are_in_the_right_order(judged: list[tuple[float, bool]]) -> None:
    did, missed = [c for c, done in judged if done], [c for c, done in judged if not done]
    right = [1.0 if one > other else 0.5 if one == other else 0.0 for one in did for other in missed]
    assert auc(judged) == (pytest.approx(sum(right) / len(right)) if right else None)


def test_the_brier_score_is_the_mean_squared_error() -> None:
    assert brier([(0.8, True), (0.4, False)]) == pytest.approx((0.04 + 0.16) / 2)


def test_the_calibration_error_weighs_ten_equal_bins_by_what_is_in_them() -> None:
    well = [(0.75, True), (0.75, True), (0.75, True), (0.75, False)]
    assert ece(well) == pytest.approx(0)
    assert ece([*well, (1.0, False)]) == pytest.approx(1 / 5)
    assert ece([(0.25, True), (0.35, False)]) == pytest.approx((0.75 + 0.35) / 2)


@given(st.lists(st.booleans(), min_size=12, max_size=60), st.integers(11, 59))
def test_what_comes_later_changes_no_forecast(outcomes: list[bool], cut: int) -> None:
    other = outcomes[:cut] + [not done for done in outcomes[cut:]]
    seen, changed = list(foreseen(days(outcomes))), list(foreseen(days(other)))
    assert [chances for chances, _ in seen][: cut - ENOUGH + 1] == [chances for chances, _ in changed][
        : cut - ENOUGH + 1
    ]


def test_the_first_ten_are_seen_and_not_judged() -> None:
    assert len(list(foreseen(days([True] * 25)))) == 15
    assert evaluate([days([True] * 10)]) == {}


def test_the_last_seven_are_counted_as_they_are() -> None:
    outcomes = [True] * 5 + [False] * 5 + [True] * 2
    assert [chances.last7 for chances, _ in foreseen(days(outcomes))] == pytest.approx([2 / 7, 2 / 7])


def test_where_everything_was_done_there_is_no_order_to_get_right() -> None:
    scores = evaluate([days([True] * 60)])
    assert scores["ours"].auc is None
    assert scores["ours"].brier < 0.01


def test_on_people_with_weekdays_and_spells_ours_is_the_best_of_all() -> None:
    scores = evaluate(person(seed) for seed in range(20))
    ours = scores.pop("ours")
    assert ours.brier <= 0.96 * scores["last7"].brier
    assert ours.ece <= 0.02
    for other in scores.values():
        assert ours.auc is not None
        assert other.auc is not None
        assert ours.auc > other.auc
        assert ours.brier < other.brier


Writing = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Writing:
    def write(text: str) -> Path:
        file = tmp_path / "people.csv"
        file.write_bytes(text.encode("latin-1"))
        return file

    return write


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    def run_with(*arguments: object) -> int:
        monkeypatch.setattr(sys, "argv", ["daybeat", "insights", "evaluate", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run_with


def test_days_without_a_line_are_missed_between_a_persons_first_and_last(written: Writing) -> None:
    people = days_of_people(written("person,date,count\nb,2024-01-04,2\na,2024-02-01,0\nb,2024-01-01,1\n"))
    assert [done for _, done in people["b"]] == [True, False, False, True]
    assert people["a"] == [(Occurrence(date(2024, 2, 1)), False)]


def test_lines_of_one_day_are_added_up_and_columns_may_stand_in_any_order(written: Writing) -> None:
    people = days_of_people(written("date,note,count,person\r\n2024-01-01,,0,a\r\n\r\n2024-01-01,again,1.5,a\r\n"))
    assert people == {"a": [(Occurrence(FIRST), True)]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Line 1 has to name"),
        ("person,date\na,2024-01-01\n", "Line 1 .* count is not there"),
        ("person,date,count\na,2024-01-01,1\na,2024-01-02\n", "Line 3 has 2 columns"),
        ("person,date,count\na,2024-01-01,1,2\n", "Line 2 has 4 columns"),
        ("person,date,count\n,2024-01-01,1\n", "Line 2 does not say who"),
        ("person,date,count\na,01.02.2024,1\n", "Line 2 needs a date"),
        ("person,date,count\na,20240101,1\n", "Line 2 needs a date"),
        ("person,date,count\na,2024-02-30,1\n", "Line 2 needs a date"),
        ("person,date,count\na,0204-01-01,1\n", "Line 2 needs a date"),
        ("person,date,count\na,2024-01-01,many\n", "Line 2 needs a count"),
        ("person,date,count\na,2024-01-01,-1\n", "Line 2 needs a count"),
        ("person,date,count\na,2024-01-01,nan\n", "Line 2 needs a count"),
        ('person,date,count\na,2024-01-01,"1\n', "Line 2 is not a line of a table"),
        ("person,date,count\na,2024-01-01,1\nJos\xe9,2024-01-01,1\n", "Line 3 is not text"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(written: Writing, text: str, says: str) -> None:
    with pytest.raises(NotReadable, match=says):
        days_of_people(written(text))


def test_the_command_gives_a_table_or_data(
    written: Writing, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"a,{occurrence.day},{int(done)}" for occurrence, done in person(1, 60)]
    file = written("\n".join(["person,date,count", *rows]))
    assert run("--json", file) == 0
    scores = json.loads(capsys.readouterr().out)
    assert list(scores) == ["ours", "last7", "ewma", "weekday"]
    assert all(set(each) == {"auc", "brier", "ece"} for each in scores.values())
    assert run(file) == 0
    shown = capsys.readouterr()
    assert f"{scores['ours']['brier']:.4f}" in shown.out
    assert "People: 1, days: 60." in shown.err


@pytest.mark.parametrize("text", ["person,date,count\na,today,1\n", "person,date,count\na,2024-01-01,1\n"])
def test_a_file_that_cannot_be_judged_ends_with_a_sentence_and_code_2(
    written: Writing, run: Callable[..., int], capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert run(written(text)) == 2
    told = capsys.readouterr()
    assert told.err.startswith("daybeat: ")
    assert not told.out
