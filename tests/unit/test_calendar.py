"""Habit days: the rollover, clocks that change, travel, and days nobody could live."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from daybeat.kit.calendar import Stay, UserCalendar
from tests.support.streak_examples import HABIT_DAYS, Row, told


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def living_in(zone: str, rollover: int = 3) -> UserCalendar:
    return UserCalendar((Stay(zone, rollover),))


@pytest.mark.parametrize("row", HABIT_DAYS, ids=told)
def test_an_instant_belongs_to_its_habit_day(row: Row) -> None:
    calendar = living_in(row["tz"], row["rollover_hour"])
    assert str(calendar.habit_day(at(row["instant"]))) == row["habit_day"]


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
def test_habit_days_follow_on_each_other_through_a_whole_year(zone: str) -> None:
    calendar = living_in(zone)
    days = [calendar.habit_day(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n)) for n in range(366 * 24)]
    steps = {after - before for before, after in pairwise(days)}
    assert steps == {timedelta(0), timedelta(1)}


@pytest.mark.parametrize("rollover", range(7))
def test_a_day_begins_at_the_rollover_hour(rollover: int) -> None:
    begin = Stay("Europe/Paris", rollover).starts_at(date(2026, 3, 2))
    calendar = living_in("Europe/Paris", rollover)
    assert calendar.habit_day(begin) == date(2026, 3, 2)
    assert calendar.habit_day(begin - timedelta(microseconds=1)) == date(2026, 3, 1)


def test_a_check_in_may_name_its_own_zone() -> None:
    calendar = living_in("Europe/Paris")
    assert calendar.habit_day(at("2026-03-02T20:00:00Z")) == date(2026, 3, 2)
    assert calendar.habit_day(at("2026-03-02T20:00:00Z"), "Asia/Tokyo") == date(2026, 3, 3)


def test_days_before_a_move_are_those_of_the_old_zone() -> None:
    moved = living_in("Asia/Tokyo").moved("America/Los_Angeles", 3, at("2026-05-11T00:00:00Z"))
    assert moved.zone == "America/Los_Angeles"
    assert moved.habit_day(at("2026-05-10T19:00:00Z")) == date(2026, 5, 11)
    assert moved.habit_day(at("2026-05-11T03:00:00Z")) == date(2026, 5, 10)


@pytest.mark.parametrize(
    ("calendar", "short"),
    [
        (living_in("Europe/Paris"), set()),
        (living_in("Pacific/Apia", 0), {date(2011, 12, 30)}),
        (living_in("Pacific/Kwajalein", 0), set()),
    ],
    ids=["a clock change is no short day", "Samoa left out a day", "nothing happened there lately"],
)
def test_only_days_of_under_twelve_hours_are_short(calendar: UserCalendar, short: set[date]) -> None:
    assert calendar.short_days(date(2000, 1, 1), date(2026, 12, 31)) == short


def test_flying_west_over_the_date_line_leaves_a_day_out() -> None:
    # Honolulu on the 9th, Auckland at once: the 10th has only its last two hours there.
    moved = living_in("Pacific/Honolulu", 0).moved("Pacific/Auckland", 0, at("2026-03-10T09:00:00Z"))
    assert moved.short_days(date(2026, 3, 1), date(2026, 3, 31)) == {date(2026, 3, 10)}


@pytest.mark.parametrize(("zone", "hours"), [("Etc/GMT-12", 12), ("Etc/GMT-13", 11)])
def test_a_day_of_twelve_hours_is_long_enough_and_one_of_eleven_is_not(zone: str, hours: int) -> None:
    # The 10th begins in UTC and ends where it is that many hours later already.
    moved = living_in("UTC", 0).moved(zone, 0, at("2026-03-10T06:00:00Z"))
    short = moved.short_days(date(2026, 3, 1), date(2026, 3, 31))
    assert short == (set() if hours >= 12 else {date(2026, 3, 10)})


def test_flying_east_over_the_date_line_leaves_no_day_out() -> None:
    moved = living_in("Pacific/Auckland", 0).moved("Pacific/Honolulu", 0, at("2026-03-10T09:00:00Z"))
    assert moved.short_days(date(2026, 3, 1), date(2026, 3, 31)) == frozenset()


def test_every_zone_that_is_offered_can_be_lived_in() -> None:
    for zone in available_timezones():
        assert ZoneInfo(zone)
        assert living_in(zone).habit_day(at("2026-03-02T12:00:00Z")).year == 2026
