"""Which streaks are worth a word, and what is said when one ends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from daybeat.kit.calendar import Stay, UserCalendar
from daybeat.kit.ids import new_id
from daybeat.modules.reminders.habit_reminders.milestones import is_milestone
from daybeat.modules.reminders.habit_reminders.nudges import ends_tonight
from daybeat.modules.reminders.habit_reminders.planning import day_end
from daybeat.modules.reminders.habit_reminders.ports import Reminded, Standing

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def calendar(zone: str, rollover: int) -> UserCalendar:
    return UserCalendar((Stay(zone, rollover),))


def standing(**known: Any) -> Standing:
    habit = Reminded(
        habit_id=new_id(),
        user_id=new_id(),
        title="Read",
        question="",
        times=(),
        archived=False,
        avoids=False,
        calendar=calendar("UTC", 3),
    )
    usual = {"state": "open", "streak": 12, "unit": "day", "last_chance": True}
    return Standing(habit=habit, date=date(2026, 3, 2), ends_at=NOON, **{**usual, **known})


def test_milestones_are_the_first_ones_and_then_every_hundred_and_every_year() -> None:
    found = [streak for streak in range(1_100) if is_milestone(streak)]
    assert found == [7, 14, 30, 50, 100, 150, 200, 300, 365, 400, 500, 600, 700, 730, 800, 900, 1000, 1095]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "Your streak of 12 days ends tonight."),
        ({"streak": 3, "unit": "week"}, "Your streak of 3 weeks ends tonight."),
        ({"streak": 2}, ""),
        ({"last_chance": False}, ""),
    ],
)
def test_a_streak_at_stake_is_worth_a_sentence(known: dict[str, Any], said: str) -> None:
    assert ends_tonight(standing(**known)) == said


@pytest.mark.parametrize(
    ("zone", "rollover", "instant", "end"),
    [
        ("UTC", 3, "2026-03-02T12:00", "2026-03-03T03:00"),
        ("UTC", 3, "2026-03-03T02:59", "2026-03-03T03:00"),
        ("UTC", 3, "2026-03-03T03:00", "2026-03-04T03:00"),
        ("Europe/Paris", 0, "2026-03-29T12:00", "2026-03-29T22:00"),
        ("Europe/Paris", 2, "2026-03-28T12:00", "2026-03-29T01:00"),
        ("America/New_York", 1, "2026-10-31T12:00", "2026-11-01T05:00"),
    ],
)
def test_a_habit_day_ends_by_the_wall_clock(zone: str, rollover: int, instant: str, end: str) -> None:
    found = day_end(calendar(zone, rollover), datetime.fromisoformat(instant).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(end).replace(tzinfo=UTC)
