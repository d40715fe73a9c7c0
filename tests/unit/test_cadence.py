"""When to ask: over time zones, clock changes and quiet hours; and when to leave people in peace."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from daybeat.modules.reminders.domain.cadence import Cadence, QuietHours
from daybeat.modules.reminders.domain.patience import FRESH, REST, Patience
from daybeat.modules.reminders.domain.wall_clock import instant_of

PARIS = ZoneInfo("Europe/Paris")
ZONES = [
    *("UTC", "Europe/Paris", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"),
    *("Pacific/Chatham", "Africa/Casablanca", "America/Sao_Paulo", "Atlantic/Azores", "Pacific/Kiritimati"),
]
NIGHT = QuietHours(time(22), time(8))
MINUTES = st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0))
QUIET = st.one_of(
    st.none(), st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: QuietHours(*pair))
)
INSTANTS = st.datetimes(datetime(2019, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))
CADENCES = st.builds(
    Cadence,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    every=st.integers(1, 24 * 60).map(lambda minutes: timedelta(minutes=minutes)),
    quiet=QUIET,
)
TIMED = st.builds(
    Cadence,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    times=st.lists(MINUTES, min_size=1, max_size=5, unique=True).map(tuple),
    quiet=QUIET,
)


def slots(cadence: Cadence, after: datetime, count: int) -> list[datetime]:
    found: list[datetime] = []
    for _ in range(count):
        slot = cadence.next_slot(found[-1] if found else after)
        if slot is None:
            break
        found.append(slot)
    return found


def local(zone: ZoneInfo, instants: list[datetime]) -> list[str]:
    return [f"{each.astimezone(zone):%d %H:%M}" for each in instants]


def test_every_four_hours_begins_when_quiet_hours_end() -> None:
    cadence = Cadence(PARIS, every=timedelta(hours=4), quiet=NIGHT)
    found = slots(cadence, datetime(2026, 3, 1, 20, tzinfo=UTC), 5)
    assert local(PARIS, found) == ["02 08:00", "02 12:00", "02 16:00", "02 20:00", "03 08:00"]


def test_waking_hours_may_reach_past_midnight() -> None:
    cadence = Cadence(PARIS, every=timedelta(hours=5), quiet=QuietHours(time(3), time(11)))
    found = slots(cadence, datetime(2026, 3, 2, 9, tzinfo=UTC), 5)
    assert local(PARIS, found) == ["02 11:00", "02 16:00", "02 21:00", "03 02:00", "03 11:00"]


def test_a_time_the_clock_jumps_over_is_the_moment_of_the_jump() -> None:
    cadence = Cadence(PARIS, times=(time(2, 30), time(9)))
    found = slots(cadence, datetime(2026, 3, 28, 12, tzinfo=UTC), 3)
    assert local(PARIS, found) == ["29 03:00", "29 09:00", "30 02:30"]


def test_a_time_that_comes_twice_is_asked_once() -> None:
    cadence = Cadence(PARIS, times=(time(2, 30),))
    found = slots(cadence, datetime(2026, 10, 24, 12, tzinfo=UTC), 2)
    assert found == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)]


def test_a_date_that_a_place_skipped_has_no_times() -> None:
    apia = ZoneInfo("Pacific/Apia")
    cadence = Cadence(apia, times=(time(9),))
    assert local(apia, slots(cadence, datetime(2011, 12, 29, 0, tzinfo=UTC), 3)) == ["29 09:00", "31 09:00", "01 09:00"]


@given(CADENCES, INSTANTS)
def test_somebody_awake_is_asked_again_and_again_and_never_in_quiet_hours(cadence: Cadence, after: datetime) -> None:
    found = slots(cadence, after, 30)
    assert len(found) == 30
    assert all(later > sooner for sooner, later in pairwise([after, *found]))
    assert not any(cadence.is_quiet(slot) for slot in found)


@given(CADENCES, INSTANTS)
def test_the_next_slot_is_the_same_from_wherever_one_looks(cadence: Cadence, after: datetime) -> None:
    slot = cadence.next_slot(after)
    assert slot is not None
    for share in (0.01, 0.5, 0.99):
        nearer = after + (slot - after) * share
        assert nearer == slot or cadence.next_slot(nearer) == slot
    assert cadence.next_slot(slot - timedelta(microseconds=1)) == slot


@given(TIMED, INSTANTS)
@example(Cadence(PARIS, times=(time(2, 15), time(2, 45))), datetime(2026, 3, 28, 20, tzinfo=UTC))
def test_each_time_comes_once_on_every_date(cadence: Cadence, after: datetime) -> None:
    found = slots(cadence, after, 20)
    first = after.astimezone(cadence.zone).date() - timedelta(days=2)
    expected = sorted(
        {instant_of(first + timedelta(days=n), at, cadence.zone) for n in range(25) for at in cadence.times}
    )
    later = [slot for slot in expected if slot > after]
    assert found == later[: len(found)]
    assert len(found) == 20


@given(CADENCES, INSTANTS)
def test_quiet_hours_begin_where_quiet_begins(cadence: Cadence, after: datetime) -> None:
    begins = cadence.quiet_after(after)
    if begins is None:
        assert cadence.quiet is None
        return
    assert begins > after
    # A clock that jumps over the beginning can jump over short quiet hours altogether.
    assert cadence.is_quiet(begins) or cadence.next_slot(begins) is not None


def test_three_silences_bring_a_rest_and_the_second_rest_a_question() -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    rested = FRESH.after_silence(now).after_silence(now).after_silence(now)
    assert (rested.resting_until, rested.rests, rested.silences, rested.doubted) == (now + REST, 1, 0, False)
    doubted = rested.after_silence(now).after_silence(now).after_silence(now)
    assert doubted.doubted
    assert doubted.resting_until is None


@pytest.mark.parametrize(("most", "minutes"), [(0, 30), (1, 60), (2, 90)])
def test_a_prompt_lives_one_wait_longer_than_its_last_follow_up(most: int, minutes: int) -> None:
    assert Patience(timedelta(minutes=30), most).lifetime == timedelta(minutes=minutes)
