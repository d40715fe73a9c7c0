"""What a report says in words: the sum, the best day, what came up and how the mood was, and no word of blame."""

from dataclasses import replace
from datetime import date

import pytest

from daybeat.modules.insights.domain.periods import Period, period_around, period_before
from daybeat.modules.insights.domain.report_sentences import Told, sentences
from daybeat.modules.insights.domain.spans import Day

WEDNESDAY = date(2026, 3, 4)
TOLD = Told(
    kind="weekly",
    is_over=True,
    done=12,
    due=14,
    rate_before=0.5,
    best=Day(WEDNESDAY, 3, 3),
    mood=3.84,
    mood_before=3.4,
    habits=[("Read", 0.8, 0.4), ("Run", 0.2, 0.9), ("New", 1.0, None)],
)


def test_a_week_in_four_sentences() -> None:
    assert sentences(TOLD) == [
        "12 of 14 done: 86%, after 50% the week before.",
        "Wednesday was the best day, with 3 of 3 done.",
        "Read came up from 40% to 80%.",
        "Your mood was 3.8 of 5 on average, 0.4 higher than the week before.",
    ]


def test_a_month_names_its_days_by_their_date() -> None:
    told = sentences(replace(TOLD, kind="monthly"))
    assert told[0] == "12 of 14 done: 86%, after 50% the month before."
    assert told[1] == "4 March 2026 was the best day, with 3 of 3 done."


def test_what_is_still_on_says_so() -> None:
    assert sentences(replace(TOLD, is_over=False))[0] == "12 of 14 done so far: 86%, after 50% the week before."
    assert sentences(replace(TOLD, is_over=False, done=0, due=0))[0] == "Nothing has been due so far."


@pytest.mark.parametrize(
    ("before", "said"),
    [(None, "12 of 14 done: 86%."), (0.859, "12 of 14 done: 86%, as the week before.")],
)
def test_the_week_before_is_only_spoken_of_where_there_is_something_to_say(before: float | None, said: str) -> None:
    assert sentences(replace(TOLD, rate_before=before))[0] == said


def test_where_there_is_nothing_to_say_little_is_said() -> None:
    nothing = replace(TOLD, done=0, due=0, rate_before=None, best=None, mood=None, mood_before=None, habits=[])
    assert sentences(nothing) == ["Nothing was due."]


@pytest.mark.parametrize(
    ("mood", "before", "said"),
    [
        (3.0, None, "Your mood was 3.0 of 5 on average."),
        (3.0, 3.04, "Your mood was 3.0 of 5 on average."),
        (3.0, 3.1, "Your mood was 3.0 of 5 on average, 0.1 lower than the week before."),
    ],
)
def test_the_mood_is_compared_as_it_is_shown(mood: float, before: float | None, said: str) -> None:
    assert sentences(replace(TOLD, mood=mood, mood_before=before))[-1] == said


@pytest.mark.parametrize("week_start", range(7))
def test_a_week_begins_on_its_weekday_and_holds_the_day(week_start: int) -> None:
    week = period_around("weekly", WEDNESDAY, week_start)
    assert week.first.weekday() == week_start
    assert week.first <= WEDNESDAY <= week.last
    assert (week.last - week.first).days == 6


def test_months_are_as_long_as_they_are() -> None:
    assert period_around("monthly", date(2024, 2, 11), 0) == Period("monthly", date(2024, 2, 1), date(2024, 2, 29))
    assert period_before("monthly", date(2026, 1, 31), 0) == Period("monthly", date(2025, 12, 1), date(2025, 12, 31))


def test_the_week_before_a_day_is_the_last_one_that_is_over() -> None:
    assert period_before("weekly", date(2026, 3, 2), 0) == Period("weekly", date(2026, 2, 23), date(2026, 3, 1))
    assert period_before("weekly", date(2026, 3, 2), 6) == Period("weekly", date(2026, 2, 22), date(2026, 2, 28))
