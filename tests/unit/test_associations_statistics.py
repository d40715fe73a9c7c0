"""The statistics under associations say what scipy says, and nothing where nothing can be said."""

from math import inf, sqrt
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from daybeat.modules.insights.domain.detrending import correlation, effective_n
from daybeat.modules.insights.domain.false_discovery import q_values
from daybeat.modules.insights.domain.regression import UNKNOWN, basis, dot, residual, slope
from daybeat.modules.insights.domain.student import two_sided_p

NUMBERS = st.floats(-5, 5)
PS = st.lists(st.floats(0, 1), min_size=1, max_size=30)
DAYS = 60
ONES = [1.0] * DAYS


def noise(seed: int, days: int = DAYS, resemblance: float = 0.0) -> list[float]:
    dice, values, last = Random(seed), [], 0.0  # noqa: S311
    for _ in range(days):
        last = resemblance * last + dice.gauss(0, 1)
        values.append(last)
    return values


def centred(values: list[float]) -> list[float]:
    return residual(values, basis([[1.0] * len(values)]))


class TestStudent:
    @given(st.floats(-60, 60), st.floats(0.5, 400))
    def test_p_is_scipys(self, t: float, freedom: float) -> None:
        assert two_sided_p(t, freedom) == pytest.approx(float(2 * stats.t.sf(abs(t), freedom)), rel=1e-8, abs=1e-290)

    def test_nothing_is_certain_at_0_and_all_is_at_infinity(self) -> None:
        assert two_sided_p(0.0, 10) == 1.0
        assert two_sided_p(inf, 10) == 0.0
        assert two_sided_p(-inf, 10) == 0.0

    def test_without_freedom_nothing_is_said(self) -> None:
        assert two_sided_p(9.0, 0) == 1.0
        assert two_sided_p(inf, -1) == 1.0


class TestFalseDiscovery:
    @given(PS)
    def test_q_is_scipys(self, ps: list[float]) -> None:
        assert q_values(ps) == pytest.approx(tuple(stats.false_discovery_control(ps)))

    @given(PS)
    def test_no_q_is_below_its_p_and_their_order_stays(self, ps: list[float]) -> None:
        qs = q_values(ps)
        assert all(q >= p or q == pytest.approx(p) for p, q in zip(ps, qs, strict=True))
        ordered = [q for _, q in sorted(zip(ps, qs, strict=True))]
        assert ordered == sorted(ordered)

    def test_no_question_has_no_answer(self) -> None:
        assert q_values([]) == ()


class TestRegression:
    @given(st.integers(0, 10_000))
    def test_with_one_thing_the_slope_is_scipys(self, seed: int) -> None:
        outcome, asked = noise(seed), noise(seed + 1)
        found, scipys = slope(outcome, asked, [ONES]), stats.linregress(asked, outcome)
        assert found.estimate == pytest.approx(float(scipys.slope))
        assert found.freedom == DAYS - 2

    @given(st.integers(0, 10_000), st.integers(8, DAYS - 8))
    def test_with_two_sides_the_error_is_welchs(self, seed: int, done: int) -> None:
        asked = [float(day < done) for day in range(DAYS)]
        outcome = [value * (1 + 2 * side) for value, side in zip(noise(seed), asked, strict=True)]
        found = slope(outcome, asked, [ONES])
        welch = stats.ttest_ind(outcome[:done], outcome[done:], equal_var=False)
        assert found.estimate / found.error == pytest.approx(float(welch.statistic))

    @given(st.integers(0, 10_000))
    def test_other_things_are_held_still(self, seed: int) -> None:
        asked, other = noise(seed), noise(seed + 1)
        outcome = [2 + 0.5 * one - 3 * two for one, two in zip(asked, other, strict=True)]
        assert slope(outcome, asked, [ONES, other]).estimate == pytest.approx(0.5)

    def test_what_repeats_the_others_is_unknown(self) -> None:
        weekend = [float(day % 7 >= 5) for day in range(DAYS)]
        assert slope(noise(1), weekend, [ONES, weekend]) == UNKNOWN
        assert UNKNOWN.p == 1.0

    @given(NUMBERS)
    def test_an_outcome_that_never_differs_tells_nothing(self, mood: float) -> None:
        assert slope([mood] * DAYS, noise(1), [ONES, [mood] * DAYS]) == UNKNOWN

    def test_a_thing_told_twice_counts_once(self) -> None:
        once, twice = (slope(noise(1), noise(2), [ONES, *[noise(3)] * times]) for times in (1, 2))
        assert once == twice

    def test_too_few_days_tell_nothing(self) -> None:
        assert slope([1.0, 2.0], [0.0, 1.0], [[1.0, 1.0]]) == UNKNOWN

    @example(
        columns=[
            [0, 0, 1.192092896e-07, 1.192092896e-07, 1.5],
            [1e-8, 0, 1.192092896e-07, 1.192092896e-07, 1.5],
            [1.5, 1e-8, 1e-8, 0, 2],
        ]
    )
    @given(st.lists(st.lists(NUMBERS, min_size=5, max_size=5), max_size=7))
    def test_directions_are_of_length_1_and_at_right_angles(self, columns: list[list[float]]) -> None:
        span = basis(columns)
        for at, direction in enumerate(span):
            assert dot(direction, direction) == pytest.approx(1)
            assert all(dot(direction, other) == pytest.approx(0, abs=1e-6) for other in span[:at])


class TestCorrelation:
    @given(st.integers(0, 10_000))
    def test_of_independent_days_it_is_pearsons(self, seed: int) -> None:
        one, other = noise(seed), noise(seed + 1)
        days = [day * 100 for day in range(DAYS)]  # too far apart to resemble each other
        found, scipys = correlation(days, one, other, [ONES]), stats.pearsonr(one, other)
        assert found.r == pytest.approx(float(scipys.statistic))
        assert found.effective_n == DAYS
        assert found.p == pytest.approx(float(scipys.pvalue))

    def test_trends_do_not_count(self) -> None:
        one, other = noise(1), noise(2)
        line = [day - DAYS / 2 for day in range(DAYS)]
        steeper = [value + 9 * along for value, along in zip(one, line, strict=True)]
        falling = [value - 7 * along for value, along in zip(other, line, strict=True)]
        found = correlation(range(DAYS), steeper, falling, [ONES, line])
        assert found.r == pytest.approx(correlation(range(DAYS), one, other, [ONES, line]).r)

    def test_what_wanders_is_worth_fewer_days(self) -> None:
        quick, slow = ([centred(noise(seed, 400, alike)) for seed in (1, 2)] for alike in (0.0, 0.9))
        assert effective_n(range(400), *slow) < 400 / 3 < 300 < effective_n(range(400), *quick)

    def test_bartletts_formula_by_hand(self) -> None:
        waves = [1.0, 1.0, -1.0, -1.0] * 4
        together = [sum(a * b for a, b in zip(waves, waves[apart:], strict=False)) for apart in range(5)]
        shared = sum((together[apart] / (16 - apart)) ** 2 * (16 - apart) for apart in range(1, 5))
        assert effective_n(range(16), waves, waves) == pytest.approx(16 / (1 + 2 * shared / 16))

    @given(st.integers(0, 1000), st.sets(st.integers(0, 300), min_size=1, max_size=60))
    def test_it_is_never_worth_more_days_than_there_are(self, seed: int, some: set[int]) -> None:
        days = sorted(some)
        one, other = centred(noise(seed, len(days), 0.5)), centred(noise(seed + 1, len(days), -0.5))
        assert 3 <= effective_n(days, one, other) <= max(3, len(days))

    def test_what_never_differs_goes_with_nothing(self) -> None:
        found = correlation(range(DAYS), [3.3] * DAYS, noise(1), [ONES])
        assert (found.r, found.p) == (0.0, 1.0)

    def test_the_same_twice_is_certain(self) -> None:
        found = correlation(range(DAYS), noise(1), noise(1), [ONES])
        assert found.r == pytest.approx(1)
        assert found.p < 1e-20 / sqrt(DAYS)
