"""Quotas: weeks and months, cut by starts and changes, eased by skips and pauses."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from daybeat.modules.habits.domain.quotas import Period, measure
from daybeat.modules.habits.domain.rules import Rule
from daybeat.modules.habits.domain.schedules import PerMonth, PerWeek, WeeklyTotal
from daybeat.modules.habits.domain.streaks import stats_on
from tests.support.histories import MONDAY, day, history


def period(signs: Any, schedule: Any, **rule: Any) -> Period:
    told, last = history(signs, schedule, **rule)
    return measure(told, told.rules[0], last)


@pytest.mark.parametrize(
    ("signs", "schedule", "start", "target"),
    [
        ("x", PerWeek(3, 0), day(0), 3),
        ("x", PerWeek(3, 0), day(4), 2),
        ("x", PerWeek(3, 0), day(6), 1),
        ("x", PerWeek(7, 0), day(5), 2),
        ("ss.....", PerWeek(3, 0), day(0), 3),
        ("sss....", PerWeek(3, 0), day(0), 2),
        ("sssssss", PerWeek(3, 0), day(0), 0),
        ("pppp...", PerWeek(3, 0), day(0), 2),
        ("x", PerWeek(3, 6), day(0), 3),
        ("x", PerWeek(3, 1), day(0), 1),
        ("x", PerMonth(4), date(2026, 3, 1), 4),
        ("x", PerMonth(4), date(2026, 3, 16), 3),
        ("x", PerMonth(4), date(2026, 2, 28), 1),
        ("x", WeeklyTotal(2.5, 0), day(0), 2.5),
        ("x", WeeklyTotal(2.5, 0), day(4), 2),
        ("x", WeeklyTotal(150, 0), day(4), 65),
    ],
)
def test_the_target_is_cut_to_the_days_there_are(signs: str, schedule: Any, start: date, target: float) -> None:
    assert period(signs, schedule, start=start).target == target


@pytest.mark.parametrize(
    ("signs", "verdict"), [("xxx", True), ("xx.....", False), ("sssssss", None), ("xxxxx", True), ("XX.....", False)]
)
def test_a_week_is_judged_by_its_days(signs: str, verdict: Any) -> None:
    assert period(signs, PerWeek(3, 0)).verdict is verdict


def test_a_running_week_is_open_until_it_is_met() -> None:
    assert period("xx", PerWeek(3, 0)).verdict_so_far is None
    assert period("xxx", PerWeek(3, 0)).verdict_so_far is True
    assert period("......f", PerWeek(3, 0)).verdict_so_far is None


@pytest.mark.parametrize(
    ("amounts", "verdict"), [([60, 90], True), ([60, 89.5], False), ([], False), ([200], True)], ids=str
)
def test_a_weekly_total_adds_up_amounts(amounts: list[float], verdict: Any) -> None:
    assert period([*amounts, None], WeeklyTotal(150, 0)).verdict is verdict


@pytest.mark.parametrize(
    ("signs", "verdict", "so_far"),
    [([4, 6], True, None), ([4, 7], False, False), ([None], False, None), (["s"], False, None), ([0], True, None)],
    ids=str,
)
def test_a_weekly_limit_needs_an_entry_and_may_be_broken_early(signs: Any, verdict: Any, so_far: Any) -> None:
    found = period(signs, WeeklyTotal(10, 0), at_most=True)
    assert (found.verdict, found.verdict_so_far) == (verdict, so_far)


def test_skipping_a_day_makes_no_limit_tighter() -> None:
    assert period([5, 5, "s", None], WeeklyTotal(10, 0), at_most=True).verdict is True
    assert period(["s"] * 7, WeeklyTotal(10, 0), at_most=True).verdict is None


def test_a_rule_that_changed_in_the_middle_cuts_the_week() -> None:
    told, last = history("x.x..x.")
    rules = (Rule(MONDAY, PerWeek(3, 0)), Rule(day(3), PerWeek(7, 0)))
    told = replace(told, rules=rules)
    first, second = measure(told, rules[0], day(0)), measure(told, rules[1], last)
    assert (first.first, first.last, first.target, first.done) == (day(0), day(2), 2, 2)
    assert (second.first, second.last, second.target, second.done) == (day(3), day(6), 4, 1)


def test_a_month_is_a_unit_of_its_streak() -> None:
    told, _ = history("x" + "." * 26 + "x" + "." * 27 + "x", PerMonth(1), start=date(2026, 1, 31))
    found = stats_on(told, date(2026, 3, 27))
    assert (found.streak, found.unit) == (3, "month")


def test_progress_of_a_quota_is_the_running_period() -> None:
    told, last = history("xxx....xxxx", PerWeek(3, 0))
    found = stats_on(told, last)
    assert (found.successes, found.due) == (3, 3)
