"""Reports come at the chosen time of the wall clock, every day or every week, whatever the clock does in between."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.reminders.domain.report_times import ReportTime
from daybeat.modules.reminders.domain.wall_clock import wall_time

BERLIN, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
ZONES = st.sampled_from(
    [
        *("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"),
        *("Pacific/Apia", "Pacific/Kiritimati", "America/St_Johns", "Africa/Casablanca", "Asia/Gaza"),
    ]
).map(ZoneInfo)
INSTANTS = st.datetimes(datetime(2011, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(
    lambda instant: instant.replace(microsecond=0)
)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
WEEKDAYS = st.one_of(st.none(), st.integers(0, 6))
JUMP = timedelta(hours=1)


def at(text: str, weekday: int | None = None) -> ReportTime:
    return ReportTime(time.fromisoformat(text), weekday)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def following(when: ReportTime, instant: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    while True:
        instant = when.after(instant, zone)
        yield instant


def test_today_if_it_is_still_to_come_and_tomorrow_if_not() -> None:
    assert at("21:00").after(utc("2026-03-02T20:59:59"), UTC_ZONE) == utc("2026-03-02T21:00:00")
    assert at("21:00").after(utc("2026-03-02T21:00:00"), UTC_ZONE) == utc("2026-03-03T21:00:00")


def test_a_week_later_on_the_same_weekday() -> None:
    monday = at("09:00", 0)  # 2 March 2026 is one
    assert monday.after(utc("2026-03-02T08:00:00"), UTC_ZONE) == utc("2026-03-02T09:00:00")
    assert monday.after(utc("2026-03-02T09:00:00"), UTC_ZONE) == utc("2026-03-09T09:00:00")
    assert at("09:00", 6).after(utc("2026-03-02T09:00:00"), UTC_ZONE) == utc("2026-03-08T09:00:00")


def test_a_month_later_on_the_same_day() -> None:
    on_the_28th = ReportTime(time(9), monthday=28)
    due = list(islice(following(on_the_28th, utc("2026-01-28T08:00:00"), BERLIN), 4))
    assert [each.isoformat()[:16] for each in due] == [
        "2026-02-28T08:00",
        "2026-03-28T08:00",
        "2026-04-28T07:00",
        "2026-05-28T07:00",
    ]


def test_the_wall_clock_counts_not_the_hours_between() -> None:
    spring = list(islice(following(at("21:00"), utc("2026-03-27T12:00:00"), BERLIN), 4))
    assert [each.isoformat()[:16] for each in spring] == [
        "2026-03-27T20:00",
        "2026-03-28T20:00",
        "2026-03-29T19:00",
        "2026-03-30T19:00",
    ]
    autumn = list(islice(following(at("21:00"), utc("2026-10-24T12:00:00"), BERLIN), 3))
    assert [each.hour for each in autumn] == [19, 20, 20]


def test_a_time_the_clock_jumps_over_is_the_moment_of_the_jump() -> None:
    assert at("02:30").after(utc("2026-03-28T12:00:00"), BERLIN) == utc("2026-03-29T01:00:00")
    assert at("02:30").after(utc("2026-03-29T01:00:00"), BERLIN) == utc("2026-03-30T00:30:00")


def test_a_time_that_comes_twice_is_told_once() -> None:
    assert list(islice(following(at("02:30"), utc("2026-10-24T12:00:00"), BERLIN), 2)) == [
        utc("2026-10-25T00:30:00"),
        utc("2026-10-26T01:30:00"),
    ]


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Pacific/Kiritimati", "2026-03-02T07:00:00"),
        ("America/Los_Angeles", "2026-03-03T05:00:00"),
        ("Asia/Kathmandu", "2026-03-02T15:15:00"),
    ],
)
def test_nine_in_the_evening_is_where_the_user_is(zone: str, instant: str) -> None:
    assert at("21:00").after(utc(instant) - timedelta(seconds=1), ZoneInfo(zone)) == utc(instant)


def test_where_a_day_is_missing_a_week_goes_on() -> None:
    apia = ZoneInfo("Pacific/Apia")  # it had no Friday, 30 December 2011
    fridays = islice(following(at("09:00", 4), utc("2011-12-20T00:00:00"), apia), 3)
    assert [wall_time(each, apia).date() for each in fridays][::2] == [date(2011, 12, 23), date(2012, 1, 6)]


@given(ZONES, INSTANTS, TIMES, WEEKDAYS)
def test_it_is_later_on_the_right_day_and_about_the_right_time(
    zone: ZoneInfo, instant: datetime, clock: time, weekday: int | None
) -> None:
    due = ReportTime(clock, weekday).after(instant, zone)
    assert due > instant
    wall = wall_time(due, zone)
    if wall.time() != clock:  # the clock jumped over it
        assert wall_time(due - timedelta(seconds=1), zone) + timedelta(seconds=1) < wall
    elif weekday is not None:
        assert wall.weekday() == weekday


@given(ZONES, INSTANTS, TIMES, st.integers(1, 28))
def test_no_month_is_left_out(zone: ZoneInfo, instant: datetime, clock: time, monthday: int) -> None:
    due = islice(following(ReportTime(clock, monthday=monthday), instant, zone), 4)
    months = [wall.year * 12 + wall.month for wall in (wall_time(each, zone) for each in due)]
    assert months == list(range(months[0], months[0] + 4))


@given(ZONES, INSTANTS, TIMES, WEEKDAYS)
def test_there_is_exactly_one_for_each_day_it_is_wanted_on(
    zone: ZoneInfo, instant: datetime, clock: time, weekday: int | None
) -> None:
    due = list(islice(following(ReportTime(clock, weekday), instant, zone), 5))
    assert due == sorted(set(due))
    apart = timedelta(days=1 if weekday is None else 7)
    calm = zone.key != "Pacific/Apia"
    assert not calm or all(abs(b - a - apart) <= JUMP for a, b in pairwise(due))
