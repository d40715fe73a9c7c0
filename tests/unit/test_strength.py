"""Strength: half after thirteen days, and forgiving."""

from typing import Any

import pytest

from daybeat.modules.habits.domain.rules import share_of_target
from daybeat.modules.habits.domain.schedules import (
    Avoid,
    Daily,
    EveryNDays,
    PerMonth,
    PerWeek,
    Weekdays,
    WeeklyTotal,
)
from daybeat.modules.habits.domain.streaks import stats_on
from daybeat.modules.habits.domain.strength import keeping
from tests.support.histories import MONDAY, history


def strength(signs: Any, *given: Any, **rule: Any) -> float:
    return stats_on(*history(signs, *given, **rule)).strength


@pytest.mark.parametrize(("days", "expected"), [(13, 0.5), (26, 0.75), (39, 0.875)])
def test_every_thirteen_days_halve_what_is_missing(days: int, expected: float) -> None:
    assert strength("x" * days) == pytest.approx(expected)


def test_thirteen_misses_halve_what_there_was() -> None:
    assert strength("x" * 13 + "." * 13 + "f") == pytest.approx(0.25 * 0.5 ** (1 / 13))


@pytest.mark.parametrize("signs", ["xxs", "xxp", "xx."], ids=["a skip", "a pause", "open today"])
def test_what_asks_nothing_changes_nothing(signs: str) -> None:
    assert strength(signs) == strength("xx")


@pytest.mark.parametrize(
    ("schedule", "exponent"),
    [
        (Daily(), 1 / 13),
        (Avoid(), 1 / 13),
        (Weekdays((0, 2, 4)), 1 / (13 * (3 / 7) ** 0.5)),
        (EveryNDays(4, MONDAY), 1 / (13 * 0.25**0.5)),
        (PerWeek(3, 0), (3 / 7) ** 0.5 / 13),
        (PerMonth(10), (1 / 3) ** 0.5 / 13),
        (WeeklyTotal(90, 0), (1 / 7) ** 0.5 / 13),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_what_is_kept_follows_the_published_formula(schedule: Any, exponent: float) -> None:
    assert keeping(schedule) == pytest.approx(0.5**exponent)


@pytest.mark.parametrize(
    ("amount", "target", "direction", "share"),
    [
        (0, 10, "at_least", 0),
        (5, 10, "at_least", 0.5),
        (25, 10, "at_least", 1),
        (10, 10, "at_most", 1),
        (15, 10, "at_most", 0.5),
        (20, 10, "at_most", 0),
        (99, 10, "at_most", 0),
        (0, 0, "at_most", 1),
        (1, 0, "at_most", 0),
    ],
)
def test_a_share_rises_to_a_target_and_falls_behind_a_limit(
    amount: float, target: float, direction: str, share: float
) -> None:
    assert share_of_target(amount, target, at_most=direction == "at_most") == pytest.approx(share)


def test_a_yes_or_no_quota_is_smoothed_over_two_weeks() -> None:
    keep = keeping(PerWeek(2, 0))
    assert strength("x", PerWeek(2, 0)) == pytest.approx((1 - keep) / 4)


def test_a_weekly_total_is_smoothed_over_its_own_week() -> None:
    keep = keeping(WeeklyTotal(100, 0))
    assert strength([50], WeeklyTotal(100, 0)) == pytest.approx((1 - keep) / 2)


def test_a_day_short_of_its_target_stays_open_in_a_quota_too() -> None:
    assert strength([30, 10], PerWeek(3, 0), target=30) == strength([30, None], PerWeek(3, 0), target=30)
    assert strength([4, 3], WeeklyTotal(10, 0), at_most=True) == strength([4, None], WeeklyTotal(10, 0), at_most=True)
