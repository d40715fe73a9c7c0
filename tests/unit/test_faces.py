"""How a day shows itself, and the runs between misses."""

from typing import Any

import pytest

from daybeat.modules.habits.domain.faces import face_of, faces_between, trace
from daybeat.modules.habits.domain.schedules import Avoid, Daily, PerWeek, Weekdays
from tests.support.histories import day, history


@pytest.mark.parametrize(
    ("signs", "schedule", "rule", "words"),
    [
        ("x.sf.", Daily(), {}, "done missed skipped no open"),
        ("xppx.", Daily(), {}, "done paused paused done open"),
        (".!s.", Avoid(), {}, "kept slip skipped open"),
        ("x.x.", Weekdays((0, 1)), {}, "done missed done free"),
        ("x.s.", PerWeek(3, 0), {}, "done free skipped open"),
        ([30, 10, None, None], Daily(), {"target": 30}, "done partial missed open"),
        ([2, 3, None], Daily(), {"target": 2, "at_most": True}, "done over open"),
    ],
)
def test_a_day_is_told_in_one_word(signs: Any, schedule: Any, rule: dict[str, Any], words: str) -> None:
    told, last = history(signs, schedule, **rule)
    faces = faces_between(told, told.start, last, last)
    assert " ".join(face.state for face in faces) == words


def test_days_outside_a_habits_life_are_before_and_future() -> None:
    told, last = history("x")
    assert face_of(told, day(-1), last).state == "before"
    assert face_of(told, day(1), last).state == "future"
    assert not face_of(told, day(-1), last).due


def test_a_quota_asks_every_day_and_a_skip_asks_nothing() -> None:
    told, last = history("s..", PerWeek(1, 0))
    assert [face.due for face in faces_between(told, day(0), last, last)] == [False, True, True]


@pytest.mark.parametrize(
    ("signs", "runs"),
    [
        ("", []),
        ("xxx", [(0, 2, 3)]),
        ("xx.x.", [(0, 1, 2), (3, 3, 1)]),
        ("xsxx", [(0, 3, 3)]),
        ("..x", [(2, 2, 1)]),
        ("xxf", [(0, 1, 2)]),
    ],
)
def test_runs_are_successes_in_a_row(signs: str, runs: list[tuple[int, int, int]]) -> None:
    told, last = history(signs or ".")
    found = trace(told, last)[1]
    assert [(run.first, run.last, run.length) for run in found] == [(day(a), day(b), n) for a, b, n in runs]


def test_a_trace_gives_the_strength_after_each_day() -> None:
    told, last = history("x" * 13)
    faces, _ = trace(told, last)
    assert faces[-1].strength == pytest.approx(0.5)
    strengths = [face.strength or 0 for face in faces]
    assert strengths == sorted(strengths)
