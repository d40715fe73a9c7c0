"""Nudges: off until they are wanted, one a day and one follow-up, learning, resting; and words for milestones."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer, use_program_token
from tests.support.reminding import facts, fates, habit, plan_of, reminders, wait_until

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture
def ana(house: Daybeat) -> Person:
    person = newcomer(house)
    use_program_token(person)
    return person


def nudged(daybeat: Daybeat, person: Person, at: str = "14:00", **wishes: Any) -> str:
    habit_id = habit(daybeat, person, **wishes)
    person.put(f"/reminders/habits/{habit_id}/nudge", {"enabled": True, "at": at})
    return habit_id


def at(daybeat: Daybeat, day: date, clock: str) -> None:
    wait_until(daybeat, f"{day}T{clock}:00")


def test_nobody_is_nudged_who_does_not_want_to_be(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana)
    assert plan_of(house, ana, habit_id) == {
        "habit_id": habit_id,
        "next": None,
        "nudge": {
            "enabled": False,
            "at": "20:00",
            "learned_at": "20:00",
            "reason": "",
            "resting_until": None,
            "doubted": False,
        },
    }
    at(house, MONDAY, "20:00")
    assert fates(ana) == []


def test_a_nudge_comes_at_the_users_time_and_once_more_after_75_minutes(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana)
    assert plan_of(house, ana, habit_id)["next"] == {"at": "2026-03-02T14:00:00Z", "why": "nudge"}
    at(house, MONDAY, "14:00")
    assert plan_of(house, ana, habit_id)["next"] == {"at": "2026-03-02T15:15:00Z", "why": "follow_up"}
    for clock in ("15:14", "15:15", "17:00", "21:00"):
        at(house, MONDAY, clock)
    assert [(each["why"], each["told_at"]) for each in reminders(ana)] == [
        ("nudge", "2026-03-02T14:00:00Z"),
        ("follow_up", "2026-03-02T15:15:00Z"),
    ]


def test_whoever_did_it_is_neither_nudged_nor_followed_up(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana)
    at(house, MONDAY, "14:00")
    ana.says(habit_id, MONDAY)
    at(house, MONDAY, "15:15")
    ana.says(habit_id, MONDAY)
    at(house, MONDAY + DAY, "13:59")
    ana.says(habit_id, MONDAY + DAY)
    at(house, MONDAY + DAY, "14:00")
    assert fates(ana) == [("14:00", "told", None), ("15:15", "skipped", "done"), ("14:00", "skipped", "done")]


def test_a_follow_up_at_night_is_left_out(house: Daybeat, ana: Person) -> None:
    nudged(house, ana, "21:30")
    at(house, MONDAY, "21:30")
    at(house, MONDAY, "22:45")
    assert fates(ana) == [("21:30", "told", None), ("22:45", "skipped", "quiet")]


@pytest.mark.parametrize("clock", ["22:00", "23:59", "00:00", "07:59"])
def test_nudges_at_night_cannot_be_chosen(house: Daybeat, ana: Person, clock: str) -> None:
    path = f"/reminders/habits/{habit(house, ana)}/nudge"
    assert ana.ask("PUT", path, json={"enabled": True, "at": clock}).status_code == 422


def test_own_quiet_hours_hold_for_nudges_too(house: Daybeat, ana: Person) -> None:
    ana.put("/reminders/settings", {"quiet_hours": {"from": "13:00", "to": "16:00"}})
    nudged(house, ana)
    at(house, MONDAY, "14:00")
    assert fates(ana) == [("14:00", "skipped", "quiet")]


def test_four_nudges_a_day_are_enough(house: Daybeat, ana: Person) -> None:
    for _ in range(6):
        nudged(house, ana)
    at(house, MONDAY, "14:00")
    at(house, MONDAY, "15:15")
    told = [each["why"] for each in reminders(ana, state="told")]
    assert told == ["nudge"] * 4
    assert {each["reason"] for each in reminders(ana, state="skipped")} == {"enough"}


def test_another_time_on_the_same_day_brings_no_second_nudge(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana)
    at(house, MONDAY, "14:00")
    ana.put(f"/reminders/habits/{habit_id}/nudge", {"enabled": True, "at": "18:00"})
    at(house, MONDAY, "15:15")
    at(house, MONDAY, "18:00")
    assert fates(ana)[-1] == ("18:00", "skipped", "enough")


def test_a_time_and_a_nudge_of_the_same_moment_are_one_message(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana)
    ana.patch(f"/habits/{habit_id}", {"reminders": ["14:00"]})
    caught_up(house)
    at(house, MONDAY, "14:00")
    assert sorted((each["why"], each["state"]) for each in reminders(ana)) == [("nudge", "skipped"), ("time", "told")]


def test_a_streak_that_ends_tonight_is_the_reason_of_the_follow_up(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana, start="2026-02-01")
    for n in range(1, 13):
        ana.says(habit_id, MONDAY - n * DAY)
    at(house, MONDAY, "14:00")
    at(house, MONDAY, "15:15")
    reasons = [(fact["why"], fact["reason"], fact["streak"]) for fact in facts(house, ana, "reminder")]
    assert reasons == [("nudge", "", 12), ("follow_up", "Your streak of 12 days ends tonight.", 12)]


def live(house: Daybeat, person: Person, habit_id: str, days: int, clock: str, first: date = MONDAY) -> None:
    """Do the habit unasked, day after day, and let each day end."""
    for n in range(days):
        at(house, first + n * DAY, clock)
        person.post(f"/habits/{habit_id}/check-ins", {})
        caught_up(house)
        at(house, first + n * DAY, "23:00")
        at(house, first + (n + 1) * DAY, "03:00")


def test_a_nudge_moves_to_when_it_is_usually_done_and_says_why_and_back(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana, "15:00")
    live(house, ana, habit_id, 5, "13:30")
    assert plan_of(house, ana, habit_id)["nudge"]["learned_at"] == "15:00"
    live(house, ana, habit_id, 9, "13:30", MONDAY + 5 * DAY)
    nudge = plan_of(house, ana, habit_id)["nudge"]
    assert "13:00" < nudge["learned_at"] < "15:00"
    assert (nudge["at"], nudge["reason"]) == ("15:00", "You usually do this at 13:30.")
    planned = plan_of(house, ana, habit_id)["next"]["at"]
    assert planned == f"2026-03-16T{nudge['learned_at']}:00Z"
    undone = ana.post(f"/reminders/habits/{habit_id}/nudge/undo")
    assert (undone["nudge"]["learned_at"], undone["nudge"]["reason"]) == ("15:00", "")
    assert undone["next"]["at"] == "2026-03-16T15:00:00Z"


def test_the_reason_travels_with_the_nudge(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana, "15:00")
    live(house, ana, habit_id, 10, "13:30")
    at(house, MONDAY + 10 * DAY, "15:00")
    assert facts(house, ana, "reminder")[-1]["reason"] == "You usually do this at 13:30."


def test_what_a_reminder_brought_about_teaches_nothing(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana, "15:00")
    ana.patch(f"/habits/{habit_id}", {"reminders": ["13:00"]})
    caught_up(house)
    for n in range(8):
        at(house, MONDAY + n * DAY, "13:00")
        newest = reminders(ana, state="told")[-1]["id"]
        at(house, MONDAY + n * DAY, "13:30")
        if n % 2:
            ana.post(f"/reminders/{newest}/done")
        else:
            ana.says(habit_id, MONDAY + n * DAY)
        at(house, MONDAY + (n + 1) * DAY, "03:00")
    assert plan_of(house, ana, habit_id)["nudge"]["learned_at"] == "15:00"


def test_what_is_said_of_another_day_teaches_nothing(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana, "15:00")
    for n in range(1, 10):
        at(house, MONDAY + n * DAY, "12:30")
        ana.says(habit_id, MONDAY + (n - 1) * DAY)
        at(house, MONDAY + (n + 1) * DAY, "03:00")
    assert plan_of(house, ana, habit_id)["nudge"]["learned_at"] == "15:00"


def ignore(house: Daybeat, first: date, days: int) -> None:
    for n in range(days):
        for clock in ("14:00", "15:15", "23:00"):
            at(house, first + n * DAY, clock)
    at(house, first + days * DAY, "03:00")


def test_three_silences_bring_two_days_of_rest_and_then_the_question_whether_to_go_on(
    house: Daybeat, ana: Person
) -> None:
    habit_id = nudged(house, ana)
    ignore(house, MONDAY, 3)
    assert plan_of(house, ana, habit_id)["nudge"]["resting_until"] == "2026-03-07T03:00:00Z"
    ignore(house, MONDAY + 3 * DAY, 2)
    assert [each["reason"] for each in reminders(ana, state="skipped")] == ["resting", "resting"]
    ignore(house, MONDAY + 5 * DAY, 3)
    doubted = plan_of(house, ana, habit_id)
    assert (doubted["nudge"]["doubted"], doubted["nudge"]["resting_until"], doubted["next"]) == (True, None, None)
    known = len(reminders(ana))
    ignore(house, MONDAY + 8 * DAY, 2)
    assert len(reminders(ana)) == known
    resumed = ana.post(f"/reminders/habits/{habit_id}/nudge/resume")
    assert (resumed["nudge"]["doubted"], resumed["next"]) == (False, {"at": "2026-03-12T14:00:00Z", "why": "nudge"})


@pytest.mark.parametrize("state", ["done", "skip", "no"])
def test_any_word_about_the_day_ends_the_silence(house: Daybeat, ana: Person, state: str) -> None:
    habit_id = nudged(house, ana)
    ignore(house, MONDAY, 2)
    at(house, MONDAY + 2 * DAY, "14:00")
    ana.says(habit_id, MONDAY + 2 * DAY, state)
    at(house, MONDAY + 3 * DAY, "03:00")
    ignore(house, MONDAY + 3 * DAY, 2)
    assert plan_of(house, ana, habit_id)["nudge"]["resting_until"] is None


def test_nudges_of_days_without_anybody_awake_are_in_the_record(house: Daybeat, ana: Person) -> None:
    nudged(house, ana)
    at(house, MONDAY + 3 * DAY, "14:30")
    assert fates(ana) == [("14:00", "skipped", "missed")] * 3 + [("14:00", "told", None)]


def test_switched_off_nothing_comes_any_more(house: Daybeat, ana: Person) -> None:
    habit_id = nudged(house, ana)
    at(house, MONDAY, "14:00")
    ana.put(f"/reminders/habits/{habit_id}/nudge", {"enabled": False, "at": "14:00"})
    at(house, MONDAY, "15:15")
    at(house, MONDAY + DAY, "14:00")
    assert fates(ana) == [("14:00", "told", None), ("15:15", "skipped", "off")]


def days_done(person: Person, habit_id: str, days: int, last: date = MONDAY) -> None:
    for n in reversed(range(days)):
        person.says(habit_id, last - n * DAY)


def test_a_streak_of_seven_days_is_worth_a_word_once(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, start="2026-02-01")
    days_done(ana, habit_id, 7)
    expected = {
        "habit_id": habit_id,
        "title": "Read",
        "date": "2026-03-02",
        "streak": 7,
        "unit": "day",
        "best": True,
    }
    assert facts(house, ana, "check") == [expected]
    ana.delete(f"/habits/{habit_id}/check-ins/{MONDAY}")
    ana.says(habit_id, MONDAY)
    assert facts(house, ana, "check") == [expected]


def test_another_run_is_worth_the_word_again(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, start="2026-02-01")
    days_done(ana, habit_id, 8)
    caught_up(house)
    house.clock.set(datetime.fromisoformat("2026-03-11T12:00:00Z"))
    days_done(ana, habit_id, 7, MONDAY + 9 * DAY)
    assert [(fact["streak"], fact["best"]) for fact in facts(house, ana, "check")] == [(7, True), (7, False)]


def test_a_history_that_is_told_late_is_no_news(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, start="2026-01-01")
    days_done(ana, habit_id, 20, MONDAY - 10 * DAY)
    assert facts(house, ana, "check") == []


def test_who_wants_no_words_for_milestones_gets_none(house: Daybeat, ana: Person) -> None:
    ana.put("/reminders/settings", {"milestones": False})
    habit_id = habit(house, ana, start="2026-02-01")
    days_done(ana, habit_id, 7)
    assert facts(house, ana, "check") == []
