"""How often a message is tried, when it is given up, and how fast a place may be written to."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.notifications.domain.attempts import (
    FIRST_WAIT,
    LONGEST_ASKED,
    LONGEST_WAIT,
    TRIED_FOR,
    Waiting,
    wait_after,
)
from daybeat.modules.notifications.domain.pace import Rhythm, limit_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LITTLE = 1e-6
RATES = st.sampled_from([0.2, 0.5, 1.0, 2.0, 5.0, 30.0])
PAUSES = st.lists(st.floats(0, 5), min_size=1, max_size=60)
"""Seconds between one message that wants to go and the next."""


def seconds(attempts: int, asked: float | None = None) -> float:
    return wait_after(attempts, asked).total_seconds()


def test_each_wait_is_longer_up_to_five_minutes() -> None:
    assert [seconds(n) for n in range(9)] == [2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert seconds(10**9) == LONGEST_WAIT


@pytest.mark.parametrize(
    ("asked", "waited"),
    [
        (None, 16.0),
        (0.0, 16.0),
        (1.0, 16.0),
        (60.0, 60.0),
        (3600.0, 3600.0),
        (1e9, LONGEST_ASKED),
        (inf, LONGEST_ASKED),
    ],
)
def test_the_other_side_gets_the_time_it_asks_for_but_no_more_than_an_hour(asked: float | None, waited: float) -> None:
    assert seconds(3, asked) == waited


@pytest.mark.parametrize("asked", [-1.0, -inf, nan])
def test_nonsense_that_is_asked_for_changes_nothing(asked: float) -> None:
    assert seconds(0, asked) == FIRST_WAIT


@given(st.integers(0, 10_000), st.one_of(st.none(), st.floats()))
def test_no_wait_is_shorter_than_the_first_or_longer_than_an_hour(attempts: int, asked: float | None) -> None:
    assert FIRST_WAIT <= seconds(attempts, asked) <= LONGEST_ASKED


def test_a_message_is_tried_for_a_day() -> None:
    waiting = Waiting(NOON, 5, None)
    assert waiting.gives_up_at == NOON + TRIED_FOR
    assert not waiting.is_late(NOON + TRIED_FOR - timedelta(seconds=1))
    assert waiting.is_late(NOON + TRIED_FOR)


def test_what_helps_nobody_any_more_is_not_tried_for_a_day() -> None:
    assert Waiting(NOON, 0, NOON + timedelta(hours=2)).gives_up_at == NOON + timedelta(hours=2)
    assert Waiting(NOON, 0, NOON + timedelta(days=7)).gives_up_at == NOON + TRIED_FOR
    assert Waiting(NOON, 0, NOON - timedelta(hours=1)).is_late(NOON)


def sent(rate: float, pauses: list[float]) -> list[float]:
    """Let messages come with these pauses; gives when each goes out."""
    rhythm, now, times = Rhythm(rate), 1000.0, []
    for pause in pauses:
        now += pause
        times.append(now + rhythm.take(now))
    return times


def test_what_comes_at_once_goes_out_evenly() -> None:
    assert sent(2.0, [0.0] * 4) == pytest.approx([1000, 1000.5, 1001, 1001.5])
    assert sent(0.5, [0.0] * 3) == pytest.approx([1000, 1002, 1004])


def test_nothing_is_saved_up_in_a_pause() -> None:
    assert sent(1.0, [0.0, 60.0, 0.0]) == pytest.approx([1000, 1060, 1061])


@given(RATES, PAUSES)
def test_messages_keep_their_order_and_their_distance(rate: float, pauses: list[float]) -> None:
    times = sent(rate, pauses)
    assert all(later - earlier >= 1 / rate - LITTLE for earlier, later in pairwise(times))


@given(RATES, PAUSES)
def test_nobody_waits_longer_than_for_those_before(rate: float, pauses: list[float]) -> None:
    wanted = list(accumulate(pauses, initial=1000.0))[1:]
    free_at = 0.0
    for asked, time in zip(wanted, sent(rate, pauses), strict=True):
        assert time == pytest.approx(max(asked, free_at))
        free_at = time + 1 / rate


@pytest.mark.parametrize(
    ("rate", "limit"),
    [(30.0, "30/1 second"), (1.0, "1/1 second"), (2.5, "2/1 second"), (0.5, "1/2 seconds"), (0.3, "1/4 seconds")],
)
def test_a_pace_that_several_processes_count_together_is_never_faster(rate: float, limit: str) -> None:
    assert limit_of(rate) == limit
