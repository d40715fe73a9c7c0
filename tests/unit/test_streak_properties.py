"""What holds for every history, whatever its schedule: the quick way equals the slow way, and skips cost nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from daybeat.modules.habits.domain.faces import trace
from daybeat.modules.habits.domain.rules import CheckInState, Mark
from daybeat.modules.habits.domain.streaks import LOOK_BACK, Stats, closed, seed, stats_on
from tests.support.lives import history_of, lives
from tests.support.oracle import Figures, Life, judge


def figures(stats: Stats) -> Figures:
    return Figures(stats.streak, stats.best_streak, stats.successes, stats.due, stats.strength, stats.total)


def near(expected: Figures) -> Any:
    """Compare counts exactly and sums of fractions up to rounding."""
    return pytest.approx(vars(expected), rel=1e-9, abs=1e-9)


@settings(max_examples=150)
@given(lives())
def test_every_figure_equals_the_slow_recomputation(life: Life) -> None:
    note(life)
    assert vars(figures(stats_on(history_of(life), life.today))) == near(judge(life))


@settings(max_examples=80)
@given(lives(), st.data())
def test_going_on_from_a_kept_tally_equals_starting_over(life: Life, data: st.DataObject) -> None:
    assume(life.today > life.start)
    history = history_of(life)
    kept_on = data.draw(st.dates(life.start, life.today - timedelta(1)))
    tally = closed(seed(history), history, kept_on)
    # Of what lies behind a kept tally only this much is read.
    recent = {day: mark for day, mark in history.marks.items() if day >= kept_on - timedelta(LOOK_BACK)}
    continued = stats_on(replace(history, marks=recent), life.today, tally)
    afresh = stats_on(history, life.today)
    assert vars(figures(continued)) == near(figures(afresh))
    assert continued.rate_30d == afresh.rate_30d


@settings(max_examples=50)
@given(lives(), st.data())
def test_skipping_a_day_without_a_check_in_never_lowers_a_streak(life: Life, data: st.DataObject) -> None:
    history = history_of(life)
    silent = [day for day in life.days() if day not in history.marks]
    assume(silent)
    day = data.draw(st.sampled_from(silent))
    assume(life.wish(day).kind != "avoid")
    before = stats_on(history, life.today)
    after = stats_on(replace(history, marks={**history.marks, day: Mark(CheckInState.SKIP)}), life.today)
    assert after.streak >= before.streak


@settings(max_examples=50)
@given(lives())
def test_strength_is_between_none_and_whole_on_every_day(life: Life) -> None:
    days, _ = trace(history_of(life), life.today)
    assert all(day.strength is not None and 0 <= day.strength <= 1 for day in days)


@settings(max_examples=50)
@given(lives())
def test_the_best_streak_is_never_shorter_than_the_streak(life: Life) -> None:
    stats = stats_on(history_of(life), life.today)
    assert 0 <= stats.streak <= stats.best_streak


@settings(max_examples=50)
@given(lives())
def test_the_trace_ends_where_the_stats_stand(life: Life) -> None:
    history = history_of(life)
    days, runs = trace(history, life.today)
    stats = stats_on(history, life.today)
    assert [each.date for each in days] == life.days()
    assert days[-1].strength == pytest.approx(stats.strength)
    assert max((run.length for run in runs), default=0) == stats.best_streak


@settings(max_examples=50)
@given(lives())
def test_looking_at_a_habit_leaves_its_kept_tally_alone(life: Life) -> None:
    history = history_of(life)
    tally = seed(history)
    kept = replace(tally)
    stats_on(history, life.today, tally)
    assert tally == kept
