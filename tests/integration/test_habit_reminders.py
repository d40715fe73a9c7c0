"""Habits that are reminded of: at their times, only while they are open, once, and never when nobody wants it."""

from typing import Any
from uuid import UUID

import pytest

from tests.support.database import contents
from tests.support.daybeat import PASSWORD, Daybeat, Person
from tests.support.days import newcomer, sign_in_again, use_program_token
from tests.support.reminding import facts, fates, habit, pass_by, plan_of, reminders, tick, wait_until


@pytest.fixture
def ana(house: Daybeat) -> Person:
    person = newcomer(house)
    use_program_token(person)
    return person


def test_an_open_habit_is_told_once_at_its_time_with_all_that_helps(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30", question="Did you read?")
    assert plan_of(house, ana, habit_id)["next"] == {"at": "2026-03-02T12:30:00Z", "why": "time"}
    pass_by(house, minutes=29)
    assert reminders(ana) == []
    pass_by(house, minutes=5)
    (told,) = reminders(ana)
    assert (told["state"], told["why"], told["told_at"]) == ("told", "time", "2026-03-02T12:30:00Z")
    (fact,) = facts(house, ana, "reminder")
    assert fact == {
        "reminder_id": told["id"],
        "habit_id": habit_id,
        "title": "Read",
        "question": "Did you read?",
        "date": "2026-03-02",
        "due_at": "2026-03-02T12:30:00Z",
        "expires_at": "2026-03-02T14:30:00Z",
        "why": "time",
        "reason": "",
        "streak": 0,
        "unit": "day",
    }
    assert plan_of(house, ana, habit_id)["next"] == {"at": "2026-03-03T12:30:00Z", "why": "time"}


def test_weekdays_are_kept(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "mon,wed 18:00", "07:30")
    assert plan_of(house, ana, habit_id)["next"]["at"] == "2026-03-02T18:00:00Z"
    wait_until(house, "2026-03-02T18:00:00")
    assert plan_of(house, ana, habit_id)["next"]["at"] == "2026-03-03T07:30:00Z"
    wait_until(house, "2026-03-03T07:30:00")
    assert plan_of(house, ana, habit_id)["next"]["at"] == "2026-03-04T07:30:00Z"


@pytest.mark.parametrize("times", [["7:30"], ["monday 07:30"], ["mon,07:30"], ["07:30 mon"], ["07:30"] * 13])
def test_times_nobody_understands_are_refused(ana: Person, times: list[str]) -> None:
    body = {"name": "Read", "schedule": {"kind": "daily"}, "reminders": times}
    assert ana.ask("POST", "/habits", json=body).status_code == 422


@pytest.mark.parametrize(("state", "reason"), [("done", "done"), ("no", "done"), ("skip", "skipped")])
def test_a_word_about_the_day_a_moment_before_silences_the_slot(
    house: Daybeat, ana: Person, state: str, reason: str
) -> None:
    habit_id = habit(house, ana, "12:30")
    house.clock.forward(minutes=29, seconds=59)
    ana.says(habit_id, "2026-03-02", state)
    house.clock.forward(seconds=1)
    tick(house)
    assert fates(ana) == [("12:30", "skipped", reason)]
    assert facts(house, ana, "reminder") == []


def test_a_check_in_that_was_taken_back_does_not_silence(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30")
    ana.says(habit_id, "2026-03-02")
    ana.delete(f"/habits/{habit_id}/check-ins/2026-03-02")
    wait_until(house, "2026-03-02T12:30:00")
    assert fates(ana) == [("12:30", "told", None)]


def test_an_amount_that_is_not_enough_yet_does_not_silence(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30", "13:30", target=8, direction="at_least")
    ana.says(habit_id, "2026-03-02", amount=5)
    wait_until(house, "2026-03-02T12:30:00")
    ana.says(habit_id, "2026-03-02", amount=8)
    wait_until(house, "2026-03-02T13:30:00")
    assert fates(ana) == [("12:30", "told", None), ("13:30", "skipped", "done")]


def test_days_that_ask_for_nothing_are_recorded_as_not_due(house: Daybeat, ana: Person) -> None:
    habit(house, ana, "12:30", schedule={"kind": "weekdays", "days": [1]})
    wait_until(house, "2026-03-02T12:30:00")
    wait_until(house, "2026-03-03T12:30:00")
    assert fates(ana) == [("12:30", "skipped", "not due"), ("12:30", "told", None)]


def test_a_quota_is_told_until_it_is_met(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30", schedule={"kind": "per_week", "n": 2, "week_start": 0})
    ana.says(habit_id, "2026-03-02")
    wait_until(house, "2026-03-02T12:30:00")
    wait_until(house, "2026-03-03T12:30:00")
    ana.says(habit_id, "2026-03-03")
    wait_until(house, "2026-03-04T12:30:00")
    assert [fate[1:] for fate in fates(ana)] == [("skipped", "done"), ("told", None), ("skipped", "done")]


def test_a_paused_habit_is_left_in_peace_until_the_pause_ends(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30", "13:30")
    pause = ana.post(f"/habits/{habit_id}/pauses", {"from": "2026-03-02", "to": "2026-03-05"})
    wait_until(house, "2026-03-02T12:30:00")
    ana.delete(f"/habits/{habit_id}/pauses/{pause['id']}")
    wait_until(house, "2026-03-02T13:30:00")
    assert fates(ana) == [("12:30", "skipped", "paused"), ("13:30", "told", None)]


def test_an_archived_habit_has_nothing_planned_until_it_is_restored(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30")
    ana.patch(f"/habits/{habit_id}", {"archived": True})
    assert plan_of(house, ana, habit_id)["next"] is None
    wait_until(house, "2026-03-02T12:45:00")
    assert fates(ana) == []
    ana.patch(f"/habits/{habit_id}", {"archived": False})
    assert plan_of(house, ana, habit_id)["next"]["at"] == "2026-03-03T12:30:00Z"


def test_a_habit_archived_at_the_last_moment_is_not_told(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30")
    house.clock.forward(minutes=30)
    ana.patch(f"/habits/{habit_id}", {"archived": True})
    tick(house)
    assert fates(ana) == [("12:30", "skipped", "archived")]


def test_something_to_avoid_is_never_told(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30", schedule={"kind": "avoid"})
    assert plan_of(house, ana, habit_id)["next"] is None
    answer = ana.ask("PUT", f"/reminders/habits/{habit_id}/nudge", json={"enabled": True})
    assert (answer.status_code, answer.json()["type"]) == (409, "nothing-to-remind-of")


def test_other_times_hold_at_once(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30")
    ana.patch(f"/habits/{habit_id}", {"reminders": ["13:00"]})
    assert plan_of(house, ana, habit_id)["next"]["at"] == "2026-03-02T13:00:00Z"
    wait_until(house, "2026-03-02T13:00:00")
    assert fates(ana) == [("13:00", "told", None)]
    ana.patch(f"/habits/{habit_id}", {"reminders": []})
    assert plan_of(house, ana, habit_id)["next"] is None


def test_the_title_is_the_one_of_the_moment(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30")
    ana.patch(f"/habits/{habit_id}", {"name": "Read a book"})
    wait_until(house, "2026-03-02T12:30:00")
    assert reminders(ana)[0]["title"] == "Read a book"


def test_after_downtime_only_the_newest_slot_is_told(house: Daybeat, ana: Person) -> None:
    habit(house, ana, "12:10", "12:50", "13:30")
    wait_until(house, "2026-03-02T13:40:00")
    assert fates(ana) == [("12:10", "skipped", "missed"), ("12:50", "skipped", "missed"), ("13:30", "told", None)]


def test_after_long_downtime_everything_is_in_the_record_and_nothing_is_told(house: Daybeat, ana: Person) -> None:
    habit(house, ana, "12:10")
    wait_until(house, "2026-03-30T20:00:00")
    assert fates(ana) == [("12:10", "skipped", "missed")] * 29
    assert facts(house, ana, "reminder") == []


def test_a_slot_is_told_for_two_hours_and_not_into_the_next_day(house: Daybeat) -> None:
    ana = newcomer(house, rollover_hour=0)
    use_program_token(ana)
    habit(house, ana, "12:10", "23:30")
    wait_until(house, "2026-03-02T14:09:59")
    assert fates(ana) == [("12:10", "told", None)]
    wait_until(house, "2026-03-03T00:00:01")
    assert fates(ana)[1] == ("23:30", "skipped", "missed")


def test_quiet_hours_are_kept_by_times_and_by_what_comes_late(house: Daybeat, ana: Person) -> None:
    ana.put("/reminders/settings", {"quiet_hours": {"from": "13:00", "to": "15:00"}})
    habit(house, ana, "12:50", "13:30", "15:00")
    wait_until(house, "2026-03-02T13:00:00")
    wait_until(house, "2026-03-02T15:00:00")
    assert fates(ana) == [("12:50", "skipped", "missed"), ("13:30", "skipped", "quiet"), ("15:00", "told", None)]


def test_vacation_is_kept_through_its_last_day(house: Daybeat, ana: Person) -> None:
    habit(house, ana, "12:30")
    ana.put("/reminders/settings", {"vacation_until": "2026-03-03"})
    for day in (2, 3, 4):
        wait_until(house, f"2026-03-0{day}T12:30:00")
    assert [fate[1:] for fate in fates(ana)] == [("skipped", "vacation"), ("skipped", "vacation"), ("told", None)]


def test_switched_off_nothing_is_planned(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30")
    ana.put("/reminders/settings", {"enabled": False})
    assert plan_of(house, ana, habit_id)["next"] is None
    wait_until(house, "2026-03-02T12:35:00")
    assert fates(ana) == []
    ana.put("/reminders/settings", {"enabled": True})
    assert plan_of(house, ana, habit_id)["next"]["at"] == "2026-03-03T12:30:00Z"


def test_settings_are_given_back_as_they_were_put(ana: Person) -> None:
    usual = {
        "enabled": True,
        "quiet_hours": None,
        "vacation_until": None,
        "milestones": True,
        "daily_summary": None,
        "weekly_report": None,
        "monthly_report": None,
    }
    assert ana.get("/reminders/settings") == usual
    wanted = {
        "enabled": True,
        "quiet_hours": {"from": "21:00", "to": "07:00"},
        "vacation_until": "2026-03-10",
        "milestones": False,
        "daily_summary": "21:00",
        "weekly_report": {"day": 6, "at": "09:00"},
        "monthly_report": {"day": 28, "at": "18:00"},
    }
    assert ana.put("/reminders/settings", wanted) == wanted
    assert ana.get("/reminders/settings") == wanted
    assert ana.put("/reminders/settings", {}) == usual


def test_who_moves_is_told_by_the_new_clock(house: Daybeat) -> None:
    owner = newcomer(house)
    habit_id = habit(house, owner, "20:00")
    owner.patch("/auth/me", {"timezone": "America/New_York"})
    assert plan_of(house, owner, habit_id)["next"]["at"] == "2026-03-03T01:00:00Z"


def test_the_habit_day_of_a_slot_after_midnight_is_the_day_before(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "01:30")
    ana.says(habit_id, "2026-03-02")
    wait_until(house, "2026-03-03T01:30:00")
    wait_until(house, "2026-03-04T01:30:00")
    assert [fate[1:] for fate in fates(ana)] == [("skipped", "done"), ("told", None)]
    assert [fact["date"] for fact in facts(house, ana, "reminder")] == ["2026-03-03"]


def test_deleting_a_habit_or_an_account_leaves_nothing(house: Daybeat) -> None:
    owner = newcomer(house)
    gone, kept = habit(house, owner, "12:30"), habit(house, owner, "12:30")
    for each in (gone, kept):
        owner.put(f"/reminders/habits/{each}/nudge", {"enabled": True})
    owner.put("/reminders/settings", {"milestones": False})
    wait_until(house, "2026-03-02T12:30:00")
    sign_in_again(house, owner)
    owner.delete(f"/habits/{gone}")
    assert UUID(gone) not in kept_values(house)
    assert UUID(kept) in kept_values(house)
    assert owner.ask("DELETE", "/auth/me", json={"password": PASSWORD}).status_code == 204
    assert not {UUID(kept), UUID(owner.id)} & kept_values(house)


def test_pages_of_the_list_follow_each_other(house: Daybeat, ana: Person) -> None:
    habit(house, ana, "12:10")
    wait_until(house, "2026-03-05T20:00:00")
    first = ana.get("/reminders", limit=3)
    rest = ana.get("/reminders", limit=3, cursor=first["next_cursor"])
    assert [len(first["items"]), len(rest["items"]), rest["next_cursor"]] == [3, 1, None]
    assert ana.get("/reminders", state="told")["items"] == []


def test_nobody_sees_or_acts_on_anothers_reminders(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30")
    wait_until(house, "2026-03-02T12:30:00")
    (told,) = reminders(ana)
    house.clock.forward(minutes=-30)
    ben = newcomer(house)
    use_program_token(ben)
    assert reminders(ben) == []
    assert ben.get("/reminders", habit_id=habit_id)["items"] == []
    for method, path in (
        ("GET", f"/reminders/habits/{habit_id}"),
        ("PUT", f"/reminders/habits/{habit_id}/nudge"),
        ("POST", f"/reminders/habits/{habit_id}/nudge/undo"),
        ("POST", f"/reminders/habits/{habit_id}/nudge/resume"),
        ("POST", f"/reminders/{told['id']}/done"),
        ("POST", f"/reminders/{told['id']}/skip"),
        ("POST", f"/reminders/{told['id']}/snooze"),
    ):
        body = {"enabled": True} if method == "PUT" else None
        assert ben.ask(method, path, json=body).status_code == 404, path


def kept_values(daybeat: Daybeat) -> set[Any]:
    """Give every id in a table of habit reminders."""
    kept = contents(daybeat)
    tables = ("reminder_settings", "reminder_dues", "reminder_claims", "habit_reminders", "habit_nudges")
    rows = [row for name in (*tables, "habit_milestones") for row in kept[name]]
    return {value for row in rows for value in row if isinstance(value, UUID)}
