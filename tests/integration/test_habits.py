"""Habits through the API: beginning, changing, ordering, pausing, archiving and ending them."""

from typing import Any

import pytest

from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer, noon, sign_in_again, use_program_token

KINDS: dict[str, dict[str, Any]] = {
    "daily": {"schedule": {"kind": "daily"}},
    "weekdays": {"schedule": {"kind": "weekdays", "days": [0, 2, 4]}},
    "every_n_days": {"schedule": {"kind": "every_n_days", "n": 3}},
    "per_week": {"schedule": {"kind": "per_week", "n": 3, "week_start": 6}},
    "per_month": {"schedule": {"kind": "per_month", "n": 4}},
    "weekly_total": {"schedule": {"kind": "weekly_total", "week_start": 0}, "target": 150.5},
    "avoid": {"schedule": {"kind": "avoid"}},
}
UNITS = {"per_week": "week", "weekly_total": "week", "per_month": "month"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_habit_of_each_kind_is_kept_as_it_was_begun(ana: Person, kind: str) -> None:
    answer = ana.ask("POST", "/habits", json={"name": "Read", **KINDS[kind]})
    habit = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/habits/{habit['id']}"
    assert habit["schedule"] == KINDS[kind]["schedule"]
    assert habit["start"] == "2026-03-02"
    assert habit["stats"]["unit"] == UNITS.get(kind, "day")
    assert ana.get(f"/habits/{habit['id']}") == habit


def test_everything_a_habit_can_have_is_kept(ana: Person) -> None:
    wishes = {
        "name": "Run",
        "question": "Did you run?",
        "unit": "km",
        "target": 5,
        "direction": "at_least",
        "icon": "🏃🏽‍♀️",
        "color": "teal",
        "tags": ["health", "outside"],
        "reminders": ["07:00", "18:30"],
        "schedule": {"kind": "daily"},
        "start": "2026-02-01",
    }
    habit = ana.post("/habits", wishes)
    assert {name: habit[name] for name in wishes} == wishes


def test_a_target_means_at_least_when_nothing_is_said(ana: Person) -> None:
    assert ana.get(f"/habits/{ana.habit(target=5)}")["direction"] == "at_least"
    assert ana.get(f"/habits/{ana.habit(target=0, direction='at_most')}")["direction"] == "at_most"


def test_a_week_starts_on_sunday_with_the_days_sorted(ana: Person) -> None:
    habit = ana.get(f"/habits/{ana.habit(schedule={'kind': 'weekdays', 'days': [4, 0]})}")
    assert habit["schedule"]["days"] == [0, 4]


def test_a_changed_schedule_holds_from_today_on(house: Daybeat, ana: Person) -> None:
    use_program_token(ana)
    habit = ana.habit()
    for day in ("2026-03-02", "2026-03-03"):
        house.clock.set(noon(day))
        ana.says(habit, day)
    house.clock.set(noon("2026-03-05"))
    changed = ana.patch(f"/habits/{habit}", {"schedule": {"kind": "weekdays", "days": [0]}})
    assert [each["since"] for each in changed["versions"]] == ["2026-03-02", "2026-03-05"]
    # Wednesday the 4th was lived as a daily habit and stays missed.
    assert changed["stats"]["progress"] == {"successes": 2, "due": 3, "rate": pytest.approx(2 / 3)}


def test_two_changes_on_one_day_leave_one_version(house: Daybeat, ana: Person) -> None:
    use_program_token(ana)
    habit = ana.habit()
    house.clock.set(noon("2026-03-05"))
    ana.patch(f"/habits/{habit}", {"target": 10})
    changed = ana.patch(f"/habits/{habit}", {"target": 20})
    assert [(each["since"], each["target"]) for each in changed["versions"]] == [
        ("2026-03-02", None),
        ("2026-03-05", 20),
    ]


def test_changing_nothing_leaves_no_version_and_no_fact(ana: Person) -> None:
    habit = ana.habit(target=10, color="teal")
    before = ana.get(f"/habits/{habit}")
    again = {"name": "Read", "target": 10, "direction": "at_least", "color": "teal", "schedule": {"kind": "daily"}}
    assert ana.patch(f"/habits/{habit}", again) == before


def test_null_empties_what_may_be_empty(ana: Person) -> None:
    habit = ana.habit(target=10, color="teal", icon="📖", unit="pages")
    emptied = ana.patch(
        f"/habits/{habit}", {"target": None, "direction": None, "color": None, "icon": None, "unit": None}
    )
    assert [emptied[name] for name in ("target", "direction", "color", "icon", "unit")] == [None] * 5


def test_the_start_can_move_back_and_forth_but_not_over_a_check_in(ana: Person) -> None:
    habit = ana.habit(start="2026-02-20")
    ana.says(habit, "2026-02-25")
    assert ana.patch(f"/habits/{habit}", {"start": "2026-02-25"})["stats"]["progress"]["due"] == 5
    assert ana.patch(f"/habits/{habit}", {"start": "2026-02-01"})["stats"]["progress"]["due"] == 29
    answer = ana.ask("PATCH", f"/habits/{habit}", json={"start": "2026-02-26"})
    assert (answer.status_code, answer.json()["type"]) == (409, "start-after-check-ins")


def test_a_start_moved_past_a_change_keeps_the_rule_in_force(house: Daybeat, ana: Person) -> None:
    use_program_token(ana)
    habit = ana.habit()
    house.clock.set(noon("2026-03-05"))
    weekly = {"kind": "per_week", "n": 2, "week_start": 0}
    ana.patch(f"/habits/{habit}", {"schedule": weekly})
    house.clock.set(noon("2026-03-20"))
    moved = ana.patch(f"/habits/{habit}", {"start": "2026-03-10"})
    assert moved["schedule"] == weekly
    assert [each["since"] for each in moved["versions"]] == ["2026-03-10"]


def test_habits_stay_in_the_order_they_were_put(ana: Person) -> None:
    first, second, third = (ana.habit(name=name) for name in "abc")
    ana.put("/habits/order", {"ids": [third, first, second]})
    assert [each["id"] for each in ana.get("/habits")["items"]] == [third, first, second]
    fourth = ana.habit(name="d")
    assert [each["id"] for each in ana.get("/habits")["items"]][-1] == fourth


@pytest.mark.parametrize("pick", [[0], [0, 0], [0, 1, 1]], ids=["one missing", "one twice", "one too many"])
def test_an_order_names_each_habit_once(ana: Person, pick: list[int]) -> None:
    habits = [ana.habit(), ana.habit()]
    answer = ana.ask("PUT", "/habits/order", json={"ids": [habits[n] for n in pick]})
    assert (answer.status_code, answer.json()["type"]) == (422, "order-incomplete")


def test_an_archived_habit_takes_no_check_ins_and_stands_still(house: Daybeat, ana: Person) -> None:
    use_program_token(ana)
    habit = ana.habit()
    ana.says(habit, "2026-03-02")
    frozen = ana.patch(f"/habits/{habit}", {"archived": True})
    assert frozen["archived_on"] == "2026-03-02"
    house.clock.set(noon("2026-04-02"))
    assert ana.get(f"/habits/{habit}")["stats"] == frozen["stats"]
    for method, path in (("PUT", "/2026-03-02"), ("DELETE", "/2026-03-02"), ("POST", ""), ("POST", "/import")):
        body = {"PUT": {"state": "done"}, "POST": {"check_ins": [{"date": "2026-03-02"}]} if path else {}}.get(method)
        answer = ana.ask(method, f"/habits/{habit}/check-ins{path}", json=body)
        assert (answer.status_code, answer.json()["type"]) == (409, "habit-archived")
    assert ana.get("/today")["items"] == []


def test_a_restored_habit_counts_the_days_between_as_paused(house: Daybeat, ana: Person) -> None:
    use_program_token(ana)
    habit = ana.habit()
    ana.says(habit, "2026-03-02")
    house.clock.set(noon("2026-03-03"))
    ana.patch(f"/habits/{habit}", {"archived": True})
    house.clock.set(noon("2026-03-20"))
    restored = ana.patch(f"/habits/{habit}", {"archived": False})
    assert restored["archived_on"] is None
    assert [(each["from"], each["to"]) for each in restored["pauses"]] == [("2026-03-03", "2026-03-19")]
    assert restored["stats"]["streak"] == 1
    assert ana.says(habit, "2026-03-20")["stats"]["streak"] == 2


def test_lists_tell_archived_habits_from_others(ana: Person) -> None:
    here, gone = ana.habit(), ana.habit()
    ana.patch(f"/habits/{gone}", {"archived": True})
    shown = {
        which: [h["id"] for h in ana.get("/habits", archived=which)["items"]] for which in ("false", "true", "all")
    }
    assert shown == {"false": [here], "true": [gone], "all": [here, gone]}


def test_a_pause_forgives_days_and_can_be_taken_back(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(start="2026-02-25")
    ana.says(habit, "2026-02-25")
    pause = ana.post(f"/habits/{habit}/pauses", {"from": "2026-02-26", "to": "2026-03-01"})
    assert ana.get(f"/habits/{habit}/stats")["streak"] == 1
    ana.delete(f"/habits/{habit}/pauses/{pause['id']}")
    assert ana.get(f"/habits/{habit}/stats")["streak"] == 0
    assert ana.ask("DELETE", f"/habits/{habit}/pauses/{pause['id']}").status_code == 404
    assert house.core is not None


def test_a_deleted_habit_is_gone_with_its_check_ins(ana: Person) -> None:
    habit = ana.habit()
    check_in = ana.says(habit, "2026-03-02")["check_in"]["id"]
    ana.delete(f"/habits/{habit}")
    assert ana.ask("GET", f"/habits/{habit}").status_code == 404
    assert ana.ask("DELETE", f"/check-ins/{check_in}").status_code == 404
    assert ana.get("/habits", archived="all")["items"] == []


def test_the_habit_day_begins_at_the_rollover_hour(house: Daybeat) -> None:
    ana = newcomer(house, timezone="Europe/Paris", rollover_hour=4)
    house.clock.set(noon("2026-03-03").replace(hour=2, minute=59))
    sign_in_again(house, ana)
    assert ana.get("/today")["date"] == "2026-03-02"
    house.clock.forward(minutes=1)
    assert ana.get("/today")["date"] == "2026-03-03"


def test_pages_cut_a_list_without_gap_or_overlap(ana: Person) -> None:
    habits = [ana.habit(name=str(number)) for number in range(7)]
    seen, cursor = [], None
    for _ in range(4):
        part = ana.get("/habits", limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [each["id"] for each in part["items"]]
        cursor = part["next_cursor"]
    assert seen == habits
    assert cursor is None


@pytest.mark.parametrize("cursor", ["x", "b8Kg", "bzE5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "é", "%00"])
def test_an_invented_cursor_is_refused_or_empty(ana: Person, cursor: str) -> None:
    ana.habit()
    answer = ana.ask("GET", "/habits", params={"cursor": cursor})
    assert answer.status_code == 422 or answer.json()["items"] == []
