"""What a goal's figures say: progress, pace, and a range of days for when it will be reached."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.goals.domain.forecast import (
    EARLY,
    FARTHEST,
    LATE,
    MIDDLE,
    Futures,
    fan,
    foresee,
    is_early,
    recent_weeks,
    verdict,
)
from daybeat.modules.goals.domain.progress import pace, reached_on, running, total
from daybeat.modules.goals.domain.states import state_of
from tests.support.days import days_of

START = date(2026, 1, 1)
AMOUNTS = st.lists(st.floats(0, 1000), min_size=0, max_size=200)


def day(number: int) -> date:
    return START + timedelta(number)


def lived(amounts: list[float]) -> dict[date, float]:
    return {each: amount for each, amount in zip(days_of(START, len(amounts)), amounts, strict=True) if amount}


def test_tenths_add_up_to_what_people_expect() -> None:
    assert total([0.1] * 3) == 0.3
    assert total([0.1, 0.2]) == total([0.2, 0.1]) == 0.3


@pytest.mark.parametrize(("days", "expected"), [(1, 2.0), (10, 2.0), (28, 2.0), (56, 2.0)])
def test_pace_is_what_a_day_brought_of_late(days: int, expected: float) -> None:
    assert pace(lived([2.0] * days), START, day(days - 1)) == expected


def test_a_goal_that_begins_tomorrow_has_no_pace() -> None:
    """Whoever travels west, or turns the day over later, is back before the day on which the goal was set."""
    assert pace({date(2026, 3, 3): 5.0}, date(2026, 3, 3), date(2026, 3, 2)) == 0.0


def test_pace_forgets_what_is_older_than_four_weeks() -> None:
    assert pace(lived([100.0] * 10 + [0.0] * 30), START, day(39)) == 0.0
    assert pace(lived([100.0] * 10 + [0.0] * 26 + [28.0]), START, day(36)) == pytest.approx((100 + 28) / 28)


def test_a_goal_was_reached_on_the_day_that_made_it_enough() -> None:
    added = lived([1.0, 2.0, 3.0])
    assert running(added) == [(day(0), 1.0), (day(1), 3.0), (day(2), 6.0)]
    assert (reached_on(added, 3.0), reached_on(added, 3.1), reached_on(added, 7.0)) == (day(1), day(2), None)


def test_what_was_taken_back_is_not_reached_any_more() -> None:
    assert reached_on({day(0): 10.0, day(3): -5.0}, 10.0) is None


def test_a_reached_goal_is_completed_unless_its_owner_says_otherwise() -> None:
    assert state_of(None, 9.9, 10) == "active"
    assert state_of(None, 10, 10) == "completed"
    assert state_of("reopened", 10, 10) == "active"
    assert state_of("completed", 1, 10) == "completed"
    assert state_of("archived", 10, 10) == "archived"


@pytest.mark.parametrize("days", [0, 1, 20])
def test_before_three_whole_weeks_it_is_too_early(days: int) -> None:
    today = day(days)
    assert recent_weeks(lived([1.0] * days), START, today) is None
    assert is_early(lived([1.0] * days), START, today)
    assert verdict(None, day(100), today, early=True) == "too early to say"


def test_a_day_of_which_nothing_is_known_belongs_to_the_future() -> None:
    before, after = lived([1.0] * 21), lived([1.0] * 22)
    assert recent_weeks(before, START, day(21)).following == day(21)  # type: ignore[union-attr]
    assert recent_weeks(after, START, day(21)).following == day(22)  # type: ignore[union-attr]
    assert not is_early(lived([1.0] * 21), START, day(20))


def test_weeks_are_whole_and_end_with_the_last_day_that_is_known() -> None:
    weeks = recent_weeks(lived([float(number) for number in range(1, 24)]), START, day(23))
    assert weeks is not None
    assert [week[0] for week in weeks.days] == [3.0, 10.0, 17.0]


def test_nothing_for_a_long_time_foresees_nothing() -> None:
    assert recent_weeks({START: 5.0}, START, day(200)) is None
    assert verdict(None, day(300), day(200), early=False) == "behind"


def foreseen(amounts: list[float], remaining: float, seed: str = "a goal") -> Futures:
    weeks = recent_weeks(lived(amounts), START, day(len(amounts)))
    assert weeks is not None
    return foresee(weeks, remaining, seed)


def test_what_was_taken_back_foresees_nothing() -> None:
    added = {START: 0.1, day(1): 0.2, day(7): -0.1, day(8): -0.2}
    assert recent_weeks(added, START, day(21)) is None


def test_the_same_goal_foresees_the_same_futures() -> None:
    amounts = [float(number % 3) for number in range(70)]
    assert foreseen(amounts, 100) == foreseen(amounts, 100)
    assert foreseen(amounts, 100) != foreseen(amounts, 100, "another goal")


def test_one_a_day_takes_about_as_many_days_as_remain() -> None:
    futures = foreseen([1.0] * 84, 50)
    likely = futures.after(MIDDLE)
    assert likely is not None
    assert abs((likely - day(84 + 49)).days) <= 2
    assert futures.after(EARLY) < likely < futures.after(LATE)  # type: ignore[operator]


def test_weekdays_stay_where_they_were() -> None:
    sundays_only = [1.0 if day(number).weekday() == 6 else 0.0 for number in range(70)]
    futures = foreseen(sundays_only, 3)
    found = {futures.first + timedelta(days=each - 1) for each in futures.days}
    assert {each.weekday() for each in found} == {6}


def test_a_range_that_nobody_can_see_the_end_of_has_none() -> None:
    futures = foreseen([0.001] * 84, 10_000)
    assert [futures.after(share) for share in (EARLY, MIDDLE, LATE)] == [None, None, None]
    assert futures.chance(day(FARTHEST)) == 0.0
    assert verdict(futures, day(200), day(84), early=False) == "behind"


def test_a_deadline_is_kept_or_missed() -> None:
    futures = foreseen([1.0] * 84, 50)
    assert verdict(futures, day(84 + 100), day(84), early=False) == "on pace"
    assert verdict(futures, day(84 + 10), day(84), early=False) == "behind"
    assert verdict(futures, None, day(84), early=False) is None
    assert verdict(futures, day(83), day(84), early=True) == "behind"


@given(AMOUNTS, st.floats(0.01, 1e6))
def test_futures_come_in_order_and_never_before_tomorrow(amounts: list[float], remaining: float) -> None:
    added, today = lived(amounts), day(len(amounts))
    weeks = recent_weeks(added, START, today)
    if weeks is None:
        return
    futures = foresee(weeks, remaining, "x")
    assert all(one <= other for one, other in pairwise(futures.days))
    assert futures.days[0] >= 1


def test_the_fan_widens_from_where_the_goal_stands() -> None:
    weeks = recent_weeks(lived([float(number % 4) for number in range(84)]), START, day(84))
    assert weeks is not None
    points = fan(weeks, 100.0, "x", 10)
    assert [end for end, _ in points] == [day(84 + 7 * number + 6) for number in range(10)]
    widths = [high - low for _, (low, _, high) in points]
    assert all(low <= middle <= high for _, (low, middle, high) in points)
    assert widths[0] < widths[-1]
