"""The words of moods, and what a history of them tells."""

import math
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kruskal, theilslopes

from daybeat.kit.patterns import kruskal_wallis, level, trend, week_number, week_pattern
from daybeat.modules.moods.domain.summary import volatility
from daybeat.modules.moods.domain.words import score_of, word_of

TODAY = date(2026, 3, 2)  # a Monday


def days(*moods: float | None) -> dict[date, float]:
    """Give daily moods, the last one today's."""
    first = TODAY - timedelta(days=len(moods) - 1)
    return {first + timedelta(days=n): mood for n, mood in enumerate(moods) if mood is not None}


@pytest.mark.parametrize(
    ("word", "score"),
    [("awful", 1), ("bad", 2), ("okay", 3), ("good", 4), ("great", 5), ("happy", 4), ("sad", 2), ("  HAPPY ", 4)],
)
def test_words_mean_scores(word: str, score: int) -> None:
    assert score_of(word) == score


def test_the_users_own_labels_come_first() -> None:
    labels = ["storm", "rain", "clouds", "sad", "sun"]
    assert score_of("Storm", labels) == 1
    assert score_of("sad", labels) == 4
    assert score_of("happy", labels) == 4


def test_other_words_are_not_understood() -> None:
    assert score_of("purple") is None
    assert score_of("") is None


def test_every_score_has_a_word_that_means_it() -> None:
    assert [score_of(word_of(score)) for score in range(1, 6)] == [1, 2, 3, 4, 5]


def test_level_halves_the_weight_with_every_week() -> None:
    week_ago = days(5, None, None, None, None, None, None, 1)
    assert level(week_ago, TODAY) == pytest.approx((5 * 0.5 + 1) / 1.5)
    assert level({}, TODAY) is None


def test_level_does_not_look_into_the_future() -> None:
    assert level({TODAY: 2.0, TODAY + timedelta(days=1): 5.0}, TODAY) == 2.0


def test_a_trend_needs_six_weeks() -> None:
    five_weeks = {TODAY - timedelta(weeks=n): 3.0 for n in range(5)}
    assert trend(five_weeks) is None
    assert trend({**five_weeks, TODAY - timedelta(weeks=5): 3.0}) == 0


def test_weeks_begin_on_monday() -> None:
    sunday, monday = TODAY - timedelta(days=1), TODAY
    assert week_number(sunday) == week_number(sunday - timedelta(days=6)) == week_number(monday) - 1
    weeks = {TODAY + timedelta(days=n): float(n // 7) for n in range(6 * 7)}
    assert trend(weeks) == 1.0


def test_a_trend_is_not_moved_by_one_bad_week() -> None:
    rising = {TODAY - timedelta(weeks=n): 4 - 0.1 * n for n in range(10)}
    assert trend(rising | {TODAY - timedelta(weeks=3): 1.0}) == pytest.approx(0.1, abs=0.02)


@given(st.dictionaries(st.integers(0, 40), st.floats(1, 5), min_size=6))
def test_the_trend_is_theil_and_sens(weeks: dict[int, float]) -> None:
    found = trend({TODAY + timedelta(weeks=week): mood for week, mood in weeks.items()})
    expected = theilslopes(list(weeks.values()), list(weeks)).slope
    assert found == pytest.approx(float(expected), abs=1e-9)


def test_volatility_compares_a_month_with_the_persons_own_quarter() -> None:
    found = volatility(days(*[3.0] * 60, *[2.0, 4.0] * 15), TODAY)
    assert found is not None
    assert found.recent == pytest.approx(2.0)
    assert found.usual == pytest.approx(math.sqrt((29 * 4 + 1) / 89))


def test_volatility_of_a_few_days_is_not_told() -> None:
    assert volatility(days(1, 5, 1, 5, 1, 5, 1), TODAY) is None
    assert volatility(days(1, 5, 1, 5, 1, 5, 1, 5), TODAY) is not None


@given(
    st.lists(st.lists(st.integers(2, 10).map(lambda half: half / 2), min_size=2, max_size=20), min_size=7, max_size=7)
)
def test_the_weekdays_are_compared_as_statisticians_do(groups: list[list[float]]) -> None:
    if len({value for group in groups for value in group}) == 1:
        assert kruskal_wallis(groups) == 1.0
    else:
        assert kruskal_wallis(groups) == pytest.approx(float(kruskal(*groups).pvalue), abs=1e-9)


def test_low_mondays_are_a_pattern() -> None:
    moods = days(*[2.0 if (TODAY - timedelta(days=n)).weekday() == 0 else 4.0 - n % 2 for n in range(69, -1, -1)])
    pattern = week_pattern(moods, Counter(day.weekday() for day in moods))
    assert pattern is not None
    assert pattern.is_sure
    assert pattern.means[0] == 2.0


def test_seven_entries_on_a_weekday_are_too_few() -> None:
    enough = dict.fromkeys(range(7), 8)
    assert week_pattern(days(*[3.0] * 70), enough) is not None
    assert week_pattern(days(*[3.0] * 70), {**enough, 6: 7}) is None
