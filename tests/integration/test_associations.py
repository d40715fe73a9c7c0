"""What goes with moods, through the door: what is there is found, luck is not, and who waits is told until when."""

from datetime import time, timedelta

import pytest

from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer, noon, use_program_token
from tests.support.moody import TODAY, by_luck, days_before, does, feels, linked, tracks


def test_what_lifts_moods_is_found_and_what_does_not_is_not(house: Daybeat, ana: Person) -> None:
    days, walks = days_before(90), by_luck("walk")
    feels(ana, days, walks)
    walk = does(ana, days, walks, name="Walk")
    does(ana, days, by_luck("read"), name="Read")
    found = linked(house, ana)
    assert list(found) == ["Walk", "Read"]
    assert (found["Walk"]["verdict"], found["Walk"]["subject"], found["Walk"]["habit_id"]) == ("finding", "habit", walk)
    assert 0 < found["Walk"]["low"] < found["Walk"]["points"] < found["Walk"]["high"]
    assert found["Walk"]["q"] <= 0.05
    assert found["Walk"]["n"] == 90
    assert found["Read"]["verdict"] == "nothing"


def test_among_habits_that_have_nothing_to_do_with_moods_nothing_is_found(house: Daybeat, ana: Person) -> None:
    days = days_before(60)
    feels(ana, days, by_luck("weather"))
    for number in range(4):
        does(ana, days, by_luck(f"chore {number}"), name=f"Chore {number}")
    assert {item["verdict"] for item in linked(house, ana).values()} == {"nothing"}


def test_with_too_little_it_says_when_there_will_be_enough_and_keeps_its_word(house: Daybeat, ana: Person) -> None:
    use_program_token(ana)
    days = days_before(20)
    feels(ana, days)
    walk = does(ana, days, lambda day: day.day % 2 == 0, name="Walk")
    waiting = linked(house, ana)["Walk"]
    assert (waiting["verdict"], waiting["n"], waiting["enough_on"]) == ("too little data", 20, "2026-03-12")
    assert (waiting["points"], waiting["p"], waiting["q"]) == (None, None, None)
    for number in range(10):
        day = TODAY + timedelta(days=number)
        house.clock.set(noon(day))
        assert linked(house, ana)["Walk"]["verdict"] == "too little data"
        feels(ana, [day])
        if day.day % 2 == 0:
            ana.says(walk, day)
    house.clock.set(noon("2026-03-12"))
    assert linked(house, ana)["Walk"]["verdict"] != "too little data"


def test_days_that_asked_for_nothing_do_not_count(house: Daybeat, ana: Person) -> None:
    days = days_before(28)
    feels(ana, days)
    daily = does(ana, days, lambda day: day == days[0], name="Daily")
    ana.says(daily, days[1], "skip")
    ana.says(daily, days[2], "no")
    ana.post(f"/habits/{daily}/pauses", {"from": str(days[5]), "to": str(days[9])})
    does(ana, days, lambda day: day == days[0], name="Mondays", schedule={"kind": "weekdays", "days": [0]})
    does(ana, days, lambda day: day in days[:3], name="Quota", schedule={"kind": "per_week", "n": 2})
    slipping = does(ana, days, lambda _: False, name="No sugar", schedule={"kind": "avoid"})
    ana.says(slipping, days[3])
    late = does(ana, days[14:], lambda _: True, name="Late")
    ana.says(late, TODAY)
    sides = {name: (item["done"], item["not_done"]) for name, item in linked(house, ana).items()}
    assert sides == {
        "Daily": (1, 21),
        "Mondays": (1, 3),
        "Quota": (3, 25),
        "No sugar": (27, 1),
        "Late": (14, 0),
    }


def test_days_without_a_mood_and_today_do_not_count(house: Daybeat, ana: Person) -> None:
    days = days_before(10)
    feels(ana, [*days[:4], TODAY])
    does(ana, [*days, TODAY], lambda _: True, name="Walk")
    assert linked(house, ana)["Walk"]["n"] == 4


def test_a_year_is_looked_back_upon(house: Daybeat, ana: Person) -> None:
    days = days_before(366)
    feels(ana, [*days[:2], *days[-1:]])
    does(ana, days, lambda _: False, name="Walk")
    assert linked(house, ana)["Walk"]["n"] == 2


def test_habits_that_were_put_away_are_left_out(house: Daybeat, ana: Person) -> None:
    habit = does(ana, days_before(10), by_luck("walk"), name="Walk")
    ana.patch(f"/habits/{habit}", {"archived": True})
    assert linked(house, ana) == {}


def test_who_is_new_is_told_of_every_habit_that_it_is_too_early(house: Daybeat, ana: Person) -> None:
    assert linked(house, ana) == {}
    ana.habit(name="Walk")
    walk = linked(house, ana)["Walk"]
    assert (walk["verdict"], walk["n"], walk["enough_on"]) == ("too little data", 0, None)


def test_an_answer_follows_what_is_corrected_later(house: Daybeat, ana: Person) -> None:
    days = days_before(40)
    feels(ana, days)
    walk = does(ana, days, by_luck("walk"), name="Walk")
    first = linked(house, ana)["Walk"]
    ana.says(walk, days[3], "skip")
    assert linked(house, ana)["Walk"]["n"] == first["n"] - 1
    ana.post("/moods", {"score": 1, "at": noon(days[5]).isoformat()})
    assert linked(house, ana)["Walk"]["p"] != first["p"]
    ana.patch(f"/habits/{walk}", {"name": "Stroll"})
    does(ana, days, by_luck("read"), name="Read")
    assert set(linked(house, ana)) == {"Stroll", "Read"}


def test_activity_is_judged_like_a_habit(house: Daybeat, ana: Person) -> None:
    days, active = days_before(90), by_luck("workout")
    feels(ana, days, active)
    tracks(house, ana, days, active)
    tracks(house, ana, days, by_luck("login"), "login")
    tracks(house, ana, days[:7], lambda _: True, "rare")
    found = linked(house, ana)
    assert set(found) == {"workout", "login"}
    assert (found["workout"]["verdict"], found["workout"]["subject"]) == ("finding", "activity")
    assert found["workout"]["habit_id"] is None
    assert (found["workout"]["done"], found["workout"]["n"]) == (sum(map(active, days)), 90)
    assert found["login"]["verdict"] == "nothing"


def test_before_anything_was_recorded_nothing_is_known_of_activity(house: Daybeat, ana: Person) -> None:
    days = days_before(60)
    feels(ana, days)
    tracks(house, ana, days[40:], lambda day: day in {days[40], *days[50:]})
    workout = linked(house, ana)["workout"]
    assert (workout["done"], workout["not_done"]) == (11, 9)


@pytest.mark.parametrize(("zone", "done"), [("Pacific/Kiritimati", 10), ("UTC", 0)])
def test_events_belong_to_the_habit_days_of_their_account(house: Daybeat, zone: str, done: int) -> None:
    ben = newcomer(house, timezone=zone)
    days = days_before(20)
    feels(ben, days[1::2])
    for day in days[::2]:
        tracks(house, ben, [day], lambda _: True, at=time(16))  # six in the morning of the next day, far in the east
    assert linked(house, ben)["workout"]["done"] == done
