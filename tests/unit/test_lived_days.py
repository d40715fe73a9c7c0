"""What insights are told of every day of a habit equals what the slow way says of it."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from daybeat.modules.habits.domain.streaks import closed, seed
from daybeat.modules.habits.living import Lived, lived
from tests.support.lives import history_of, lives
from tests.support.oracle import Life, judge, verdicts_of


def lived_through(life: Life) -> list[Lived]:
    return list(lived(history_of(life), life.start, life.today, None))


@settings(max_examples=100)
@given(lives(longest=70))
def test_verdicts_and_strengths_are_those_of_the_slow_recomputation(life: Life) -> None:
    note(life)
    days = lived_through(life)
    assert [day.face.date for day in days] == life.days()
    told = {day.face.date: day.verdict for day in days if day.verdict is not None}
    assert told == {day: verdict for day, verdict in verdicts_of(life) if verdict is not None}
    assert days[-1].strength == pytest.approx(judge(life).strength)


@settings(max_examples=50)
@given(lives(longest=70), st.data())
def test_going_on_from_a_kept_tally_tells_the_same_days(life: Life, data: st.DataObject) -> None:
    assume(life.today > life.start)
    kept_on = data.draw(st.dates(life.start, life.today - timedelta(1)))
    history, since = history_of(life), kept_on + timedelta(1)
    again = list(lived(history, since, life.today, closed(seed(history), history, kept_on)))
    afresh = [day for day in lived_through(life) if day.face.date >= since]
    assert again == afresh


@settings(max_examples=50)
@given(lives(longest=70))
def test_an_occurrence_begins_where_the_one_before_has_ended(life: Life) -> None:
    spans = [(day.since, day.face.date) for day in lived_through(life) if day.since is not None]
    assert all(first <= last for first, last in spans)
    assert all(last < first for (_, last), (first, _) in itertools.pairwise(spans))
