"""Where a nudge moves: towards when it is usually done, slowly, never into forbidden minutes, and back when told so."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from daybeat.modules.reminders.domain.nudging import (
    DECAY,
    ENOUGH,
    LEAD,
    STEP,
    Learned,
    begin,
    learn,
    reason,
    settle,
    undo,
)

FIRST = date(2026, 3, 2)
DAY = 24 * 60
MINUTES = st.integers(0, DAY - 1)
WEEK = 7
HOUR = 60
LIVES = st.lists(st.lists(MINUTES, max_size=4), min_size=1, max_size=40)
"""Minutes of unprompted check-ins, day by day."""
QUIET = st.lists(st.tuples(MINUTES, st.integers(1, DAY - 1)), max_size=3)
"""Begins and lengths of stretches in which no nudge may come."""


def outside(quiet: list[tuple[int, int]]) -> Callable[[int], bool]:
    return lambda minute: all((minute - begins) % DAY >= length for begins, length in quiet)


def apart(one: int, other: int) -> int:
    """Give the minutes between two times of the day, the short way round."""
    return min((one - other) % DAY, (other - one) % DAY)


def live(learned: Learned, days: list[list[int]], allowed: Callable[[int], bool] = lambda _: True) -> list[Learned]:
    """Give what is known after each day."""
    known, first = [learned], learned.moved_on or FIRST
    for number, minutes in enumerate(days):
        day = first + timedelta(number)
        for minute in minutes:
            learned = learn(learned, minute, day)
        learned = settle(learned, day + timedelta(1), allowed)
        known.append(learned)
    return known


def always(minute: int, days: int) -> list[list[int]]:
    return [[minute] for _ in range(days)]


def weight(learned: Learned) -> float:
    return sum(each for _, each in learned.weights)


def test_a_nudge_begins_at_the_users_own_time_without_a_reason() -> None:
    assert begin(1200) == Learned(own=1200, at=1200, weights=(), moved_on=None, count=0)
    assert reason(begin(1200)) == ""


def test_nothing_moves_before_six_unprompted_check_ins() -> None:
    known = live(begin(1200), always(800, ENOUGH + 1))
    assert [each.at for each in known[:ENOUGH]] == [1200] * ENOUGH
    assert known[ENOUGH].at == 1200 - STEP


def test_a_nudge_comes_a_little_before_it_is_usually_done() -> None:
    last = live(begin(1200), always(1080, 40))[-1]
    assert apart(last.at, 1080 - LEAD) <= STEP
    assert last.at < 1080


@pytest.mark.parametrize(("minute", "said"), [(460, "7:40"), (1080, "18:00"), (5, "0:05"), (724, "12:05")])
def test_the_reason_names_the_usual_time(minute: int, said: str) -> None:
    last = live(begin((minute + 120) % DAY), always(minute, 20))[-1]
    assert reason(last) == f"You usually do this at {said}."


def test_midnight_is_no_wall() -> None:
    """Half of the check-ins just before midnight, half just after it: the middle is midnight, not noon."""
    days = [[1430 if number % 2 else 10] for number in range(60)]
    last = live(begin(22 * 60), days)[-1]
    assert apart(last.at, DAY - LEAD) <= STEP
    assert reason(last) == "You usually do this at 0:00."


def test_a_few_check_ins_do_not_outweigh_the_users_wish() -> None:
    days = [[1200 + number % 3] for number in range(20)] + [[600]]
    assert apart(live(begin(1190), days)[-1].at, 1190) <= STEP


def test_a_nudge_follows_a_habit_that_moves() -> None:
    known = live(begin(1200), always(1080, 40) + always(780, 90))
    assert apart(known[41].at, 1080 - LEAD) <= STEP
    assert apart(known[-1].at, 780 - LEAD) <= STEP


def test_settling_twice_on_a_day_changes_nothing() -> None:
    learned = live(begin(1200), always(900, 12))[-1]
    assert learned.moved_on is not None
    assert settle(learned, learned.moved_on) is learned
    assert settle(learned, learned.moved_on - timedelta(3)) is learned


def test_days_without_settling_age_what_was_learned_but_allow_one_step() -> None:
    learned = live(begin(1200), always(900, 12))[-1]
    assert learned.moved_on is not None
    later = settle(learned, learned.moved_on + timedelta(10))
    assert weight(later) == pytest.approx(weight(learned) * DECAY**10, rel=1e-3)
    assert apart(later.at, learned.at) == STEP


def test_a_check_in_that_comes_late_counts_by_its_age() -> None:
    today = settle(begin(1200), FIRST)
    assert weight(learn(today, 600, FIRST - timedelta(5))) == pytest.approx(DECAY**5, rel=1e-3)
    ahead = settle(learn(today, 600, FIRST + timedelta(5)), FIRST + timedelta(5))
    assert weight(ahead) == pytest.approx(1, rel=1e-3)


@pytest.mark.parametrize("years", [-900, 900])
def test_days_far_away_do_no_harm(years: int) -> None:
    far = FIRST + timedelta(365 * years)
    assert settle(learn(learn(begin(60), 60, FIRST), 60, far), FIRST + timedelta(1)).count == 2


def test_old_check_ins_are_forgotten_and_the_wish_holds_again() -> None:
    known = live(begin(1200), always(1080, 30) + [[]] * 200)
    assert known[-1].weights == ()
    assert known[-1].at == 1200
    assert reason(known[-1]) == ""


def test_quiet_hours_end_the_way() -> None:
    """Done at seven, while nobody may be nudged before eight: as near as it goes."""
    last = live(begin(12 * 60), always(7 * 60, 90), lambda minute: 8 * 60 <= minute < 22 * 60)[-1]
    assert 8 * 60 <= last.at < 8 * 60 + STEP


def test_a_nudge_does_not_leap_over_quiet_hours_nor_go_round_the_day() -> None:
    """It waits at their edge, where there is most to be hoped for."""
    last = live(begin(12 * 60), always(15 * 60 + 10, 160), outside([(13 * 60, 120)]))[-1]
    assert 13 * 60 - STEP <= last.at < 13 * 60


def test_a_nudge_that_stands_where_it_may_no_longer_be_leaves_when_allowed_minutes_are_near() -> None:
    learned = live(begin(1200), always(1215, 12))[-1]
    assert learned.moved_on is not None
    day = learned.moved_on + timedelta(1)
    assert settle(learned, day, lambda minute: minute < 1205).at == learned.at - STEP
    assert settle(learned, day, lambda minute: minute < 600).at == learned.at


@settings(max_examples=150)
@given(MINUTES, LIVES, QUIET)
def test_no_week_moves_a_nudge_by_more_than_an_hour(
    own: int, days: list[list[int]], quiet: list[tuple[int, int]]
) -> None:
    ats = [each.at for each in live(begin(own), days, outside(quiet))]
    for start in range(len(ats)):
        week = ats[start : start + WEEK + 1]
        moved = sum(apart(*pair) for pair in pairwise(week))
        assert moved <= HOUR


@settings(max_examples=150)
@given(MINUTES, LIVES, QUIET)
def test_a_nudge_never_moves_into_a_forbidden_minute(
    own: int, days: list[list[int]], quiet: list[tuple[int, int]]
) -> None:
    allowed = outside(quiet)
    known = live(begin(own), days, allowed)
    for before, after in pairwise(known):
        assert after.at == before.at or allowed(after.at)


@settings(max_examples=40, deadline=None)
@given(MINUTES, MINUTES, st.integers(0, 40), st.integers(0, 2**16))
def test_a_nudge_converges_to_a_stable_habit(own: int, usual: int, spread: int, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - a simulation, not a secret
    days = [[round(dice.gauss(usual, spread)) % DAY] for _ in range(150)]
    ats = [each.at for each in live(begin(own), days)]
    for at in ats[-20:]:
        # A dozen or two of check-ins are in view, so their mode strays from the true one by a part of the spread.
        assert apart(at, (usual - LEAD) % DAY) <= STEP + 1.2 * spread


@given(MINUTES, st.lists(MINUTES, min_size=2, max_size=12), st.randoms(use_true_random=False))
@example(1200, [1439, 0, 23, 25, 24, 1], Random(1))  # noqa: S311 - a simulation, not a secret
def test_the_order_of_a_days_check_ins_does_not_matter(own: int, minutes: list[int], dice: Random) -> None:
    shuffled = dice.sample(minutes, len(minutes))
    before = always(600, 5)
    assert live(begin(own), [*before, minutes]) == live(begin(own), [*before, shuffled])


@given(MINUTES, LIVES)
def test_what_is_kept_stays_small(own: int, days: list[list[int]]) -> None:
    for each in live(begin(own), days):
        assert len(each.weights) <= 64
        assert all(0 <= minute < DAY and weight >= 0 for minute, weight in each.weights)
        assert each.count <= sum(map(len, days))
        assert 0 <= each.at < DAY


@given(MINUTES, LIVES)
def test_undo_brings_back_the_users_own_time_and_forgets(own: int, days: list[list[int]]) -> None:
    assert undo(live(begin(own), days)[-1]) == begin(own)


@given(MINUTES, LIVES)
def test_a_reason_is_given_where_and_only_where_the_nudge_left_the_users_time(own: int, days: list[list[int]]) -> None:
    last = live(begin(own), days)[-1]
    assert bool(reason(last)) == (last.at != own)
