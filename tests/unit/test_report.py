"""What a report says: the figures add up, and the advice is the one thing that helps most."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.insights.domain.report import EASY, HARD, STRONG, WORTH_PROTECTING, Lived, Summary, summary


def lived(title: str = "Read", **known: Any) -> Lived:
    """Give a habit that was due and done, and about which nothing is remarkable."""
    usual = {"due": 1, "done": 1, "streak": 3, "unit": "day", "strength": 0.5, "rate_30d": 0.7}
    return Lived(title=title, **{**usual, **known})


def advised(*habits: Lived) -> tuple[str, str | None]:
    said = summary(habits)
    return said.advice, said.about.title if said.about else None


AT_STAKE = lived("at stake", done=0, streak=WORTH_PROTECTING)
HARD_ONE = lived("hard", done=0, streak=2, strength=0.2, rate_30d=0.2)
FALLEN = lived("fallen", done=0, streak=0)
EASY_ONE = lived("easy", strength=STRONG, streak=EASY)

HABITS = st.builds(
    Lived,
    title=st.sampled_from(["Read", "Run", "Write"]),
    due=st.integers(0, 7),
    done=st.integers(0, 7),
    streak=st.integers(0, 40),
    unit=st.sampled_from(["day", "week", "month"]),
    strength=st.floats(0, 1),
    rate_30d=st.one_of(st.none(), st.floats(0, 1)),
    avoids=st.booleans(),
)


def test_nothing_came_to_nothing() -> None:
    assert summary([]) == Summary(completed=0, due=0, best=None, advice="begin", about=None)


def test_what_was_done_on_days_that_asked_for_nothing_does_not_count() -> None:
    said = summary([lived(due=1, done=3), lived(due=2, done=1), lived(due=0, done=1)])
    assert (said.completed, said.due) == (2, 3)


@pytest.mark.parametrize(
    ("streaks", "best"),
    [
        ([(3, "day"), (5, "day")], 1),
        ([(20, "day"), (3, "week")], 1),
        ([(22, "day"), (3, "week")], 0),
        ([(8, "week"), (2, "month")], 1),
        ([(4, "week"), (28, "day")], 0),
    ],
)
def test_the_best_streak_is_the_one_that_took_the_most_days(streaks: list[tuple[int, str]], best: int) -> None:
    habits = [lived(str(n), streak=streak, unit=unit) for n, (streak, unit) in enumerate(streaks)]
    assert summary(habits).best is habits[best]


def test_there_is_no_best_streak_where_there_is_none() -> None:
    assert summary([lived(streak=0), lived(streak=0)]).best is None


@pytest.mark.parametrize(
    ("habits", "advice"),
    [
        ([AT_STAKE, HARD_ONE, FALLEN, EASY_ONE], ("protect", "at stake")),
        ([EASY_ONE, FALLEN, HARD_ONE], ("lower", "hard")),
        ([EASY_ONE, FALLEN], ("restart", "fallen")),
        ([EASY_ONE, lived()], ("raise", "easy")),
        ([lived()], ("keep", None)),
    ],
    ids=["a streak at stake", "what is hard", "what has fallen", "what is easy", "nothing remarkable"],
)
def test_what_is_nearest_to_slipping_comes_first(habits: list[Lived], advice: tuple[str, str | None]) -> None:
    assert advised(*habits) == advised(*reversed(habits)) == advice


def test_a_streak_is_only_at_stake_while_the_day_is_open_and_when_it_is_a_week() -> None:
    assert advised(lived(done=1, streak=WORTH_PROTECTING)) == ("keep", None)
    assert advised(lived(done=0, streak=WORTH_PROTECTING - 1)) == ("keep", None)
    assert advised(lived(done=0, streak=1, unit="week")) == ("protect", "Read")


def test_the_longest_of_the_streaks_at_stake_is_named() -> None:
    assert advised(AT_STAKE, lived("older", done=0, streak=2, unit="month")) == ("protect", "older")


def test_only_what_is_both_rare_and_weak_is_hard() -> None:
    assert advised(lived(done=0, streak=2, strength=HARD, rate_30d=0.1)) == ("keep", None)
    assert advised(lived(done=0, streak=2, strength=0.1, rate_30d=HARD)) == ("keep", None)
    assert advised(lived(done=0, streak=2, strength=0.1, rate_30d=None)) == ("keep", None)
    assert advised(HARD_ONE, lived("harder", done=0, streak=2, strength=0.1, rate_30d=0.3)) == ("lower", "harder")


def test_the_strongest_of_what_has_fallen_is_begun_again() -> None:
    assert advised(FALLEN, lived("stronger", done=0, streak=0, strength=0.8)) == ("restart", "stronger")


def test_only_what_is_strong_and_long_is_easy() -> None:
    assert advised(lived(strength=STRONG - 0.01, streak=EASY)) == ("keep", None)
    assert advised(lived(strength=STRONG, streak=EASY - 1)) == ("keep", None)


def test_habits_that_ask_for_nothing_are_kept_as_they_are() -> None:
    assert advised(lived(due=0, done=0, streak=0, strength=0.1, rate_30d=0.1)) == ("keep", None)


def test_what_is_to_be_left_alone_is_not_to_be_checked_in_or_raised_or_made_smaller() -> None:
    slipped = lived("No sugar", done=0, streak=0, strength=0.1, rate_30d=0.1, avoids=True)
    assert advised(slipped) == ("keep", None)
    assert advised(lived("No sugar", strength=1.0, streak=30, avoids=True)) == ("keep", None)
    assert advised(lived("No sugar", done=0, streak=9, avoids=True)) == ("protect", "No sugar")


@given(st.lists(HABITS, max_size=6))
def test_the_figures_and_the_advice_always_fit_together(habits: list[Lived]) -> None:
    said = summary(habits)
    assert 0 <= said.completed <= said.due
    assert (said.advice == "begin") == (not habits)
    assert (said.about is None) == (said.advice in {"begin", "keep"})
    assert said.about is None or said.about in habits
    assert said.best is None or said.best.streak > 0
    if said.advice in {"protect", "lower", "restart"}:
        assert said.about is not None
        assert said.about.done < said.about.due
