"""A habit at risk: its next reminder or nudge says why, once, and within all that nudges are bound by."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer, use_program_token
from tests.support.reminding import facts, fates, wait_until
from tests.support.risks import lived_until, put_days, think, told

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
SLIPPING = "x" * 40 + "." * 10
WHY = (
    "It did not work out the last 10 times. Do the smallest part that you can call done: coming back matters most now."
)


@pytest.fixture
def ana(house: Daybeat) -> Person:
    person = newcomer(house)
    use_program_token(person)
    return person


def at(daybeat: Daybeat, day: date, clock: str) -> None:
    wait_until(daybeat, f"{day}T{clock}:00")


def slipping(daybeat: Daybeat, person: Person, *, nudged: bool = True, **wishes: Any) -> str:
    """Begin a habit that is at risk today, nudged at two in the afternoon."""
    habit_id = lived_until(person, MONDAY - DAY, SLIPPING, **wishes)
    if nudged:
        person.put(f"/reminders/habits/{habit_id}/nudge", {"enabled": True, "at": "14:00"})
    think(daybeat, person)
    caught_up(daybeat)
    return habit_id


def said(daybeat: Daybeat, person: Person) -> list[tuple[str, str]]:
    """Give why each reminder was told, and the reason it named."""
    return [(fact["why"], fact["reason"]) for fact in facts(daybeat, person, "reminder")]


def test_a_nudge_of_a_habit_at_risk_says_why_and_what_would_help(house: Daybeat, ana: Person) -> None:
    slipping(house, ana)
    at(house, MONDAY, "14:00")
    at(house, MONDAY, "15:15")
    assert said(house, ana) == [("nudge", WHY), ("follow_up", "")]


def test_a_reminder_at_a_chosen_time_says_it_too_and_the_next_one_does_not(house: Daybeat, ana: Person) -> None:
    slipping(house, ana, nudged=False, reminders=["14:00", "18:00"])
    at(house, MONDAY, "14:00")
    at(house, MONDAY, "18:00")
    assert said(house, ana) == [("time", WHY), ("time", "")]


def test_who_wants_no_nudges_gets_none(house: Daybeat, ana: Person) -> None:
    slipping(house, ana, nudged=False)
    at(house, MONDAY, "20:00")
    assert len(told(house, ana)) == 1
    assert said(house, ana) == []


def test_four_nudges_a_day_are_enough_however_many_habits_are_at_risk(house: Daybeat, ana: Person) -> None:
    for _ in range(5):
        slipping(house, ana)
    at(house, MONDAY, "14:00")
    assert said(house, ana) == [("nudge", WHY)] * 4
    assert fates(ana).count(("14:00", "skipped", "enough")) == 1


def test_quiet_hours_hold_for_habits_at_risk(house: Daybeat, ana: Person) -> None:
    ana.put("/reminders/settings", {"quiet_hours": {"from": "13:00", "to": "16:00"}})
    slipping(house, ana)
    at(house, MONDAY, "14:00")
    assert fates(ana) == [("14:00", "skipped", "quiet")]


def test_a_nudge_that_rests_goes_on_resting(house: Daybeat, ana: Person) -> None:
    habit_id = lived_until(ana, MONDAY - DAY, "x" * 40 + "....")
    ana.put(f"/reminders/habits/{habit_id}/nudge", {"enabled": True, "at": "14:00"})
    for day in range(4):
        think(house, ana)
        for clock in ("14:00", "15:15", "23:00"):
            at(house, MONDAY + day * DAY, clock)
        at(house, MONDAY + (day + 1) * DAY, "03:00")
    assert len(told(house, ana)) == 1
    assert fates(ana)[-1] == ("14:00", "skipped", "resting")


def test_a_word_about_the_habit_silences_the_reason_but_not_the_nudge(house: Daybeat, ana: Person) -> None:
    habit_id = slipping(house, ana)
    put_days(ana, habit_id, MONDAY - 3 * DAY, "x")
    at(house, MONDAY, "14:00")
    assert said(house, ana) == [("nudge", "")]


def test_a_word_taken_back_silences_it_too(house: Daybeat, ana: Person) -> None:
    habit_id = lived_until(ana, MONDAY - DAY, SLIPPING, reminders=["14:00"])
    ana.says(habit_id, MONDAY - DAY, "no")
    think(house, ana)
    ana.delete(f"/habits/{habit_id}/check-ins/{MONDAY - DAY}")
    at(house, MONDAY, "14:00")
    assert said(house, ana) == [("time", "")]


def test_what_was_at_risk_yesterday_is_not_said_today(house: Daybeat, ana: Person) -> None:
    slipping(house, ana)
    think(house, ana)
    at(house, MONDAY + DAY, "14:00")
    assert said(house, ana) == [("nudge", "")]


def test_of_a_week_at_risk_one_nudge_says_so(house: Daybeat, ana: Person) -> None:
    weekly = {"schedule": {"kind": "per_week", "n": 3, "week_start": 0}}
    habit_id = lived_until(ana, MONDAY - DAY, "xxx...." * 8 + "x......" * 7, **weekly)
    think(house, ana)
    at(house, MONDAY + DAY, "10:00")
    ana.put(f"/reminders/habits/{habit_id}/nudge", {"enabled": True, "at": "14:00"})
    for day in range(1, 4):
        at(house, MONDAY + day * DAY, "14:00")
        at(house, MONDAY + day * DAY, "15:15")
        at(house, MONDAY + (day + 1) * DAY, "03:00")
    reasons = [reason for why, reason in said(house, ana) if why == "nudge"]
    assert [reason.split(".")[0] for reason in reasons] == ["It did not work out the last 7 times", "", ""]


def test_a_snooze_repeats_no_reason(house: Daybeat, ana: Person) -> None:
    slipping(house, ana, nudged=False, reminders=["14:00"])
    at(house, MONDAY, "14:00")
    reminder = facts(house, ana, "reminder")[0]["reminder_id"]
    ana.post(f"/reminders/{reminder}/snooze", {"minutes": 30})
    at(house, MONDAY, "14:30")
    assert said(house, ana) == [("time", WHY), ("snooze", "")]
