"""When a habit is due, and how its rules are written down."""

from datetime import date, timedelta
from typing import Any

import pytest

from daybeat.modules.habits.domain.schedules import Avoid, Daily, EveryNDays, PerMonth, PerWeek, Weekdays, streak_unit
from daybeat.modules.habits.rules import (
    DirectionWithoutTarget,
    NoTargetHere,
    TargetNeeded,
    TargetTooSmall,
    changed_rules,
    first_rules,
)
from daybeat.modules.habits.storage import rule_from
from tests.support.histories import MONDAY, day

DAILY = {"kind": "daily"}


def due(schedule: Any, days: int = 14) -> str:
    return "".join("x" if schedule.is_due(MONDAY + timedelta(n)) else "." for n in range(days))


@pytest.mark.parametrize(
    ("schedule", "pattern"),
    [
        (Daily(), "x" * 14),
        (Avoid(), "x" * 14),
        (Weekdays((0, 2, 4)), "x.x.x..x.x.x.."),
        (Weekdays((6,)), "......x......x"),
        (EveryNDays(3, MONDAY), "x..x..x..x..x."),
        (EveryNDays(3, day(1)), ".x..x..x..x..x"),
        (EveryNDays(1, MONDAY), "x" * 14),
    ],
)
def test_a_schedule_names_its_days(schedule: Any, pattern: str) -> None:
    assert due(schedule) == pattern


@pytest.mark.parametrize("week_start", range(7))
def test_a_week_holds_seven_days_from_its_first(week_start: int) -> None:
    for number in range(21):
        first, last = PerWeek(3, week_start).period(day(number))
        assert first.weekday() == week_start
        assert last - first == timedelta(6)
        assert first <= day(number) <= last


@pytest.mark.parametrize(
    ("inside", "first", "last"),
    [
        (date(2026, 2, 14), date(2026, 2, 1), date(2026, 2, 28)),
        (date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_month_is_the_calendars(inside: date, first: date, last: date) -> None:
    assert PerMonth(3).period(inside) == (first, last)


def test_a_streak_counts_the_units_of_its_schedule() -> None:
    assert [streak_unit(each) for each in (Daily(), PerWeek(1, 0), PerMonth(1))] == ["day", "week", "month"]


@pytest.mark.parametrize(
    ("schedule", "target", "direction", "error"),
    [
        ({"kind": "avoid"}, 1.0, None, NoTargetHere),
        ({"kind": "weekly_total", "week_start": 0}, None, None, TargetNeeded),
        ({"kind": "weekly_total", "week_start": 0}, 0.0, "at_most", TargetNeeded),
        (DAILY, None, "at_most", DirectionWithoutTarget),
        (DAILY, 0.0, None, TargetTooSmall),
        (DAILY, 0.0, "at_least", TargetTooSmall),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(schedule: Any, target: Any, direction: Any, error: type) -> None:
    with pytest.raises(error):
        first_rules(MONDAY, schedule, target=target, direction=direction)


def test_a_changed_rule_holds_from_its_day_on() -> None:
    rules = first_rules(MONDAY, DAILY, target=None, direction=None)
    changed = changed_rules(rules, day(3), {"target": 5.0})
    assert [rule_from(each).since for each in changed] == [MONDAY, day(3)]
    assert [rule_from(each).target for each in changed] == [None, 5]
    assert changed_rules(changed, day(3), {"target": 6.0})[1]["target"] == 6
    assert changed_rules(changed, day(5), {"target": 5.0}) == changed


def test_every_n_days_counts_from_the_day_it_was_chosen() -> None:
    every_third = {"kind": "every_n_days", "n": 3}
    rules = changed_rules(first_rules(MONDAY, DAILY, target=None, direction=None), day(4), {"schedule": every_third})
    assert due(rule_from(rules[-1]).schedule) == due(EveryNDays(3, day(4)))
    # Another target is no other rhythm.
    again = changed_rules(rules, day(6), {"target": 2.0})
    assert due(rule_from(again[-1]).schedule) == due(EveryNDays(3, day(4)))
