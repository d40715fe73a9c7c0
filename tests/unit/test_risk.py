"""Risk: what the past says of the next occurrence, how it is learned from, and when it is worth telling."""

from datetime import date, timedelta
from math import exp, log, log1p
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.insights.domain.risk import (
    ENOUGH,
    RATE,
    SHARE,
    START,
    Forecaster,
    Risk,
    TooEarly,
    contributions,
    risk,
)
from daybeat.modules.insights.domain.risk_features import Features, Occurrence, Past
from daybeat.modules.insights.domain.risk_reasons import action, reasons

MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)
DAYS = st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=60)
"""Occurrences: days since the one before, and whether it was done."""


def day(number: int) -> Occurrence:
    return Occurrence(MONDAY + timedelta(number))


def lived(marks: str) -> Forecaster:
    """Live one day for each mark from a Monday on: `x` is done, `.` is missed."""
    known = Forecaster()
    for number, mark in enumerate(marks):
        known = known.after(day(number), done=mark == "x")
    return known


def judged(marks: str) -> Risk:
    found = risk(lived(marks), day(len(marks)))
    assert isinstance(found, Risk)
    return found


def told(marks: str) -> list[str]:
    return reasons(lived(marks).past, day(len(marks)), miss=judged(marks).miss)


def advised(marks: str, *, avoids: bool = False) -> str:
    return action(lived(marks).past, day(len(marks)), miss=judged(marks).miss, avoids=avoids)


def logit(chance: float) -> float:
    return log(chance / (1 - chance))


def described(history: list[tuple[date, bool]], on: date) -> Features:
    """Compute the features from the whole history, the long way."""
    level = 0.6
    for _, done in history:
        level += (done - level) * (1 - 0.5**0.1)
    outcomes = [done for _, done in history]
    same_weekday = [done for each, done in history if each.weekday() == on.weekday()]
    mean = min(max((sum(outcomes) + 1.2) / (len(outcomes) + 2), 0.02), 0.98)
    weekday = (sum(same_weekday) + 6 * mean) / (len(same_weekday) + 6)
    backwards = "".join("x" if done else "." for done in reversed(outcomes))
    return Features(
        level=logit(min(max(level, 0.02), 0.98)),
        weekday=logit(min(max(weekday, 0.02), 0.98)),
        last_week=next((float(done) for each, done in history if each == on - WEEK), mean),
        misses=log1p(min(len(backwards) - len(backwards.lstrip(".")), 14)),
        streak=log1p(min(len(backwards) - len(backwards.lstrip("x")), 60)),
    )


@given(DAYS, st.integers(1, 9))
def test_what_is_kept_day_by_day_says_the_same_as_the_whole_history(steps: list[tuple[int, bool]], ahead: int) -> None:
    past, history, on = Past(), list[tuple[date, bool]](), MONDAY
    for apart, done in steps:
        on += timedelta(apart)
        past = past.after(Occurrence(on), done=done)
        history.append((on, done))
    on += timedelta(ahead)
    assert past.before(Occurrence(on)) == pytest.approx(described(history, on))
    assert len(past.recent) <= 28
    assert len(past.places) <= 7


def test_a_habit_without_a_past_is_foreseen_by_what_is_usual_elsewhere() -> None:
    log_odds = -0.16267 + (0.36306 + 0.31147) * logit(0.6) + 0.35007 * 0.6
    assert Forecaster().chance(day(0)) == pytest.approx(0.85 / (1 + exp(-log_odds)) + 0.15 * 0.6)


def test_each_figure_weighs_what_it_was_found_to_weigh() -> None:
    assert contributions(Features(1, 1, 1, 1, 1)) == (0.36306, 0.31147, 0.35007, -0.40087, 0.35218)


def test_half_of_the_level_is_gone_after_ten_misses() -> None:
    past = Past(level=0.8)
    for number in range(10):
        past = past.after(day(number), done=False)
    assert past.level == pytest.approx(0.4)


def test_a_day_that_asked_for_nothing_is_not_last_weeks_miss() -> None:
    past = Past(closed=18, done=9).after(day(0), done=False)
    assert past.before(day(7)).last_week == 0
    assert past.before(day(8)).last_week == past.mean


def test_weeks_compare_with_the_week_before_and_know_no_weekday() -> None:
    past = Past()
    for number in range(20):
        past = past.after(Occurrence(MONDAY + number * WEEK, "week"), done=number % 2 == 1)
    next_week = Occurrence(MONDAY + 20 * WEEK, "week")
    assert past.before(next_week).last_week == 1
    assert past.rate_at(next_week) == past.rate_at(Occurrence(MONDAY + 20 * WEEK + timedelta(3), "week"))


def test_months_share_one_rate_whatever_weekday_they_begin_on() -> None:
    past = Past()
    for month in range(1, 13):
        past = past.after(Occurrence(date(2025, month, 1), "month"), done=True)
    assert set(past.places.values()) == {(12, 12)}
    assert past.before(Occurrence(date(2026, 1, 1), "month")).last_week == past.mean


@given(st.text("x.", max_size=200))
def test_chances_stay_chances(marks: str) -> None:
    known = lived(marks)
    assert 0 < known.chance(day(len(marks))) < 1
    assert 0 < known.belief < 1


def test_a_habits_own_intercept_learns_from_surprise_in_ever_smaller_steps() -> None:
    first = Forecaster().after(day(0), done=False)
    assert first.own < 0
    late = lived("x.x..xx." * 50)
    assert abs(late.after(day(400), done=False).own - late.own) < abs(first.own) / 10


def test_belief_follows_who_saw_it_coming_and_returns_when_both_did() -> None:
    assert lived("xx....." * 20).belief < START
    start, weekday = Forecaster(), 0.6
    logistic = (start.chance(day(0)) - (1 - START) * weekday) / START
    ours, theirs = START * logistic**RATE, (1 - START) * weekday**RATE
    expected = (1 - SHARE) * ours / (ours + theirs) + SHARE * START
    assert start.after(day(0), done=True).belief == pytest.approx(expected)


def test_under_ten_occurrences_it_is_too_early() -> None:
    assert risk(Forecaster(), day(0)) == TooEarly(missing=ENOUGH)
    assert risk(lived("x.x.x.x.x"), day(9)) == TooEarly(missing=1)
    assert isinstance(risk(lived("x.x.x.x.x."), day(10)), Risk)


def test_a_habit_that_stopped_is_flagged() -> None:
    found = judged("x" * 40 + "." * 10)
    assert found.miss >= 0.6
    assert found.flagged


def test_a_habit_that_goes_well_is_not_flagged() -> None:
    found = judged("x" * 40)
    assert found.miss < 0.1
    assert not found.flagged


def test_the_weekday_that_is_always_missed_is_flagged_and_the_others_are_not() -> None:
    marks = "xxxx.xx" * 20
    assert judged(marks + "xxxx").flagged
    assert not judged(marks + "xxx").flagged


def test_forecasts_that_were_worse_than_the_mean_so_far_flag_nothing() -> None:
    # After every run the other thing comes: a past that forecasts of this kind are wrong about.
    marks = "xxx..." * 9 + "..."
    known = lived(marks)
    contrary = Forecaster(past=known.past, error=20.0, error_of_mean=19.9)
    found = risk(contrary, day(len(marks)))
    assert isinstance(found, Risk)
    assert found.miss >= 0.6
    assert not found.flagged


def test_it_needs_to_be_better_than_the_mean_not_just_as_good() -> None:
    assert not Forecaster().has_earned_trust
    assert Forecaster(error=1.0, error_of_mean=1.1).has_earned_trust


def test_pure_chance_earns_little_trust_and_habit_earns_it() -> None:
    coin = Random(4)  # noqa: S311 - a game of chance
    by_chance = [lived("".join("x" if coin.random() < 0.3 else "." for _ in range(200))) for _ in range(20)]
    assert sum(known.has_earned_trust for known in by_chance) <= 10
    assert lived(("x" * 20 + "." * 20) * 5).has_earned_trust


def test_misses_in_a_row_are_told_first_with_their_number() -> None:
    marks = "x" * 40 + "." * 10
    assert told(marks) == ["It did not work out the last 10 times.", "It did not work out on Tuesday last week."]
    assert advised(marks) == "Do the smallest part that you can call done: coming back matters most now."


def test_a_bad_weekday_is_told_by_its_name() -> None:
    marks = "xxxx.xx" * 20 + "xxxx"
    assert told(marks) == ["It worked out on 0 of 20 Fridays.", "It did not work out on Friday last week."]
    assert advised(marks) == "Find another time for it on Fridays, or plan them without it."


def test_what_goes_well_is_told_as_such() -> None:
    marks = "x" * 30
    assert told(marks) == ["It worked out on 4 of 4 Wednesdays.", "It worked out the last 30 times."]
    assert advised(marks) == "Carry on as you do."


def test_reasons_are_counts_that_point_the_same_way_as_what_is_expected() -> None:
    # Half of what this level stands for was supposed before anything was seen; the count does not bear it out.
    past = Past(closed=10, done=4, level=0.56, recent=tuple((MONDAY, number < 4) for number in range(10)))
    assert reasons(past, day(20), miss=0.45) == []


def test_what_is_to_be_avoided_is_not_made_smaller() -> None:
    assert advised("x" * 20 + "." * 6, avoids=True) == "Decide now what you will do instead when it tempts you."


def test_a_week_is_told_without_weekdays_or_saying_last_week_twice() -> None:
    known = Forecaster()
    for number in range(20):
        known = known.after(Occurrence(MONDAY + number * WEEK, "week"), done=number < 4)
    next_week = Occurrence(MONDAY + 20 * WEEK, "week")
    sentences = reasons(known.past, next_week, miss=0.9)
    assert sentences == ["It did not work out the last 16 times.", "It worked out 4 of the last 20 times."]
    assert action(known.past, next_week, miss=0.9).startswith("Do the smallest part")


def test_of_many_weeks_all_are_counted_too() -> None:
    past = Past(closed=40, done=10, level=0.5, streak=1, places={7: (40, 10)})
    assert reasons(past, Occurrence(MONDAY, "week"), miss=0.6) == ["It worked out in 10 of 40 weeks."]


def test_where_too_much_is_asked_of_weeks_less_is_the_advice() -> None:
    past = Past(closed=40, done=10, level=0.2, streak=1, places={7: (40, 10)})
    next_week = Occurrence(MONDAY, "week")
    assert action(past, next_week, miss=0.7) == "Ask less of each week for a while."


@given(st.text("x.", min_size=ENOUGH, max_size=80), st.booleans())
def test_there_is_always_one_action_and_never_more_than_two_reasons(marks: str, avoids: bool) -> None:  # noqa: FBT001
    assert 0 <= len(told(marks)) <= 2
    assert advised(marks, avoids=avoids).endswith(".")
