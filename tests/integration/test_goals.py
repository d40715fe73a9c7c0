"""Goals: progress is exactly what habits and entries add up to since the start, whatever is undone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from daybeat.infra.events.log import event_log
from daybeat.kit.ids import new_id
from tests.support.database import caught_up
from tests.support.daybeat import PASSWORD, Daybeat, Person
from tests.support.days import DAY, newcomer, sign_in_again
from tests.support.goals import goal, progress, standing

TODAY = date(2026, 3, 2)


@pytest.fixture
def run(ana: Person) -> str:
    return ana.habit(name="Run", start="2025-12-01")


@pytest.fixture
def read(ana: Person) -> str:
    return ana.habit(name="Read", start="2025-12-01", target=20, unit="pages")


def facts(daybeat: Daybeat, person: Person) -> list[str]:
    """Name what was published about a person's goals, in order."""
    caught_up(daybeat)
    own = (event_log.c.user_id == UUID(person.id)) & event_log.c.type.startswith("goals.")
    query = select(event_log.c.type).where(own).order_by(event_log.c.user_seq)
    names = daybeat.core.store.read_now(lambda connection: connection.execute(query).scalars().all())
    return [name.removeprefix("goals.") for name in names]


def test_a_goal_adds_up_check_ins_and_amounts_by_their_weights(
    house: Daybeat, ana: Person, run: str, read: str
) -> None:
    made = goal(ana, {"habit_id": run, "weight": 5}, {"habit_id": read, "weight": 0.1}, unit="points")
    ana.says(run, "2026-03-01")
    ana.says(read, "2026-03-01", amount=30)
    ana.post(f"/habits/{read}/check-ins", {"amount": 7})
    shown = standing(house, ana, made)
    assert shown["progress"] == 8.7
    assert shown["remaining"] == 91.3
    contributed = {link["habit_id"]: (link["counts"], link["contributed"]) for link in shown["habits"]}
    assert contributed == {run: ("check_ins", 5.0), read: ("amounts", 3.7)}


def test_days_can_count_instead_of_amounts(house: Daybeat, ana: Person, read: str) -> None:
    made = goal(ana, {"habit_id": read, "counts": "check_ins"})
    ana.says(read, "2026-03-01", amount=30)
    assert progress(house, ana, made) == 1


def test_what_is_no_check_in_of_something_done_counts_nothing(house: Daybeat, ana: Person, run: str) -> None:
    made = goal(ana, run)
    ana.says(run, "2026-02-27", "skip")
    ana.says(run, "2026-02-28", "no")
    assert progress(house, ana, made) == 0


def test_progress_falls_when_a_check_in_is_undone(house: Daybeat, ana: Person, run: str) -> None:
    made = goal(ana, run)
    first = ana.post(f"/habits/{run}/check-ins")["check_in"]["id"]
    ana.post(f"/habits/{run}/check-ins")
    assert progress(house, ana, made) == 2
    ana.delete(f"/check-ins/{first}")
    assert progress(house, ana, made) == 1
    ana.delete(f"/habits/{run}/check-ins/{TODAY}")
    assert progress(house, ana, made) == 0


def test_a_day_that_is_set_takes_the_place_of_what_was_said(house: Daybeat, ana: Person, read: str) -> None:
    made = goal(ana, read)
    for amount in (3, 4):
        ana.post(f"/habits/{read}/check-ins", {"amount": amount})
    assert progress(house, ana, made) == 7
    ana.says(read, TODAY, amount=5)
    assert progress(house, ana, made) == 5
    ana.says(read, TODAY, "skip")
    ana.post(f"/habits/{read}/check-ins", {"amount": 2})
    assert progress(house, ana, made) == 2


def test_what_was_done_before_the_start_never_counts(house: Daybeat, ana: Person, run: str) -> None:
    ana.says(run, "2026-02-09")
    made = goal(ana, run, start="2026-02-10")
    ana.says(run, "2026-02-08")
    ana.says(run, "2026-02-10")
    assert progress(house, ana, made) == 1
    ana.patch(f"/goals/{made}", {"start": "2026-02-09"})
    assert progress(house, ana, made) == 2


def test_a_goal_counts_what_was_done_since_its_start_before_it_was_set(house: Daybeat, ana: Person, run: str) -> None:
    ana.says(run, "2026-02-09")
    caught_up(house)
    shown = ana.get(f"/goals/{goal(ana, run)}")
    assert shown["progress"] == 1
    assert shown["habits"][0]["contributed"] == 1
    assert ana.post("/goals", {"name": "From now on", "target": 5, "habits": [{"habit_id": run}]})["progress"] == 0


def test_a_history_that_is_brought_in_counts(house: Daybeat, ana: Person, run: str, read: str) -> None:
    made = goal(ana, run, read, target=10_000)
    days = [str(TODAY - DAY * number) for number in range(50)]
    ana.post(f"/habits/{run}/check-ins/import", {"check_ins": [{"date": each} for each in days]})
    ana.post(f"/habits/{read}/check-ins/import", {"check_ins": [{"date": each, "amount": 3} for each in days]})
    assert progress(house, ana, made) == 200
    again = [{"date": each, "state": "no"} for each in days[:10]]
    ana.post(f"/habits/{run}/check-ins/import", {"check_ins": again})
    assert progress(house, ana, made) == 190


def test_what_a_deleted_habit_contributed_goes_with_it(house: Daybeat, ana: Person, run: str, read: str) -> None:
    made = goal(ana, run, read)
    ana.says(run, "2026-03-01")
    ana.says(read, "2026-03-01", amount=30)
    assert progress(house, ana, made) == 31
    ana.delete(f"/habits/{read}")
    shown = standing(house, ana, made)
    assert shown["progress"] == 1
    assert [link["habit_id"] for link in shown["habits"]] == [run]


def test_what_an_archived_habit_contributed_stays(house: Daybeat, ana: Person, run: str) -> None:
    made = goal(ana, run)
    ana.says(run, "2026-03-01")
    ana.patch(f"/habits/{run}", {"archived": True})
    assert progress(house, ana, made) == 1


def test_entries_by_hand_count_and_can_be_taken_back(house: Daybeat, ana: Person) -> None:
    made = goal(ana, unit="euros")
    first = ana.post(f"/goals/{made}/entries", {"amount": 50, "note": "from grandma"})
    ana.post(f"/goals/{made}/entries", {"amount": -10.5, "date": "2026-02-01"})
    assert (ana.get(f"/goals/{made}")["progress"], ana.get(f"/goals/{made}")["by_hand"]) == (39.5, 39.5)
    listed = ana.get(f"/goals/{made}/entries")["items"]
    assert [(each["date"], each["amount"], each["note"]) for each in listed] == [
        ("2026-03-02", 50, "from grandma"),
        ("2026-02-01", -10.5, None),
    ]
    ana.delete(f"/goals/{made}/entries/{first['id']}")
    assert progress(house, ana, made) == -10.5


def test_the_same_entry_sent_twice_is_one(ana: Person) -> None:
    made, entry = goal(ana), {"id": str(new_id()), "amount": 3}
    answers = [ana.post(f"/goals/{made}/entries", entry) for _ in range(2)]
    assert answers[0] == answers[1]
    assert ana.get(f"/goals/{made}")["progress"] == 3
    assert ana.ask("POST", f"/goals/{made}/entries", json={**entry, "amount": 4}).status_code == 409


@pytest.mark.parametrize("day", ["2025-12-31", "2026-03-03"])
def test_entries_before_the_start_or_in_the_future_are_refused(ana: Person, day: str) -> None:
    made = goal(ana)
    assert ana.ask("POST", f"/goals/{made}/entries", json={"amount": 3, "date": day}).status_code == 422
    assert ana.get(f"/goals/{made}/entries")["items"] == []


def test_two_devices_at_once_lose_and_double_nothing(house: Daybeat, ana: Person, run: str, read: str) -> None:
    made = goal(ana, {"habit_id": run, "weight": 2}, read, target=10_000)

    def device(number: int) -> None:
        for step in range(10):
            mine = ana.post(f"/habits/{run}/check-ins")["check_in"]["id"]
            ana.post(f"/habits/{read}/check-ins", {"amount": 1.5})
            ana.post(f"/goals/{made}/entries", {"amount": 1})
            if (number + step) % 2:
                ana.delete(f"/check-ins/{mine}")

    with ThreadPoolExecutor(2) as both:
        list(both.map(device, range(2)))
    assert progress(house, ana, made) == 10 * 2 + 20 * 1.5 + 20


def test_a_goal_is_completed_by_its_progress_and_open_again_when_that_is_undone(
    house: Daybeat, ana: Person, run: str
) -> None:
    made = goal(ana, run, target=2)
    ana.says(run, "2026-02-28")
    ana.says(run, "2026-03-01")
    shown = standing(house, ana, made)
    assert (shown["state"], shown["reached_on"], shown["forecast"]["verdict"]) == ("completed", "2026-03-01", "reached")
    ana.delete(f"/habits/{run}/check-ins/2026-02-28")
    shown = standing(house, ana, made)
    assert (shown["state"], shown["reached_on"], shown["remaining"]) == ("active", None, 1)
    told = [name for name in facts(house, ana) if name.startswith("goal.")]
    assert told == ["goal.created", "goal.completed", "goal.reopened"]


def test_a_reached_goal_that_is_reopened_stays_open_until_it_asks_for_something_else(
    house: Daybeat, ana: Person
) -> None:
    made = goal(ana, target=5)
    ana.post(f"/goals/{made}/entries", {"amount": 6})
    assert ana.get(f"/goals/{made}")["state"] == "completed"
    assert ana.post(f"/goals/{made}/reopen")["state"] == "active"
    assert ana.post(f"/goals/{made}/reopen")["state"] == "active"
    assert ana.patch(f"/goals/{made}", {"target": 8})["state"] == "active"
    ana.post(f"/goals/{made}/entries", {"amount": 2})
    assert ana.get(f"/goals/{made}")["state"] == "completed"
    told = [name for name in facts(house, ana) if name.startswith("goal.")]
    assert told == ["goal.created", "goal.completed", "goal.reopened", "goal.changed", "goal.completed"]


def test_whoever_travels_west_on_the_day_a_goal_begins_still_sees_it(house: Daybeat) -> None:
    person = newcomer(house, timezone="Pacific/Auckland", rollover_hour=0)
    made = goal(person, start="2026-03-03")
    person.patch("/auth/me", {"timezone": "America/Los_Angeles"})
    shown = standing(house, person, made)
    assert (shown["start"], shown["pace"], shown["state"]) == ("2026-03-03", 0, "active")
    assert [each["id"] for each in person.get("/goals")["items"]] == [made]


def test_a_goal_cannot_begin_after_it_ended(house: Daybeat, ana: Person) -> None:
    made = goal(ana)
    ana.post(f"/goals/{made}/archive")
    house.clock.forward(days=1)
    sign_in_again(house, ana)
    answer = ana.ask("PATCH", f"/goals/{made}", json={"start": "2026-03-03"})
    assert (answer.status_code, answer.json()["type"]) == (422, "start-after-end")
    assert ana.get(f"/goals/{made}")["start"] == "2026-01-01"


@pytest.mark.parametrize(("deed", "state"), [("complete", "completed"), ("archive", "archived")])
def test_a_goal_that_was_ended_stands_still_until_it_is_reopened(
    house: Daybeat, ana: Person, run: str, deed: str, state: str
) -> None:
    made = goal(ana, run)
    ana.says(run, "2026-03-01")
    caught_up(house)
    for _ in range(2):
        shown = ana.post(f"/goals/{made}/{deed}")
        assert (shown["state"], shown["ended_on"], shown["progress"]) == (state, "2026-03-02", 1)
    assert ana.ask("POST", f"/goals/{made}/entries", json={"amount": 1}).status_code == 409
    house.clock.forward(minutes=60 * 24 - 720 + 240)  # the next habit day, within the life of the token's account
    ana = _again(house, ana)
    ana.says(run, "2026-03-03")
    assert progress(house, ana, made) == 1
    shown = ana.post(f"/goals/{made}/reopen")
    assert (shown["state"], shown["ended_on"], shown["progress"]) == ("active", None, 2)
    assert facts(house, ana).count("goal.reopened") == 1


def _again(house: Daybeat, person: Person) -> Person:
    answer = house.client.post("/api/v1/auth/login", json={"email": person.email, "password": PASSWORD})
    return Person(house.client, person.email, answer.json())


def test_lists_show_what_is_asked_for(ana: Person) -> None:
    active, done, away = goal(ana), goal(ana), goal(ana)
    ana.post(f"/goals/{done}/complete")
    ana.post(f"/goals/{away}/archive")

    def listed(**query: Any) -> list[str]:
        return [each["id"] for each in ana.get("/goals", **query)["items"]]

    assert listed() == [done, active]
    assert [listed(state=each) for each in ("active", "completed", "archived")] == [[active], [done], [away]]
    assert listed(state="all") == [away, done, active]
    page = ana.get("/goals", state="all", limit=2)
    assert [each["id"] for each in ana.get("/goals", state="all", cursor=page["next_cursor"])["items"]] == [active]


def test_milestones_are_told_once_and_stand_where_they_were_reached(house: Daybeat, ana: Person, run: str) -> None:
    marks = [{"at": 2, "name": "Half way"}, {"at": 1}]
    made = goal(ana, run, target=4, milestones=marks)
    for _ in range(2):
        ana.says(run, "2026-02-28")
        ana.says(run, "2026-03-01")
        shown = standing(house, ana, made)
        reached = [(each["at"], each["name"], each["reached_on"]) for each in shown["milestones"]]
        assert reached == [(1, "", "2026-02-28"), (2, "Half way", "2026-03-01")]
        ana.delete(f"/habits/{run}/check-ins/2026-03-01")
        assert standing(house, ana, made)["milestones"][1]["reached_on"] is None
    assert facts(house, ana).count("milestone.reached") == 2


def test_changes_are_told_and_what_changes_nothing_is_not(house: Daybeat, ana: Person, run: str, read: str) -> None:
    made = goal(ana, run)
    ana.says(run, "2026-03-01")
    caught_up(house)
    ana.patch(f"/goals/{made}", {"name": "A hundred", "habits": [{"habit_id": run}]})
    assert facts(house, ana) == ["goal.created", "progress.changed"]
    shown = ana.patch(f"/goals/{made}", {"habits": [{"habit_id": run, "weight": 3}, {"habit_id": read}], "unit": "km"})
    assert (shown["progress"], shown["unit"], len(shown["habits"])) == (3, "km", 2)
    assert facts(house, ana)[2:] == ["goal.changed", "progress.changed"]
    assert ana.patch(f"/goals/{made}", {"unit": None, "habits": []})["progress"] == 0


def test_only_what_is_different_is_told_of_progress(house: Daybeat, ana: Person, run: str) -> None:
    goal(ana, run, start="2026-03-01")
    ana.says(run, "2026-03-01")
    ana.says(run, "2026-03-01", note="in the rain")
    ana.says(run, "2026-02-01")
    assert facts(house, ana).count("progress.changed") == 1


def test_pace_forecast_and_fan_follow_the_last_weeks(house: Daybeat, ana: Person, run: str) -> None:
    days = [{"date": str(TODAY - timedelta(number))} for number in range(60)]
    ana.post(f"/habits/{run}/check-ins/import", {"check_ins": days})
    made = goal(ana, run, start="2026-01-02", deadline="2026-06-30")
    shown = standing(house, ana, made)
    assert (shown["progress"], shown["pace"]) == (60, 1.0)
    assert shown["needed_pace"] == pytest.approx(40 / 121)
    forecast = shown["forecast"]
    assert forecast["verdict"] == "on pace"
    assert forecast["chance"] == 1.0
    assert forecast["earliest"] <= "2026-04-11" <= forecast["latest"]
    assert standing(house, ana, made)["forecast"] == forecast
    history = ana.get(f"/goals/{made}/history")
    assert history["days"][-1] == {"date": "2026-03-02", "added": 1, "total": 60}
    assert history["fan"][0]["date"] == "2026-03-09"
    assert ana.patch(f"/goals/{made}", {"deadline": "2026-03-12"})["forecast"]["verdict"] == "behind"


def test_a_young_goal_says_that_it_is_too_early(ana: Person, run: str) -> None:
    made = ana.post("/goals", {"name": "New", "target": 5, "deadline": "2026-04-01", "habits": [{"habit_id": run}]})
    assert made["forecast"] == {
        "verdict": "too early to say",
        **dict.fromkeys(("earliest", "likely", "latest", "chance")),
    }
    assert ana.get(f"/goals/{made['id']}/history") == {"goal_id": made["id"], "days": [], "fan": []}


WRONG: dict[str, dict[str, Any]] = {
    "no target": {"target": 0},
    "a target that is no number": {"target": "many"},
    "no name": {"name": " "},
    "a start to come": {"start": "2026-03-03"},
    "a deadline before the start": {"start": "2026-03-01", "deadline": "2026-02-28"},
    "no weight": {"habits": [{"habit_id": str(UUID(int=1)), "weight": 0}]},
    "a habit of nobody": {"habits": [{"habit_id": str(UUID(int=1))}]},
    "two milestones at one place": {"milestones": [{"at": 3}, {"at": 3}]},
    "something unknown": {"color": "red"},
}


@pytest.mark.parametrize("wish", WRONG.values(), ids=WRONG.keys())
def test_a_goal_that_makes_no_sense_is_refused(ana: Person, wish: dict[str, Any]) -> None:
    answer = ana.ask("POST", "/goals", json={"name": "Odd", "target": 5, **wish})
    assert answer.status_code in {404, 422}
    assert ana.get("/goals")["items"] == []


def test_a_habit_to_leave_alone_does_not_count_and_one_counts_once(ana: Person, run: str) -> None:
    smoke = ana.habit(schedule={"kind": "avoid"})
    for links in ([{"habit_id": smoke}], [{"habit_id": run}] * 2):
        assert ana.ask("POST", "/goals", json={"name": "Odd", "target": 5, "habits": links}).status_code == 422


def test_another_persons_habit_does_not_count(house: Daybeat, ana: Person, run: str) -> None:
    bea = newcomer(house)
    body = {"name": "Hers", "target": 5, "habits": [{"habit_id": run}]}
    assert bea.ask("POST", "/goals", json=body).status_code == 404
    own = goal(bea)
    assert bea.ask("PATCH", f"/goals/{own}", json={"habits": [{"habit_id": run}]}).status_code == 404
    assert ana.get(f"/habits/{run}")["id"] == run


def test_the_same_key_sets_one_goal(ana: Person) -> None:
    key, body = {"Idempotency-Key": "once"}, {"name": "Save", "target": 5}
    assert ana.post("/goals", body, headers=key) == ana.post("/goals", body, headers=key)
    assert len(ana.get("/goals")["items"]) == 1


def test_a_deleted_goal_leaves_its_habits_as_they_are(house: Daybeat, ana: Person, run: str) -> None:
    made = goal(ana, run)
    ana.says(run, "2026-03-01")
    ana.post(f"/goals/{made}/entries", {"amount": 1})
    ana.delete(f"/goals/{made}")
    assert ana.ask("GET", f"/goals/{made}").status_code == 404
    assert ana.get(f"/habits/{run}/stats")["total"] == 1
    assert facts(house, ana)[-1] == "goal.deleted"
