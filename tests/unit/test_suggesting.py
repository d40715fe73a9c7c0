"""Suggestions: when figures call for one, what it says, and that it says nothing but what was counted."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.insights.domain.practice import Asked, Day, Practice, rounded_down, rounded_up
from daybeat.modules.insights.domain.suggested_rests import celebrate, milestone, pause
from daybeat.modules.insights.domain.suggested_targets import lower, raise_, split
from daybeat.modules.insights.domain.suggested_times import leave_out_weekdays, move_reminder
from daybeat.modules.insights.domain.suggesting import MOST_OPEN, RULES, suggest
from daybeat.modules.insights.domain.suggestion import Suggestion

TODAY = date(2026, 3, 2)  # a Monday
DAY = timedelta(days=1)
DAILY: dict[str, Any] = {"kind": "daily"}
KEEPS = 0.5 ** (1 / 13)
STATES = {"x": "done", ".": "missed", "s": "skipped", "p": "paused", "n": "no"}

Said = str | Sequence[float]
"""A sign a day, or an amount a day; the last one is yesterday's."""


def practice(said: Said, schedule: dict[str, Any] = DAILY, **wishes: Any) -> Practice:
    """Live through days that are all due, under one rule that began with them."""
    minutes, strong = wishes.pop("minutes", ()), wishes.pop("was_strong", True)
    last_done: date | None = None
    first = TODAY - len(said) * DAY
    asked = Asked(**{"schedule": schedule, "since": first, **wishes})
    days, strength, streak = [], 0.0, 0
    for n, each in enumerate(said):
        amount = each if isinstance(each, int | float) else 0.0
        state = STATES[each] if isinstance(each, str) else _state(amount, asked.target)
        away = state in {"skipped", "paused"} or not _is_due(asked, first + n * DAY)
        verdict = None if away else state == "done"
        if verdict is not None:
            strength = KEEPS * strength + (1 - KEEPS) * verdict
            streak = streak + 1 if verdict else 0
        day = first + n * DAY
        last_done = day if state in {"done", "partial"} else last_done
        days.append(Day(day, state, bool(verdict), verdict, day if verdict is not None else None, strength, amount))
    days.append(Day(TODAY, "open", False, None, None, strength))
    stopped = last_done if strong and last_done is not None and last_done < TODAY - 21 * DAY else None
    return Practice(asked=asked, today=TODAY, days=days, streak=streak, minutes=minutes, stopped_on=stopped)


def _state(amount: float, target: float | None) -> str:
    return "missed" if not amount else "done" if amount >= (target or 0) else "partial"


def _is_due(asked: Asked, day: date) -> bool:
    return asked.kind != "weekdays" or day.weekday() in asked.schedule["days"]


def weekly(counts: Sequence[float], schedule: dict[str, Any], **wishes: Any) -> Practice:
    """Live through whole weeks up to yesterday, a Sunday, with so many done days (or such a total) in each."""
    first = TODAY - 7 * len(counts) * DAY
    asked = Asked(**{"schedule": schedule, "since": first, **wishes})
    days = []
    for week, count in enumerate(counts):
        for n in range(7):
            day, last = first + (7 * week + n) * DAY, n == 6
            met = count >= (asked.target or schedule.get("n", 0)) if last else None
            done = n < count if not asked.adds_up else n == 0
            amount = float(count) if asked.adds_up and n == 0 else 0.0
            state = "done" if done else "free"
            days.append(Day(day, state, done, met, first + 7 * week * DAY if last else None, 0.95, amount))
    days.append(Day(TODAY, "open", False, None, None, 0.95))
    return Practice(asked=asked, today=TODAY, days=days)


def sure(suggestion: Suggestion | None) -> Suggestion:
    assert suggestion is not None
    return suggestion


def test_a_daily_habit_that_is_rarely_met_is_asked_for_as_often_as_it_happens() -> None:
    made = sure(lower(practice("x...x.." * 3 + "xx..x..")))
    assert made.change == {"schedule": {"kind": "per_week", "n": 2, "week_start": 0}}
    assert made.button == "Ask for 2 a week"
    assert made.evidence == ("It was met on 9 of the last 28 due days.", "Met by week, the oldest first: 2, 2, 2, 3.")


def test_a_new_quota_begins_with_the_users_own_week() -> None:
    made = sure(lower(practice("x...x.." * 4, week_start=6)))
    assert made.change["schedule"]["week_start"] == 6


@pytest.mark.parametrize("said", ["x......" * 3 + "x.....", "xx.x.x." * 4, "ssss.x." * 4, "......." * 3 + "xxxx..."])
def test_nothing_is_lowered_that_is_young_or_half_met_or_mostly_free_or_met_in_one_week_alone(said: str) -> None:
    assert lower(practice(said)) is None


def test_only_days_under_the_newest_rule_count() -> None:
    old = practice("x...x.." * 6)
    assert lower(replace(old, asked=replace(old.asked, since=TODAY - 27 * DAY))) is None
    assert lower(replace(old, asked=replace(old.asked, since=TODAY - 28 * DAY))) is not None


def test_weekdays_that_are_rarely_met_become_a_quota_below_their_number() -> None:
    made = sure(lower(practice("x......" * 4, {"kind": "weekdays", "days": [0, 2, 4]})))
    assert made.change["schedule"]["n"] == 1
    assert made.text.startswith("1 a week works, Mondays, Wednesdays and Fridays rarely does.")


def test_an_amount_is_lowered_to_the_median_of_what_came_together() -> None:
    made = sure(lower(practice([12, 25, 30, 8] * 7, target=30, unit="pages")))
    assert made.change == {"target": 18}
    assert made.evidence == (
        "The target of 30 pages was met on 7 of the last 28 due days.",
        "Half of the 28 days with something had 18 pages or more.",
    )


def test_an_amount_of_which_half_is_mostly_reached_is_split() -> None:
    made = sure(split(practice([16, 18, 0, 20] * 7, target=30, unit="pages")))
    assert made.change == {"target": 15}
    assert made.evidence == (
        "The target of 30 pages was met on 0 of the last 28 due days.",
        "15 pages or more was reached on 21 of them.",
    )


def test_an_odd_target_is_split_into_whole_numbers() -> None:
    assert sure(split(practice([3] * 28, target=7))).change == {"target": 3}
    assert sure(split(practice([0.5] * 28, target=1))).change == {"target": 0.5}


def test_quotas_are_lowered_to_what_weeks_really_had() -> None:
    made = sure(lower(weekly([2, 3, 2, 2], {"kind": "per_week", "n": 5, "week_start": 0})))
    assert made.change == {"schedule": {"kind": "per_week", "n": 2, "week_start": 0}}
    assert made.evidence == ("5 a week was met in 0 of the last 4 weeks.", "By week, the oldest first: 2, 3, 2, 2.")
    total = sure(lower(weekly([12, 9, 11, 25], {"kind": "weekly_total", "week_start": 0}, target=20, unit="km")))
    assert total.change == {"target": 11}
    assert total.button == "Ask for 11 km a week"


def test_weeks_that_are_cut_or_partly_free_are_not_counted() -> None:
    lived = weekly([2, 2, 2, 2], {"kind": "per_week", "n": 5, "week_start": 0})
    assert lower(replace(lived, asked=replace(lived.asked, since=TODAY - 27 * DAY))) is None
    free = [replace(day, state="skipped") if day.date == TODAY - 3 * DAY else day for day in lived.days]
    assert lower(replace(lived, days=free)) is None


def test_what_was_met_for_six_weeks_can_be_more() -> None:
    made = sure(raise_(practice([25] * 60, target=20, unit="pages")))
    assert made.change == {"target": 25}
    assert made.button == "Ask for 25 pages"
    assert sure(raise_(practice([20] * 60, target=20))).change == {"target": 22}
    assert sure(raise_(practice([90] * 60, target=20))).change == {"target": 30}
    assert sure(raise_(weekly([3] * 6, {"kind": "per_week", "n": 3, "week_start": 0}))).change["schedule"]["n"] == 4
    every_second = practice("x" * 60, {"kind": "every_n_days", "n": 2})
    assert sure(raise_(every_second)).change == {"schedule": {"kind": "daily"}}


def test_what_cannot_be_more_is_not_raised() -> None:
    assert raise_(practice("x" * 90)) is None
    assert raise_(weekly([7] * 6, {"kind": "per_week", "n": 7, "week_start": 0})) is None


def test_three_misses_in_six_weeks_or_little_strength_raise_nothing() -> None:
    assert raise_(practice([25] * 60 + [0, 25, 0, 25, 0], target=20)) is None
    assert raise_(practice([25] * 42, target=20)) is None  # strength 89%


@pytest.mark.parametrize("rule", [lower, split, raise_, leave_out_weekdays])
def test_limits_and_what_is_avoided_are_never_asked_for_differently(rule: Any) -> None:
    for said in ("." * 60, "x" * 60, "x...x.." * 9):
        assert rule(practice(said, {"kind": "avoid"})) is None
        assert rule(practice([3.0 if each == "x" else 0 for each in said], target=2, direction="at_most")) is None


def test_a_weekday_that_never_works_is_left_out() -> None:
    made = sure(leave_out_weekdays(practice("xxxxx.." * 8)))
    assert made.change == {"schedule": {"kind": "weekdays", "days": [0, 1, 2, 3, 4]}}
    assert made.button == "Leave out Saturdays and Sundays"
    assert made.evidence == (
        "Done on 0 of the last 16 due Saturdays and Sundays.",
        "Done on 40 of 40 other due days.",
    )


@pytest.mark.parametrize("said", ["xxxx..." * 8, "xx.x..." * 8, "xxxxxx." * 5, "xxxxxx." * 7 + "xxxxxxx"])
def test_weekdays_stay_when_too_many_fail_or_the_rest_does_or_they_are_few_or_one_worked(said: str) -> None:
    assert leave_out_weekdays(practice(said)) is None


def times(*minutes: int) -> list[tuple[date, int]]:
    return [(TODAY - n * DAY, minute) for n, minute in enumerate(minutes, 1)]


def test_a_reminder_moves_to_just_before_the_usual_time() -> None:
    lived = practice("x" * 30, reminders=("20:00",), minutes=times(*[455, 460, 465] * 4))
    made = sure(move_reminder(lived))
    assert made.change == {"reminders": ["07:35"]}
    assert made.text.startswith("You usually do this around 07:40.")
    assert made.evidence == (
        "Done within 45 minutes of 07:40 on 12 of 12 days in six weeks.",
        "The reminder nearest to that comes at 20:00.",
    )


def test_the_nearest_of_several_reminders_moves_and_keeps_its_weekdays() -> None:
    lived = practice("x" * 30, reminders=("13:00", "mon,fri 10:00"), minutes=times(*[460] * 10))
    assert sure(move_reminder(lived)).change == {"reminders": ["13:00", "mon,fri 07:35"]}


def test_times_around_midnight_are_near() -> None:
    lived = practice("x" * 30, reminders=("20:00",), minutes=times(*[1430, 10] * 6))
    assert sure(move_reminder(lived)).change == {"reminders": ["23:55"]}


@pytest.mark.parametrize(
    "wishes",
    [
        {"reminders": ()},
        {"reminders": ("08:00",)},
        {"minutes": times(*[460] * 9)},
        {"minutes": times(*[460] * 10, *[900] * 5)},
        {"quiet": (1320, 480)},
    ],
    ids=["none", "near already", "few days", "scattered", "quiet hours"],
)
def test_a_reminder_stays(wishes: dict[str, Any]) -> None:
    assert (
        move_reminder(practice("x" * 30, **{"reminders": ("20:00",), "minutes": times(*[460] * 12), **wishes})) is None
    )


def test_the_first_check_in_of_a_day_is_its_time() -> None:
    twice = [(day, minute) for day, first in times(*[460] * 10) for minute in (first, 1200)]
    assert move_reminder(practice("x" * 30, reminders=("20:00",), minutes=twice)) is not None


def test_a_habit_that_stopped_may_rest() -> None:
    made = sure(pause(practice("x" * 30 + "." * 22)))
    assert made.change == {"pause": 14}
    assert made.evidence == (
        "Something was done last on 7 February 2026.",
        "The last 22 due days passed without it.",
    )


def test_a_stop_of_long_ago_is_the_same_stop_every_day() -> None:
    lived = practice("." * 93)
    stopped = replace(lived, stopped_on=TODAY - 200 * DAY)
    tomorrow = replace(stopped, today=TODAY + DAY)
    assert sure(pause(stopped)).basis == sure(pause(tomorrow)).basis
    assert sure(pause(stopped)).evidence[1] == "The last 93 due days passed without it."


@pytest.mark.parametrize(
    "lived",
    [
        practice("x" * 30 + "." * 20),
        practice("x" * 30 + "." * 22, paused=True),
        practice("x" * 30 + "." * 22, was_strong=False),
        practice("x" * 30 + "s" * 22),
        practice("." * 30, {"kind": "avoid"}),
    ],
    ids=["not yet", "paused already", "never strong", "skipped", "avoided"],
)
def test_a_habit_goes_on_without_a_pause(lived: Practice) -> None:
    assert pause(lived) is None


def test_a_round_streak_is_news_for_a_week() -> None:
    news = [celebrate(practice("." + "x" * n)) for n in (6, 7, 12, 13)]
    assert [each is not None and each.basis.startswith("streak 7") for each in news] == [False, True, True, False]
    made = sure(celebrate(practice("." + "x" * 30)))
    assert made.text == "30 days in a row. Nice work."
    assert made.button is None
    assert not made.change


def test_milestones_are_round() -> None:
    assert [milestone(n, "day") for n in (6, 7, 99, 100, 250, 365, 399, 731)] == [0, 7, 30, 100, 200, 365, 365, 730]
    assert [milestone(n, "week") for n in (3, 4, 12, 51, 52, 104)] == [0, 4, 12, 26, 52, 104]


def test_strength_that_passed_a_mark_is_news() -> None:
    made = sure(celebrate(practice("x" * 10 + "." + "x" * 21)))
    assert made.text == "Strength has passed 80%. Nice work."


def test_the_same_mark_passed_again_soon_is_no_news() -> None:
    assert celebrate(practice("x" * 32 + ".." + "x" * 6)) is None


def test_three_are_open_at_most_and_what_hurts_comes_first() -> None:
    lived = {
        "fine": practice("." + "x" * 30),
        "easy": practice([20] * 60, target=20),
        "stopped": practice("x" * 30 + "." * 30),
        "hard": practice("x...x.." * 6),
        "harder": practice("x......" * 6),
    }
    assert [(habit, each.kind) for habit, each in suggest(lived)] == [
        ("harder", "lower"),
        ("hard", "lower"),
        ("stopped", "pause"),
    ]


def test_what_was_turned_down_stays_away_until_it_rests_on_something_else() -> None:
    lived = practice("x...x.." * 6)
    (found,) = suggest({"a": lived})
    decided = {("a", found[1].kind, found[1].basis)}
    assert suggest({"a": practice("x......" * 6)}, decided) == []
    assert suggest({"b": lived}, decided) != []
    by_weekdays = practice("x.......x.......x...." * 2, {"kind": "weekdays", "days": [0, 1, 2]})
    assert [each.kind for _, each in suggest({"a": by_weekdays}, decided)] == ["lower"]


def test_the_next_best_comes_when_the_best_was_turned_down() -> None:
    lived = practice([20] * 60, target=20, reminders=("20:00",), minutes=times(*[460] * 12))
    (first,) = suggest({"a": lived})
    (second,) = suggest({"a": lived}, {("a", first[1].kind, first[1].basis)})
    assert (first[1].kind, second[1].kind) == ("move_reminder", "raise")


SIGNS = st.text("x.sp", min_size=0, max_size=93) | st.lists(st.sampled_from([0, 5, 14, 15, 30, 40]), max_size=93)
ASKED = st.fixed_dictionaries(
    {
        "schedule": st.sampled_from([DAILY, {"kind": "weekdays", "days": [0, 3, 5]}]),
        "target": st.sampled_from([None, 30, 7.5]),
        "reminders": st.just(("20:00",)),
        "minutes": st.lists(st.integers(0, 1439), max_size=40).map(lambda minutes: times(*minutes)),
    }
)


@given(SIGNS, ASKED)
def test_suggestions_say_what_a_plain_count_says(said: Said, wishes: dict[str, Any]) -> None:
    if isinstance(said, str):
        wishes["target"] = None
    lived = practice(said, wishes.pop("schedule"), **wishes)
    for rule in RULES.values():
        made = rule(lived)
        if made is not None:
            check(made, lived)


def check(made: Suggestion, lived: Practice) -> None:
    due = [day for day in lived.days if day.verdict is not None and day.date >= TODAY - 28 * DAY]
    words = " ".join((made.text, *made.evidence, made.button or ""))
    assert "!" not in words
    assert "because" not in words
    assert (made.button is None) == (not made.change)
    if found := re.search(r"was met on (\d+) of the last (\d+) due", words):
        assert tuple(map(int, found.groups())) == (sum(bool(day.verdict) for day in due), len(due))
        assert int(found[1]) * 2 < int(found[2])
    if made.kind == "lower" and "schedule" in made.change:
        n = made.change["schedule"]["n"]
        weeks = [sum(bool(day.verdict) for day in due if (TODAY - day.date).days in days) for days in WEEKS]
        assert n < lived.asked.a_week
        assert sum(week >= n for week in weeks) >= 2
    if "target" in made.change:
        target, new = lived.asked.target or 0, made.change["target"]
        assert new > target if made.kind == "raise" else 0 < new < target
    if made.kind == "lower" and "target" in made.change:
        amounts = [day.amount for day in due if day.amount]
        assert sum(amount >= made.change["target"] for amount in amounts) * 2 >= len(amounts)
    if made.kind == "weekdays":
        left = set(made.change["schedule"]["days"])
        assert not any(day.verdict for day in lived.days[-57:] if day.date.weekday() not in left)
    if made.kind == "pause":
        assert not any(day.state in {"done", "partial"} for day in lived.days[-22:])


WEEKS = [range(1, 8), range(8, 15), range(15, 22), range(22, 29)]


@given(st.floats(0.02, 1e6), st.sampled_from([30.0, 7.5]))
def test_rounding_keeps_to_its_side(value: float, like: float) -> None:
    assert rounded_down(value, like) <= value * (1 + 1e-8) + 1e-6
    assert rounded_up(value, like) >= value * (1 - 1e-8) - 1e-6


def test_at_most_three_are_open() -> None:
    assert MOST_OPEN == 3
