"""What is said about moods and habits: nothing too early, nothing that the calendar explains, and never too much."""

from collections.abc import Callable
from datetime import date, timedelta
from math import inf
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybeat.modules.insights.domain.associations import TAU, WINDOW, Association, Day, associations, shrunk
from daybeat.modules.insights.domain.regression import Slope

MONDAY = date(2026, 3, 2)
DONE = st.sampled_from([True, False, None])
MOODS = st.one_of(st.none(), st.floats(1, 5))
LIVES = st.lists(st.tuples(MOODS, DONE, DONE), max_size=80)


def lived(count: int, mood: Callable[[int, bool], float | None], done: Callable[[int], bool | None]) -> list[Day]:
    """Live so many days with one habit; the mood may depend on the day's number and on whether it was done."""
    doings = [done(number) for number in range(count)]
    return [
        Day(MONDAY + timedelta(number), mood(number, bool(doing)), {"walk": doing})
        for number, doing in enumerate(doings)
    ]


def judged(days: list[Day], after: int = 0) -> Association:
    """Judge the one habit on the last of the days, or so many days later."""
    (only,) = associations(days, days[-1].date + timedelta(after))
    return only


def luck(of: object) -> Random:
    """Give dice that fall the same way in every run."""
    return Random(str(of))  # noqa: S311


def by_luck(number: int) -> bool:
    return luck(f"walk/{number}").random() < 0.5


def unsteady(number: int, lift: float = 0.0) -> float:
    return 3 + luck(f"mood/{number}").gauss(0, 0.6) + lift


def is_weekend(number: int) -> bool:
    return number % 7 >= 5


class TestEnough:
    def test_29_days_are_too_few_and_30_are_enough(self) -> None:
        assert judged(lived(29, lambda n, _: unsteady(n), lambda n: n % 2 == 0)).verdict == "too little data"
        assert judged(lived(30, lambda n, _: unsteady(n), lambda n: n % 2 == 0)).verdict != "too little data"

    @pytest.mark.parametrize("rare", [True, False])
    def test_each_side_needs_eight_days(self, rare: bool) -> None:  # noqa: FBT001
        seven = judged(lived(60, lambda n, _: unsteady(n), lambda n: rare if n % 8 == 7 else not rare))
        assert (seven.verdict, min(seven.done, seven.not_done)) == ("too little data", 7)
        eight = judged(lived(64, lambda n, _: unsteady(n), lambda n: rare if n % 8 == 7 else not rare))
        assert (eight.verdict == "too little data", min(eight.done, eight.not_done)) == (False, 8)

    def test_the_date_follows_the_pace(self) -> None:
        days = lived(20, lambda n, _: unsteady(n), lambda n: n % 2 == 0)
        assert judged(days).enough_on == days[-1].date + timedelta(10)

    def test_the_rarest_side_decides_about_the_date(self) -> None:
        days = lived(28, lambda n, _: unsteady(n), lambda n: n % 7 != 0)  # four of eight, one a week
        assert judged(days).enough_on == days[-1].date + timedelta(28)

    def test_there_is_enough_on_the_promised_day_when_life_goes_on(self) -> None:
        days = lived(90, lambda n, _: unsteady(n) if n % 3 else None, lambda n: n % 4 == 1)
        promised = judged(days[:28]).enough_on
        assert promised is not None
        until = [day for day in days if day.date <= promised]
        assert judged(until).verdict != "too little data"

    def test_what_is_always_done_has_no_date(self) -> None:
        always = judged(lived(100, lambda n, _: unsteady(n), lambda _: True))
        assert (always.verdict, always.n, always.enough_on) == ("too little data", 100, None)

    def test_who_stopped_has_no_date(self) -> None:
        assert judged(lived(20, lambda n, _: unsteady(n), by_luck), after=40).enough_on is None

    def test_days_without_a_mood_or_a_word_do_not_count(self) -> None:
        days = lived(60, lambda n, _: unsteady(n) if n % 2 else None, lambda n: None if n % 3 == 0 else by_luck(n))
        assert judged(days).n == 20

    def test_a_habit_of_which_nothing_is_known_is_named(self) -> None:
        never = judged(lived(40, lambda n, _: unsteady(n), lambda _: None))
        assert (never.verdict, never.n, never.enough_on, never.p) == ("too little data", 0, None, None)

    def test_a_year_is_looked_back_upon(self) -> None:
        days = lived(WINDOW + 100, lambda n, _: unsteady(n), by_luck)
        assert judged(days).n == WINDOW

    def test_without_days_nothing_is_said(self) -> None:
        assert associations([], MONDAY) == ()


class TestVerdict:
    def test_what_lifts_the_mood_is_found_with_its_size(self) -> None:
        found = judged(lived(90, lambda n, done: unsteady(n, 0.8 * done), by_luck))
        assert (found.verdict, found.n) == ("finding", 90)
        assert found.effect is not None
        assert found.effect.low < 0.8 < found.effect.high
        assert 0 < found.effect.low < found.effect.points

    def test_what_goes_with_worse_days_is_found_below_0(self) -> None:
        found = judged(lived(90, lambda n, done: unsteady(n, -0.8 * done), by_luck))
        assert found.verdict == "finding"
        assert found.effect is not None
        assert found.effect.high < 0

    def test_a_walk_at_weekends_is_not_praised_for_the_weekend(self) -> None:
        found = judged(lived(90, lambda n, _: unsteady(n, is_weekend(n)), is_weekend))
        assert (found.verdict, found.p) == ("nothing", 1.0)
        assert found.effect is not None
        assert found.effect.points == 0

    def test_two_things_that_rise_together_are_not_each_others_doing(self) -> None:
        found = judged(lived(90, lambda n, _: unsteady(n, n / 45), lambda n: luck(f"up/{n}").random() < n / 90))
        assert found.verdict == "nothing"

    def test_a_mood_that_never_moves_goes_with_nothing(self) -> None:
        found = judged(lived(60, lambda _n, _: 3.3, by_luck))
        assert (found.verdict, found.p, found.q) == ("nothing", 1.0, 1.0)

    def test_among_many_habits_the_same_p_says_less(self) -> None:
        alone = lived(60, lambda n, done: unsteady(n, 0.5 * done), by_luck)
        others = {f"other {at}": at for at in range(9)}
        among = [
            Day(day.date, day.mood, {**day.done} | {name: luck(f"{name}/{day.date}").random() < 0.5 for name in others})
            for day in alone
        ]
        one, of_ten = judged(alone), associations(among, among[-1].date)[0]
        assert one.p == of_ten.p
        assert one.q is not None
        assert of_ten.q is not None
        assert one.q < of_ten.q

    def test_habits_with_too_little_data_cost_the_others_nothing(self) -> None:
        alone = lived(60, lambda n, done: unsteady(n, 0.5 * done), by_luck)
        among = [Day(day.date, day.mood, {**day.done, "always": True}) for day in alone]
        assert associations(among, among[-1].date)[0] == judged(alone)


class TestEffect:
    def test_half_is_left_where_the_error_is_as_large_as_what_is_usual(self) -> None:
        effect = shrunk(Slope(0.8, TAU, 50))
        assert effect.points == pytest.approx(0.4)
        assert effect.high - effect.points == pytest.approx(effect.points - effect.low)

    def test_what_is_known_well_is_left_alone(self) -> None:
        assert shrunk(Slope(0.8, 0.001, 50)).points == pytest.approx(0.8, abs=1e-4)

    def test_of_the_unknown_only_the_usual_range_is_left(self) -> None:
        effect = shrunk(Slope(0.0, inf, 0))
        assert effect.points == 0
        assert (effect.low, effect.high) == pytest.approx((-0.588, 0.588))


class TestAnyLife:
    @settings(max_examples=60)
    @given(LIVES)
    def test_whatever_is_recorded_the_answer_is_whole(
        self, life: list[tuple[float | None, bool | None, bool | None]]
    ) -> None:
        days = [Day(MONDAY + timedelta(at), mood, {"a": a, "b": b}) for at, (mood, a, b) in enumerate(life)]
        today = MONDAY + timedelta(len(days))
        answers = associations(days, today)
        assert [of.habit for of in answers] == (["a", "b"] if days else [])
        for of in answers:
            if of.effect is None or of.p is None or of.q is None:
                assert of.verdict == "too little data"
                assert of.enough_on is None or of.enough_on > today
            else:
                assert 0 <= of.p <= of.q <= 1
                assert of.effect.low <= of.effect.points <= of.effect.high

    @given(st.randoms(use_true_random=False))
    @settings(max_examples=10)
    def test_the_order_in_which_days_are_told_does_not_matter(self, dice: Random) -> None:
        days = lived(50, lambda n, done: unsteady(n, 0.5 * done), by_luck)
        shuffled = dice.sample(days, len(days))
        assert associations(shuffled, days[-1].date) == associations(days, days[-1].date)
