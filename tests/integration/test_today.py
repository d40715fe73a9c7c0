"""What the page shows: today, the grid, the history of one habit and the year over all."""

from typing import Any

import pytest

from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer, noon, sign_in_again

MONDAY = "2026-03-02"


def names(page: Any) -> list[str]:
    return [each["name"] for each in page["items"]]


def test_today_shows_what_is_due_and_what_was_done_anyway(ana: Person) -> None:
    ana.habit(name="daily")
    ana.habit(name="on Mondays", schedule={"kind": "weekdays", "days": [0]})
    ana.habit(name="on Tuesdays", schedule={"kind": "weekdays", "days": [1]})
    bonus = ana.habit(name="on Sundays", schedule={"kind": "weekdays", "days": [6]})
    ana.habit(name="later", start="2026-03-03")
    ana.habit(name="thrice a week", schedule={"kind": "per_week", "n": 3})
    ana.says(bonus, MONDAY)
    page = ana.get("/today")
    assert names(page) == ["daily", "on Mondays", "on Sundays", "thrice a week"]
    assert [each["due"] for each in page["items"]] == [True, True, False, True]
    assert [each["state"] for each in page["items"]] == ["open", "open", "done", "open"]


def test_a_paused_habit_is_not_asked_for(ana: Person) -> None:
    habit = ana.habit()
    ana.post(f"/habits/{habit}/pauses", {"from": MONDAY, "to": "2026-03-03"})
    assert ana.get("/today")["items"] == []
    assert names(ana.get("/today", date="2026-03-04")) == ["Read"]


def test_a_skipped_day_is_shown_as_skipped(ana: Person) -> None:
    ana.says(ana.habit(), MONDAY, "skip")
    (item,) = ana.get("/today")["items"]
    assert (item["state"], item["due"]) == ("skipped", False)


def test_a_quota_says_how_far_the_week_is_and_when_it_is_met(ana: Person) -> None:
    habit = ana.habit(schedule={"kind": "per_week", "n": 2, "week_start": 6}, start="2026-03-01")
    ana.says(habit, "2026-03-01")
    (item,) = ana.get("/today")["items"]
    assert item["period"] == {"from": "2026-03-01", "to": "2026-03-07", "done": 1, "target": 2}
    assert not item["satisfied"]
    ana.says(habit, MONDAY)
    (item,) = ana.get("/today")["items"]
    assert (item["satisfied"], item["stats"]["streak"], item["stats"]["unit"]) == (True, 1, "week")


def test_yesterday_names_what_was_left_open(ana: Person) -> None:
    left, done, skipped = (ana.habit(name=name, start="2026-03-01") for name in ("left", "done", "skipped"))
    ana.says(done, "2026-03-01")
    ana.says(skipped, "2026-03-01", "skip")
    ana.habit(name="a quota", start="2026-03-01", schedule={"kind": "per_week", "n": 1})
    yesterday = ana.get("/today")["yesterday"]
    assert yesterday == {"date": "2026-03-01", "open": [{"habit_id": left, "name": "left"}]}


def test_another_day_can_be_looked_at(ana: Person) -> None:
    habit = ana.habit(start="2026-02-01")
    ana.says(habit, "2026-02-10", note="ten pages")
    page = ana.get("/today", date="2026-02-10")
    assert (page["date"], page["today"]) == ("2026-02-10", MONDAY)
    assert (page["items"][0]["state"], page["items"][0]["note"]) == ("done", "ten pages")


def test_the_grid_shows_the_last_days_of_each_habit(ana: Person) -> None:
    habit = ana.habit(start="2026-02-27")
    ana.says(habit, "2026-02-28")
    grid = ana.get("/habits/grid", days=7)
    assert (grid["from"], grid["to"]) == ("2026-02-24", MONDAY)
    (row,) = grid["items"]
    assert row["habit_id"] == habit
    states = [day["state"] for day in row["days"]]
    assert states == ["before", "before", "before", "missed", "done", "missed", "open"]


def test_a_history_shows_every_day_with_its_strength_and_the_best_runs(ana: Person) -> None:
    habit = ana.habit(start="2026-02-20")
    for day in ("20", "21", "22", "24", "25"):
        ana.says(habit, f"2026-02-{day}")
    history = ana.get(f"/habits/{habit}/history")
    assert (history["from"], history["to"], len(history["days"])) == ("2026-02-20", MONDAY, 11)
    assert history["days"][-1]["strength"] == ana.get(f"/habits/{habit}/stats")["strength"]
    assert history["runs"] == [
        {"from": "2026-02-20", "to": "2026-02-22", "length": 3},
        {"from": "2026-02-24", "to": "2026-02-25", "length": 2},
    ]


def test_a_part_of_a_history_has_the_strengths_of_the_whole(ana: Person) -> None:
    habit = ana.habit(start="2026-02-20")
    ana.says(habit, "2026-02-20")
    whole = ana.get(f"/habits/{habit}/history")["days"]
    part = ana.get(f"/habits/{habit}/history", **{"from": "2026-02-25", "to": "2026-02-26"})["days"]
    assert part == whole[5:7]


def test_only_the_ten_best_runs_are_told(ana: Person) -> None:
    habit = ana.habit(start="2026-01-01")
    days = [{"date": f"2026-01-{day:02}"} for day in range(1, 31, 2)]
    ana.post(f"/habits/{habit}/check-ins/import", {"check_ins": days})
    assert len(ana.get(f"/habits/{habit}/history")["runs"]) == 10


@pytest.mark.parametrize("day", ["2000-01-01", "2199-12-31"])
def test_the_ends_of_time_can_be_looked_at(ana: Person, day: str) -> None:
    habit = ana.habit(start="2026-03-01")
    assert ana.get("/today", date=day)["date"] == day
    assert ana.get(f"/habits/{habit}/history", **{"from": day, "to": day})["days"] == []


def test_the_year_counts_what_was_done_over_all_habits(house: Daybeat, ana: Person) -> None:
    one, two = ana.habit(start="2026-02-01"), ana.habit(start="2026-02-01", target=10)
    ana.says(one, "2026-02-10")
    ana.says(two, "2026-02-10", amount=10)
    ana.says(two, "2026-02-11", amount=1)
    ana.says(one, "2026-02-12", "skip")
    caught_up(house)
    year = ana.get("/insights/year", year=2026)
    assert year == {"year": 2026, "days": [{"date": "2026-02-10", "done": 2, "due": 2}], "total": 2}
    assert ana.get("/insights/year", year=2025)["total"] == 0


def test_the_year_follows_a_target_that_changed_on_the_day(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(start="2026-02-01", target=30)
    ana.says(habit, "2026-03-02", amount=20)
    caught_up(house)
    assert ana.get("/insights/year", year=2026)["total"] == 0
    ana.patch(f"/habits/{habit}", {"target": 15})
    caught_up(house)
    assert ana.get("/insights/year", year=2026)["days"] == [{"date": "2026-03-02", "done": 1, "due": 1}]


def test_another_day_shows_the_week_of_that_day(daybeat: Daybeat) -> None:
    ana = newcomer(daybeat)
    habit = ana.habit(schedule={"kind": "per_week", "n": 2, "week_start": 0})
    ana.says(habit, "2026-03-02")
    daybeat.clock.set(noon("2026-03-10"))
    sign_in_again(daybeat, ana)
    (then,) = ana.get("/today", date="2026-03-04")["items"]
    (now,) = ana.get("/today")["items"]
    assert (then["period"]["from"], then["period"]["done"]) == ("2026-03-02", 1)
    assert (now["period"]["from"], now["period"]["done"]) == ("2026-03-09", 0)
