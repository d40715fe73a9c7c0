"""Times of reminders: what they mean on the wall, across weekdays, clock changes and dates that never were."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.reminders.domain.cadence import QuietHours
from daybeat.modules.reminders.domain.reminder_times import (
    EVERY_DAY,
    Peace,
    ReminderTime,
    clock_text,
    minute_of,
    next_slot,
    read_times,
    time_of,
)

PARIS, APIA, HOWE = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Apia"), ZoneInfo("Australia/Lord_Howe")
ZONES = st.sampled_from([PARIS, HOWE, ZoneInfo("UTC"), ZoneInfo("America/New_York"), ZoneInfo("America/Sao_Paulo")])
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
TIMES = st.lists(
    st.builds(ReminderTime, CLOCKS, st.frozensets(st.integers(0, 6), min_size=1)), min_size=1, max_size=12
).map(tuple)
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def following(zone: ZoneInfo, after: str, *texts: str) -> datetime | None:
    return next_slot(read_times(texts), zone, at(after))


def test_a_time_without_days_is_every_days() -> None:
    assert read_times(["07:30"]) == (ReminderTime(time(7, 30), EVERY_DAY),)


def test_days_are_read_from_monday_on() -> None:
    assert read_times(["mon,wed,sun 18:00"]) == (ReminderTime(time(18), frozenset({0, 2, 6})),)


@pytest.mark.parametrize("text", ["", "7", "25:00", "mon", "moonday 07:30", "mon,, 07:30"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_times([text])


def test_no_times_have_no_slots() -> None:
    assert following(PARIS, "2026-03-02T12:00") is None


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-03-02T06:29", "2026-03-02T06:30"),
        ("2026-03-02T06:30", "2026-03-02T17:00"),
        ("2026-03-02T17:00", "2026-03-03T06:30"),
        ("2026-03-03T06:30", "2026-03-04T06:30"),
    ],
)
def test_the_next_of_several_times_comes(after: str, expected: str) -> None:
    assert following(PARIS, after, "07:30", "mon 18:00") == at(expected)


def test_a_time_on_one_weekday_comes_once_a_week() -> None:
    assert following(PARIS, "2026-03-02T17:00", "mon 18:00") == at("2026-03-09T17:00")


def test_a_time_the_clock_jumps_over_is_the_moment_of_the_jump() -> None:
    assert following(PARIS, "2026-03-28T12:00", "02:30") == at("2026-03-29T01:00")


def test_a_time_that_comes_twice_is_told_the_first_time() -> None:
    assert following(PARIS, "2026-10-24T12:00", "02:30") == at("2026-10-25T00:30")
    assert following(PARIS, "2026-10-25T00:30", "02:30") == at("2026-10-26T01:30")


def test_a_date_a_place_skipped_has_no_times() -> None:
    # Friday, 30 December 2011 never was in Samoa.
    assert following(APIA, "2011-12-25T12:00", "fri 12:00") == at("2012-01-05T22:00")


@given(zone=ZONES, times=TIMES, after=INSTANTS)
def test_a_slot_is_later_and_shows_one_of_its_times(
    zone: ZoneInfo, times: tuple[ReminderTime, ...], after: datetime
) -> None:
    slot = next_slot(times, zone, after)
    assert slot is not None
    assert after < slot <= after + timedelta(days=9)
    wall = slot.astimezone(zone)
    shown = {each.at for each in times if wall.weekday() in each.days}
    jumped = (slot - MINUTE).astimezone(zone).utcoffset() != wall.utcoffset()
    assert wall.time() in shown or jumped


@given(zone=ZONES, times=TIMES, after=INSTANTS, apart=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_no_slot_lies_between_an_instant_and_its_next_slot(
    zone: ZoneInfo, times: tuple[ReminderTime, ...], after: datetime, apart: timedelta
) -> None:
    slot = next_slot(times, zone, after)
    assert slot is not None
    if after + apart < slot:
        assert next_slot(times, zone, after + apart) == slot


def test_peace_ends_and_begins_by_the_wall_clock() -> None:
    peace = Peace(PARIS, (QuietHours(time(22), time(8)), QuietHours(time(12), time(13))))
    assert peace.holds(at("2026-03-02T21:00"))
    assert not peace.holds(at("2026-03-02T07:00"))
    assert peace.begins_after(at("2026-03-02T08:00")) == at("2026-03-02T11:00")
    assert peace.begins_after(at("2026-03-02T11:00")) == at("2026-03-02T21:00")
    assert Peace(PARIS).begins_after(at("2026-03-02T08:00")) is None


@given(minute=st.integers(0, 24 * 60 - 1))
def test_minutes_and_times_are_the_same(minute: int) -> None:
    assert minute_of(time_of(minute)) == minute
    assert minute_of(time.fromisoformat(clock_text(minute))) == minute
