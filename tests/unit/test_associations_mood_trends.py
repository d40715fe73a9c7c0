"""Level, trend, volatility and weekdays: scipy's figures, and the same as the Mood page shows."""

from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from daybeat.modules.insights.domain.mood_trends import (
    kruskal_wallis_p,
    level,
    trend,
    volatility,
    weekdays_differ,
)
from daybeat.modules.moods.domain import summary

MONDAY = date(2026, 3, 2)
HALVES = st.integers(2, 10).map(lambda twice: twice / 2)
GROUPS = st.lists(st.lists(HALVES, min_size=1, max_size=12), min_size=7, max_size=7)
MOODS = st.dictionaries(st.integers(0, 120).map(lambda number: MONDAY + timedelta(number)), HALVES, max_size=90)
EIGHT = dict.fromkeys(range(7), 8)


def steady(days: int, mood: float = 3.0) -> dict[date, float]:
    return {MONDAY + timedelta(number): mood for number in range(days)}


class TestLevel:
    def test_a_week_ago_counts_half(self) -> None:
        assert level({MONDAY: 2.0, MONDAY + timedelta(7): 5.0}, MONDAY + timedelta(7)) == pytest.approx(4.0)

    def test_without_moods_there_is_none(self) -> None:
        assert level({}, MONDAY) is None
        assert level({MONDAY: 3.0}, MONDAY - timedelta(1)) is None


class TestTrend:
    @given(st.lists(HALVES, min_size=6, max_size=20))
    def test_it_is_theil_and_sens(self, weeks: list[float]) -> None:
        moods = {MONDAY + timedelta(7 * week): mood for week, mood in enumerate(weeks)}
        assert trend(moods) == pytest.approx(float(stats.theilslopes(weeks).slope))

    def test_five_weeks_say_nothing(self) -> None:
        weekly = [MONDAY + timedelta(7 * week) for week in range(6)]
        assert trend(dict.fromkeys(weekly[:5], 3.0)) is None
        assert trend(dict.fromkeys(weekly, 3.0)) == 0


class TestVolatility:
    def test_jumps_count_between_days_with_moods(self) -> None:
        moods = {MONDAY + timedelta(2 * number): 3.0 + number % 2 for number in range(45)}
        found = volatility(moods, MONDAY + timedelta(88))
        assert found is not None
        assert (found.recent, found.usual) == (1.0, 1.0)

    def test_a_wild_month_stands_out_from_three(self) -> None:
        moods = {MONDAY + timedelta(at): 3.0 + (at % 2 if at >= 60 else 0) for at in range(90)}  # 29 jumps
        found = volatility(moods, MONDAY + timedelta(89))
        assert found is not None
        assert found.recent == 1.0
        assert found.usual == pytest.approx(sqrt(29 / 89))

    def test_seven_jumps_are_needed(self) -> None:
        assert volatility(steady(7), MONDAY + timedelta(6)) is None
        assert volatility(steady(8), MONDAY + timedelta(7)) is not None


class TestWeekdays:
    @given(GROUPS)
    def test_p_is_kruskal_and_walliss(self, groups: list[list[float]]) -> None:
        alike = len({value for group in groups for value in group}) == 1
        expected = 1.0 if alike else float(stats.kruskal(*groups).pvalue)
        assert kruskal_wallis_p(groups) == pytest.approx(expected)

    def test_good_sundays_are_seen(self) -> None:
        moods = {day: (2.5 + day.toordinal() % 2 / 2) + 2 * (day.weekday() == 6) for day in steady(70)}
        assert weekdays_differ(moods, EIGHT) is True

    def test_the_same_all_week_is_no_pattern(self) -> None:
        assert weekdays_differ(steady(70), EIGHT) is False

    def test_seven_entries_on_one_weekday_are_too_few(self) -> None:
        assert weekdays_differ(steady(70), EIGHT | {2: 7}) is None


class TestOneMeaning:
    @given(MOODS)
    def test_the_mood_page_shows_the_same(self, moods: dict[date, float]) -> None:
        today = MONDAY + timedelta(100)
        assert level(moods, today) == pytest.approx(summary.level(moods, today))
        assert trend(moods) == pytest.approx(summary.trend(moods))
        ours, theirs = volatility(moods, today), summary.volatility(moods, today)
        assert (ours is None) == (theirs is None)
        if ours and theirs:
            assert (ours.recent, ours.usual) == pytest.approx((theirs.recent, theirs.usual))
