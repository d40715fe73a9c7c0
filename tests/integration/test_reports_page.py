"""Reports of weeks and months through the door: their figures by a slow count, their days, their words."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

import pytest

from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person, running_daybeat
from tests.support.days import newcomer, noon, use_program_token
from tests.support.notified import channel_at, ntfy, until
from tests.support.ntfy_server import NtfyServer

START = date(2026, 1, 5)
GOOD = {"done", "kept"}
DAYS = ({"kind": "daily"}, {"kind": "weekdays", "days": [0, 2, 5]}, {"kind": "every_n_days", "n": 3}, {"kind": "avoid"})


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    with ntfy() as server:
        yield server


def report(daybeat: Daybeat, person: Person, kind: str = "weekly", **params: str) -> Any:
    caught_up(daybeat)
    return person.get(f"/reports/{kind}", **params)


def live(person: Person, seed: str) -> list[str]:
    """Live some weeks with a habit of every kind that is due on days; gives their ids."""
    dice = Random(seed)  # noqa: S311
    habits = [person.habit(name=schedule["kind"], schedule=schedule, start=str(START)) for schedule in DAYS]
    for habit in habits:
        for number in range(56):
            state = dice.choice(["done", "done", "no", "skip", None, None])
            if state is not None:
                person.says(habit, START + timedelta(days=number), state)
    person.post(f"/habits/{habits[0]}/pauses", {"from": "2026-02-10", "to": "2026-02-12"})
    for number in range(0, 56, 2):
        day = noon(START + timedelta(days=number))
        person.post("/moods", {"score": dice.randint(1, 5), "at": day.isoformat()})
    return habits


def histories(person: Person, habits: list[str], first: date, last: date) -> dict[str, list[Any]]:
    return {habit: person.get(f"/habits/{habit}/history", **{"from": first, "to": last})["days"] for habit in habits}


def shares(days: list[Any]) -> tuple[int, int]:
    return sum(day["due"] and day["state"] in GOOD for day in days), sum(day["due"] for day in days)


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "before"),
    [
        ("weekly", "2026-02-12", "2026-02-09", "2026-02-15", "2026-02-02"),
        ("monthly", "2026-02-12", "2026-02-01", "2026-02-28", "2026-01-01"),
    ],
)
def test_the_figures_are_those_of_the_days(
    house: Daybeat, ana: Person, kind: str, day: str, first: str, last: str, before: str
) -> None:
    habits = live(ana, f"figures {kind}")
    told = report(house, ana, kind, day=day)
    assert (told["kind"], told["first"], told["last"], told["is_over"]) == (kind, first, last, True)
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    now = histories(ana, habits, begin, end)
    earlier = histories(ana, habits, date.fromisoformat(before), begin - timedelta(days=1))
    done, due = shares(list(chain(*now.values())))
    assert (told["done"], told["due"], told["rate"]) == (done, due, done / due)
    assert (told["before"]["done"], told["before"]["due"]) == shares(list(chain(*earlier.values())))
    assert {each["habit_id"]: each["days"] for each in told["habits"]} == {
        habit: [lived["state"] for lived in days] for habit, days in now.items()
    }
    for each in told["habits"]:
        assert (each["successes"], each["due"]) == shares(now[each["habit_id"]])
        assert each["strength"] == now[each["habit_id"]][-1]["strength"]
        assert each["strength_before"] == earlier[each["habit_id"]][-1]["strength"]
        met, asked = shares(earlier[each["habit_id"]])
        assert each["before"] == met / asked
    by_day = [shares(list(lived)) for lived in zip(*now.values(), strict=True)]
    asked_days = [(met / asked, asked, number) for number, (met, asked) in enumerate(by_day) if asked]
    assert told["best_day"]["date"] == str(begin + timedelta(days=max(asked_days)[2]))
    assert told["best_day"]["done"] == by_day[max(asked_days)[2]][0]


def test_moods_are_averaged_by_day(house: Daybeat, ana: Person) -> None:
    ana.habit(start="2026-02-01")
    for day, score in (("2026-02-10", 2), ("2026-02-17", 5), ("2026-02-17", 4), ("2026-02-19", 2)):
        ana.post("/moods", {"score": score, "at": noon(day).isoformat()})
    told = report(house, ana, day="2026-02-18")
    assert told["mood"] == {"mean": fmean([4.5, 2]), "n": 3, "days": 2, "before": 2.0}
    assert told["sentences"][-1] == "Your mood was 3.2 of 5 on average, 1.2 higher than the week before."


def test_a_quota_counts_the_weeks_that_ended(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(schedule={"kind": "per_week", "n": 2, "week_start": 0}, start="2026-02-02")
    for day in ("2026-02-03", "2026-02-05", "2026-02-10", "2026-02-24"):
        ana.says(habit, day)
    [month] = report(house, ana, "monthly", day="2026-02-20")["habits"]
    assert (month["unit"], month["successes"], month["due"]) == ("week", 1, 3)
    [week] = report(house, ana, day="2026-02-03")["habits"]
    assert (week["successes"], week["due"], week["days"][:3]) == (1, 1, ["free", "done", "free"])


def test_without_a_day_it_is_the_last_one_that_is_over(house: Daybeat, ana: Person) -> None:
    ana.habit(start="2026-01-01")
    assert (report(house, ana)["first"], report(house, ana, "monthly")["first"]) == ("2026-02-23", "2026-02-01")


def test_the_one_that_is_on_goes_as_far_as_today(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(start="2026-02-01")
    ana.says(habit, "2026-03-02")
    told = report(house, ana, day="2026-03-02")
    assert (told["first"], told["last"], told["is_over"]) == ("2026-03-02", "2026-03-08", False)
    assert (told["done"], told["due"], told["before"]["due"]) == (1, 1, 7)
    assert told["habits"][0]["days"] == ["done", *["future"] * 6]
    assert told["text"].splitlines()[0] == "1 of 1 completed"
    assert told["sentences"][0].startswith("1 of 1 done so far")


def test_habits_that_began_or_ended_within_say_so(house: Daybeat, ana: Person) -> None:
    ana.habit(name="New", start="2026-02-26")
    old = ana.habit(name="Old", start="2026-01-01")
    use_program_token(ana)
    ana.patch(f"/habits/{old}", {"archived": True})
    house.clock.set(noon("2026-03-09"))
    told = {each["name"]: each["days"] for each in report(house, ana, day="2026-02-25")["habits"]}
    assert told["New"] == ["before", "before", "before", *["missed"] * 4]
    assert told["Old"] == ["missed"] * 7
    told = {each["name"]: each["days"] for each in report(house, ana)["habits"]}
    assert told["Old"][1:] == ["archived"] * 6


@pytest.mark.parametrize("kind", ["weekly", "monthly"])
def test_before_the_account_began_there_is_nothing_and_no_trouble(house: Daybeat, ana: Person, kind: str) -> None:
    ana.habit()
    ana.post("/goals", {"name": "Books", "target": 5})
    told = report(house, ana, kind, day="2019-05-05")
    assert (told["done"], told["due"], told["rate"], told["mood"]) == (0, 0, None, None)
    assert (told["habits"], told["goals"], told["best_day"], told["advice"]) == ([], [], None, None)
    assert told["sentences"] == ["Nothing was due."]


@pytest.mark.parametrize("day", ["2026-03-03", "2027-01-01", "1999-12-31", "yesterday"])
def test_a_day_to_come_or_of_no_calendar_is_refused(ana: Person, day: str) -> None:
    assert ana.ask("GET", "/reports/weekly", params={"day": day}).status_code == 422
    assert ana.ask("GET", "/reports/monthly", params={"day": day}).status_code == 422


@pytest.mark.parametrize(("week_start", "first"), [(0, "2026-02-23"), (6, "2026-02-22"), (2, "2026-02-18")])
def test_weeks_begin_where_their_user_says(house: Daybeat, week_start: int, first: str) -> None:
    ben = newcomer(house, week_start=week_start)
    assert report(house, ben)["first"] == first


@pytest.mark.parametrize(
    ("zone", "instant", "first"),
    [
        ("Pacific/Kiritimati", datetime(2026, 3, 1, 13, 30, tzinfo=UTC), "2026-02-23"),
        ("UTC", datetime(2026, 3, 1, 13, 30, tzinfo=UTC), "2026-02-16"),
        ("America/Los_Angeles", datetime(2026, 3, 2, 10, 30, tzinfo=UTC), "2026-02-16"),
        ("UTC", datetime(2026, 3, 2, 10, 30, tzinfo=UTC), "2026-02-23"),
    ],
)
def test_a_week_is_over_when_its_users_last_day_is(house: Daybeat, zone: str, instant: datetime, first: str) -> None:
    house.clock.set(instant)
    ben = newcomer(house, timezone=zone)
    assert report(house, ben)["first"] == first


def test_goals_stand_as_they_stood_then(house: Daybeat, ana: Person) -> None:
    run = ana.habit(name="Run", start="2026-01-01")
    goal = {"name": "Runs", "target": 10, "start": "2026-02-01", "habits": [{"habit_id": run}]}
    ana.post("/goals", goal)
    ana.post("/goals", {"name": "Later", "target": 3, "start": "2026-03-01"})
    for day in ("2026-02-02", "2026-02-10", "2026-02-11", "2026-02-24"):
        ana.says(run, day)
    [told] = report(house, ana, day="2026-02-10")["goals"]
    assert (told["name"], told["progress"], told["target"], told["added"]) == ("Runs", 3, 10, 2)
    assert told["verdict"] == "too early to say"
    month = {each["name"]: (each["progress"], each["added"]) for each in report(house, ana, "monthly")["goals"]}
    assert month == {"Runs": (4, 4)}


def told_by_message(person: Person) -> str:
    [sent] = until(lambda: person.get("/notifications/deliveries", state="sent")["items"])
    return str(sent["body"])


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("weekly", {"weekly_report": {"day": 0, "at": "13:00"}}),
        ("monthly", {"monthly_report": {"day": 2, "at": "13:00"}}),
    ],
)
def test_the_text_is_what_the_message_says(
    tmp_path: Path, server: NtfyServer, kind: str, settings: dict[str, Any]
) -> None:
    with running_daybeat(tmp_path / "data", allow_private_targets=True) as daybeat:
        ana = daybeat.person()
        use_program_token(ana)
        live(ana, f"text {kind}")
        quota = ana.habit(name="Swim", schedule={"kind": "per_week", "n": 3, "week_start": 0}, start=str(START))
        ana.says(quota, "2026-02-24")
        channel_at(ana, server)
        ana.put("/reminders/settings", settings)
        daybeat.clock.set(datetime(2026, 3, 2, 13, 1, tzinfo=UTC))
        message = told_by_message(ana)
        told = report(daybeat, ana, kind)
    assert told["text"] == message
    assert told["advice"] == message.splitlines()[-1]
    assert server.messages[0]["title"] == {"weekly": "Your week", "monthly": "Your month"}[kind]


def test_own_words_are_in_the_text_too(house: Daybeat, ana: Person) -> None:
    ana.habit(start="2026-02-01")
    words = {"kind": "report", "title": "My {{ report }}", "body": "{{ completed }}/{{ due }} until {{ last }}"}
    ana.put("/notifications/templates", words)
    assert report(house, ana)["text"] == "0/7 until 2026-03-01"


def test_what_is_long_ago_has_no_advice_for_today(house: Daybeat, ana: Person) -> None:
    ana.habit(start="2026-01-01")
    assert report(house, ana)["advice"] is not None
    assert report(house, ana, day="2026-02-18")["advice"] is None
    assert report(house, ana, "monthly", day="2026-01-18")["advice"] is None
