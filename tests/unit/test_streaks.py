"""Streaks, progress and totals, on the worked examples and at their edges."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from daybeat.modules.habits.domain.history import Pause
from daybeat.modules.habits.domain.rules import Rule
from daybeat.modules.habits.domain.schedules import Avoid, Daily, EveryNDays, PerMonth, PerWeek, Weekdays, WeeklyTotal
from daybeat.modules.habits.domain.streaks import LOOK_BACK, Stats, closed, seed, stats_on
from daybeat.modules.habits.storage import schedule_from
from tests.support.histories import MONDAY, day, history
from tests.support.streak_examples import STREAKS, Row, expected, told


def stats(signs: Any, *given: Any, **rule: Any) -> Stats:
    return stats_on(*history(signs, *given, **rule))


def figures(found: Stats) -> tuple[int, int, str, float]:
    fraction = f"{found.successes:g}/{found.due:g}"
    return found.streak, found.best_streak, fraction, round(found.strength, 4)


@pytest.mark.parametrize("row", STREAKS, ids=told)
def test_an_example_has_the_figures_it_was_worked_out_to_have(row: Row) -> None:
    start, rule = date.fromisoformat(row["start"]), dict(row["schedule"])
    target, at_most = rule.pop("target", None), rule.pop("direction", None) == "at_most"
    schedule = schedule_from(rule, anchor=start, target=target)
    told_history, last = history(row["history"], schedule, start=start, target=target, at_most=at_most)
    last = date.fromisoformat(row.get("archived", str(last)))
    assert figures(stats_on(told_history, last)) == expected(row)


@pytest.mark.parametrize(
    ("signs", "schedule", "streak"),
    [
        ("xxx", Daily(), 3),
        ("xxs", Daily(), 2),
        ("xsx", Daily(), 2),
        ("xxpp", Daily(), 2),
        ("xfx", Daily(), 1),
        ("x.", Daily(), 1),
        ("x..", Daily(), 0),
        ("...", Avoid(), 2),
        ("..!", Avoid(), 0),
        ("..s.", Avoid(), 2),
        ("x.x.x..x", Weekdays((0, 2, 4)), 4),
        ("x..x..x", EveryNDays(3, MONDAY), 3),
        (".x.x..x", EveryNDays(3, MONDAY), 2),
        ("xxx....x", PerWeek(3, 0), 1),
        ("xx.....xx", PerWeek(2, 0), 2),
    ],
)
def test_a_streak_counts_what_was_due(signs: str, schedule: Any, streak: int) -> None:
    assert stats(signs, schedule).streak == streak


def test_a_skipped_day_keeps_the_streak() -> None:
    assert stats("xxsx").streak == 3


def test_what_was_said_of_a_day_outranks_a_pause_over_it() -> None:
    told_history, last = history("xxxx")
    paused = replace(told_history, pauses=(Pause(day(1), day(2)),))
    assert stats_on(paused, last).streak == 4


def test_a_day_too_short_to_live_is_skipped() -> None:
    told_history, last = history("x.x")
    assert stats_on(told_history, last).streak == 1
    assert stats_on(replace(told_history, short_days=frozenset({day(1)})), last).streak == 2


def test_a_habit_that_has_not_begun_has_no_figures() -> None:
    told_history, _ = history("x")
    found = stats_on(told_history, day(-3))
    assert figures(found) == (0, 0, "0/0", 0)
    assert found.rate_30d is None


def test_the_rate_looks_back_thirty_days() -> None:
    assert stats("." * 20 + "x" * 30).rate_30d == 1
    assert stats("x" * 20 + "." * 30 + "x").rate_30d == pytest.approx(1 / 30)


def test_the_total_counts_bonus_days_too_but_no_skips() -> None:
    assert stats("xxxsf.x", Weekdays((0,))).total == 4


def test_old_days_keep_the_rule_they_were_lived_under() -> None:
    told_history, last = history("xxx.x.x")
    rules = (Rule(MONDAY, Daily()), Rule(day(3), Weekdays((4, 6))))
    found = stats_on(replace(told_history, rules=rules), last)
    assert (found.streak, found.due) == (5, 5)


def test_a_closed_tally_is_a_new_one() -> None:
    told_history, last = history("xxxx")
    tally = seed(told_history)
    assert closed(tally, told_history, last).streak == 4
    assert tally.streak == 0


@pytest.mark.parametrize(
    "schedule", [Daily(), Weekdays((2,)), PerWeek(3, 0), PerMonth(20), WeeklyTotal(5, 0)], ids=lambda each: each.kind
)
def test_what_is_read_behind_a_kept_tally_is_enough_for_every_schedule(schedule: Any) -> None:
    told_history, last = history("xx." * 40, schedule)
    afresh = stats_on(told_history, last)
    for kept_on in map(day, range(119)):
        recent = {each: mark for each, mark in told_history.marks.items() if each >= kept_on - timedelta(LOOK_BACK)}
        tally = closed(seed(told_history), told_history, kept_on)
        continued = stats_on(replace(told_history, marks=recent), last, tally)
        assert figures(continued) == figures(afresh)


def test_what_streaks_count_is_told_with_them() -> None:
    assert stats("x").unit == "day"
    assert stats("x", PerWeek(1, 0)).unit == "week"
