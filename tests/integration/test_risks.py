"""Risk: who is likely to be missed next and why, told once while it lasts, and never out of step with the days."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybeat.bootstrap.rebuild import rebuild
from daybeat.modules.insights.domain.risk import Risk, risk
from daybeat.modules.insights.domain.risk_features import Occurrence
from daybeat.modules.insights.judging import SETTLED
from daybeat.modules.insights.risk_storage import forecaster
from tests.support.database import caught_up
from tests.support.daybeat import PASSWORD, Daybeat, Person, running_daybeat
from tests.support.days import newcomer, noon, use_program_token
from tests.support.risks import (
    do_what_is_due,
    from_scratch,
    kept,
    lived_until,
    put_days,
    risk_of,
    rows_of,
    think,
    told,
)

TODAY = date(2026, 3, 2)
"""A Monday."""
DAY = timedelta(days=1)
YESTERDAY = TODAY - DAY
SLIPPING = "x" * 40 + "." * 10
GOING_WELL = "x" * 40


@pytest.fixture
def ana(house: Daybeat) -> Person:
    person = newcomer(house)
    use_program_token(person)
    return person


def wait(daybeat: Daybeat, day: date) -> None:
    daybeat.clock.set(noon(day))


def test_under_ten_closed_days_it_is_too_early(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, "." * 9)
    think(house, ana)
    assert risk_of(ana, habit) == {
        "habit_id": habit,
        "name": "Read",
        "unit": "day",
        "day": "2026-03-02",
        "miss": None,
        "flagged": False,
        "missing": 1,
        "reasons": [],
        "action": None,
        "last_chance": False,
    }
    assert told(house, ana) == []
    wait(house, TODAY + DAY)
    assert risk_of(ana, habit)["missing"] is None


def test_a_habit_that_slips_is_flagged_with_reasons_and_told(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, SLIPPING)
    think(house, ana)
    (fact,) = told(house, ana)
    found = risk_of(ana, habit)
    assert found["flagged"]
    assert found["miss"] >= 0.6
    assert found["reasons"] == ["It did not work out the last 10 times.", "It did not work out on Monday last week."]
    assert found["action"] == "Do the smallest part that you can call done: coming back matters most now."
    same = {name: found[name] for name in ("habit_id", "day", "unit", "miss", "reasons", "action")}
    assert fact == {**same, "title": "Read", "last": "2026-03-02"}


def test_looking_finds_what_nobody_has_thought_about_yet(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, SLIPPING)
    caught_up(house)
    assert risk_of(ana, habit)["flagged"]
    assert len(told(house, ana)) == 1
    think(house, ana)
    assert len(told(house, ana)) == 1


def test_a_habit_that_goes_well_is_named_and_not_told(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, GOING_WELL)
    think(house, ana)
    found = risk_of(ana, habit)
    assert (found["flagged"], found["action"]) == (False, "Carry on as you do.")
    assert told(house, ana) == []


def test_those_at_risk_come_first_then_the_likeliest_miss_then_those_too_early(house: Daybeat, ana: Person) -> None:
    for name, signs in {"New": "xx", "Well": GOING_WELL, "Mixed": "x." * 20, "Slips": SLIPPING}.items():
        lived_until(ana, YESTERDAY, signs, name=name)
    think(house, ana)
    assert [each["name"] for each in ana.get("/insights/risks")["items"]] == ["Slips", "Mixed", "Well", "New"]


def test_a_risk_is_told_once_while_it_lasts_and_again_when_it_comes_back(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, SLIPPING)
    for day in range(3):
        wait(house, TODAY + day * DAY)
        think(house, ana)
        think(house, ana)
    assert len(told(house, ana)) == 1
    put_days(ana, habit, TODAY + 2 * DAY, "x")
    for day in range(3, 13):
        wait(house, TODAY + day * DAY)
        ana.says(habit, TODAY + day * DAY)
        think(house, ana)
    assert not risk_of(ana, habit)["flagged"]
    wait(house, TODAY + 24 * DAY)
    think(house, ana)
    assert risk_of(ana, habit)["flagged"]
    assert [fact["day"] for fact in told(house, ana)] == ["2026-03-02", "2026-03-26"]


def test_a_replay_tells_nothing_again(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, SLIPPING)
    think(house, ana)
    found = risk_of(ana, habit)
    rebuild(house.core, "insights.days", lambda _done, _total: None)
    think(house, ana)
    assert risk_of(ana, habit) == found
    assert len(told(house, ana)) == 1


@pytest.mark.embedded
def test_a_restart_tells_nothing_again(tmp_path: Path) -> None:
    with running_daybeat(tmp_path / "data") as daybeat:
        person = daybeat.person()
        habit = lived_until(person, YESTERDAY, SLIPPING)
        think(daybeat, person)
    with running_daybeat(tmp_path / "data") as daybeat:
        person.client = daybeat.client
        think(daybeat, person)
        assert risk_of(person, habit)["flagged"]
        assert len(told(daybeat, person)) == 1


def test_the_night_is_enough_to_begin_a_risk(daybeat: Daybeat) -> None:
    person = daybeat.person()
    use_program_token(person)
    lived_until(person, YESTERDAY, "x" * 40 + "....")
    think(daybeat, person)
    for day in range(3):
        wait(daybeat, TODAY + day * DAY)
        do_what_is_due(daybeat)
        assert told(daybeat, person) == []
    wait(daybeat, TODAY + 3 * DAY)
    do_what_is_due(daybeat)
    assert [fact["day"] for fact in told(daybeat, person)] == ["2026-03-05"]


def test_the_night_is_that_of_the_user(daybeat: Daybeat) -> None:
    """In Auckland a day is over at 14:00 UTC, hours before UTC's own."""
    person = daybeat.person(timezone="Pacific/Auckland")
    use_program_token(person)
    lived_until(person, YESTERDAY, "x" * 40 + "....")
    think(daybeat, person)
    for hours in range(0, 49, 12):
        daybeat.clock.set(noon(TODAY) + timedelta(hours=hours))
        do_what_is_due(daybeat)
        assert told(daybeat, person) == []
    daybeat.clock.set(noon(TODAY + 2 * DAY) + timedelta(hours=3))
    do_what_is_due(daybeat)
    assert [fact["day"] for fact in told(daybeat, person)] == ["2026-03-05"]


def test_a_running_week_is_at_risk_from_its_first_day_to_its_last(house: Daybeat, ana: Person) -> None:
    weekly = {"schedule": {"kind": "per_week", "n": 3, "week_start": 0}}
    habit = lived_until(ana, YESTERDAY, "xxx...." * 8 + "x......" * 7, **weekly)
    think(house, ana)
    (fact,) = told(house, ana)
    assert (fact["unit"], fact["day"], fact["last"]) == ("week", "2026-03-02", "2026-03-08")
    assert fact["reasons"][0] == "It did not work out the last 7 times."
    assert not risk_of(ana, habit)["last_chance"]
    wait(house, TODAY + 6 * DAY)
    found = risk_of(ana, habit)
    assert (found["unit"], found["day"], found["last_chance"]) == ("week", "2026-03-02", True)
    assert len(told(house, ana)) == 1


def test_a_week_that_is_met_lets_the_next_one_be_foreseen(house: Daybeat, ana: Person) -> None:
    weekly = {"schedule": {"kind": "per_week", "n": 2, "week_start": 0}}
    habit = lived_until(ana, YESTERDAY, "xx....." * 12, **weekly)
    wait(house, TODAY + DAY)
    put_days(ana, habit, TODAY, "x")
    think(house, ana)
    assert (risk_of(ana, habit)["day"], risk_of(ana, habit)["missing"]) == ("2026-03-02", None)
    ana.says(habit, TODAY + DAY)
    think(house, ana)
    assert (risk_of(ana, habit)["day"], risk_of(ana, habit)["last_chance"]) == ("2026-03-09", False)


def test_a_running_month_is_at_risk_too(house: Daybeat, ana: Person) -> None:
    good, bad = "x" * 212, "." * 212  # January to July, and August to February
    lived_until(ana, YESTERDAY, good + bad, schedule={"kind": "per_month", "n": 10})
    think(house, ana)
    (fact,) = told(house, ana)
    assert (fact["unit"], fact["day"], fact["last"]) == ("month", "2026-03-01", "2026-03-31")


def test_a_weekly_amount_is_at_risk_until_it_is_reached(house: Daybeat, ana: Person) -> None:
    total = {"schedule": {"kind": "weekly_total", "week_start": 0}, "target": 20}
    habit = lived_until(ana, YESTERDAY, "5555..." * 8 + "555...." * 7, **total)
    think(house, ana)
    assert [fact["unit"] for fact in told(house, ana)] == ["week"]
    ana.says(habit, TODAY, amount=20)
    think(house, ana)
    assert risk_of(ana, habit)["day"] == "2026-03-09"


def test_a_part_of_the_days_amount_leaves_the_day_open(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, "5" * 30 + "2" * 10, target=5)
    put_days(ana, habit, TODAY, "3")
    think(house, ana)
    assert [(fact["day"], fact["reasons"][0]) for fact in told(house, ana)] == [
        ("2026-03-02", "It did not work out the last 10 times.")
    ]
    ana.says(habit, TODAY, amount=5)
    think(house, ana)
    assert risk_of(ana, habit)["day"] == "2026-03-03"


def test_what_is_to_be_left_alone_is_at_risk_after_slips(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, "." * 30 + "x" * 10, schedule={"kind": "avoid"})
    think(house, ana)
    found = risk_of(ana, habit)
    assert (found["day"], found["flagged"]) == ("2026-03-02", True)
    assert found["action"] == "Decide now what you will do instead when it tempts you."
    assert len(told(house, ana)) == 1


def test_what_comes_only_later_is_shown_at_once_and_told_when_it_has_come(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, "xxxx.xx" * 20)
    for week in (0, 7):
        for day in range(4):
            wait(house, TODAY + (week + day) * DAY)
            ana.says(habit, TODAY + (week + day) * DAY)
        think(house, ana)
        found = risk_of(ana, habit)
        assert (found["flagged"], found["day"]) == (True, str(TODAY + (week + 4) * DAY))
        known = len(told(house, ana))
        wait(house, TODAY + (week + 4) * DAY)
        think(house, ana)
        assert len(told(house, ana)) == known + 1
        for day in (5, 6):
            wait(house, TODAY + (week + day) * DAY)
            ana.says(habit, TODAY + (week + day) * DAY)
            think(house, ana)
    assert [fact["day"] for fact in told(house, ana)] == ["2026-03-06", "2026-03-13"]


def test_a_paused_or_skipped_day_is_not_at_risk(house: Daybeat, ana: Person) -> None:
    paused, skipped = (lived_until(ana, YESTERDAY, SLIPPING, name=name) for name in ("Paused", "Skipped"))
    ana.post(f"/habits/{paused}/pauses", {"from": "2026-03-02", "to": "2026-03-04"})
    ana.says(skipped, TODAY, "skip")
    think(house, ana)
    assert [risk_of(ana, habit)["day"] for habit in (paused, skipped)] == ["2026-03-05", "2026-03-03"]
    assert told(house, ana) == []
    wait(house, TODAY + 3 * DAY)
    think(house, ana)
    assert sorted((fact["title"], fact["day"]) for fact in told(house, ana)) == [
        ("Paused", "2026-03-05"),
        ("Skipped", "2026-03-05"),
    ]


def test_a_habit_that_is_put_away_is_not_at_risk(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, SLIPPING)
    ana.patch(f"/habits/{habit}", {"archived": True})
    think(house, ana)
    assert ana.get("/insights/risks")["items"] == []
    ana.patch(f"/habits/{habit}", {"archived": False})
    think(house, ana)
    assert len(told(house, ana)) == 1


def test_correcting_and_undoing_are_judged_anew(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, SLIPPING)
    think(house, ana)
    flagged = risk_of(ana, habit)
    put_days(ana, habit, TODAY - 10 * DAY, "x" * 10)
    think(house, ana)
    assert not risk_of(ana, habit)["flagged"]
    for day in range(1, 11):
        ana.delete(f"/habits/{habit}/check-ins/{TODAY - day * DAY}")
    think(house, ana)
    assert risk_of(ana, habit) == flagged
    assert len(told(house, ana)) == 2


def test_a_deleted_habit_and_account_leave_nothing(house: Daybeat) -> None:
    person = newcomer(house)
    habits = [lived_until(person, YESTERDAY, SLIPPING) for _ in range(2)]
    think(house, person)
    person.delete(f"/habits/{habits[0]}")
    think(house, person)
    assert [each["habit_id"] for each in person.get("/insights/risks")["items"]] == [habits[1]]
    person.ask("DELETE", "/auth/me", json={"password": PASSWORD})
    caught_up(house)
    assert rows_of(house, person) == []


def test_nobody_sees_the_risks_of_others(house: Daybeat, ana: Person) -> None:
    lived_until(ana, YESTERDAY, SLIPPING)
    bea = newcomer(house)
    think(house, ana)
    assert bea.get("/insights/risks") == {"day": "2026-03-02", "items": []}
    assert told(house, bea) == []


def test_another_name_is_shown_at_once(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, GOING_WELL)
    think(house, ana)
    ana.patch(f"/habits/{habit}", {"name": "Read more"})
    caught_up(house)
    assert risk_of(ana, habit)["name"] == "Read more"


def test_what_is_kept_reaches_the_last_settled_day_and_goes_on_from_there(house: Daybeat, ana: Person) -> None:
    habit = lived_until(ana, YESTERDAY, "x.xx" * 25)
    think(house, ana)
    begun = kept(house, habit)
    assert begun.through == TODAY - SETTLED
    assert forecaster(begun.known).past.closed == 94
    ana.says(habit, TODAY)
    think(house, ana)
    assert kept(house, habit).known == begun.known
    wait(house, TODAY + 3 * DAY)
    think(house, ana)
    assert forecaster(kept(house, habit).known).past.closed == 97


KINDS: tuple[dict[str, Any], ...] = (
    {"schedule": {"kind": "daily"}, "target": None},
    {"schedule": {"kind": "weekdays", "days": [0, 2, 4]}, "target": 5},
    {"schedule": {"kind": "per_week", "n": 3, "week_start": 6}, "target": None},
    {"schedule": {"kind": "weekly_total", "week_start": 0}, "target": 20},
    {"schedule": {"kind": "avoid"}, "target": None},
)
BACK = st.integers(0, 30)
DEEDS = st.one_of(
    st.tuples(st.just("say"), BACK, st.sampled_from(["x", "x", "s", "f", "5"])),
    st.tuples(st.just("clear"), BACK),
    st.tuples(st.just("pause"), BACK, st.integers(0, 9)),
    st.tuples(st.just("change"), st.sampled_from(KINDS)),
    st.tuples(st.just("sleep"), st.integers(1, 12)),
    st.tuples(st.just("sleep"), st.integers(1, 12)),
    st.tuples(st.just("think")),
    st.tuples(st.just("look")),
)


class Life:
    """Somebody with one habit; what is refused did not happen."""

    def __init__(self, daybeat: Daybeat, kind: dict[str, Any]) -> None:
        daybeat.clock.set(noon(TODAY))
        self.daybeat, self.person = daybeat, newcomer(daybeat)
        use_program_token(self.person)
        self.habit = lived_until(self.person, YESTERDAY, "x.xx..x" * 5, **kind)

    def say(self, back: int, sign: str) -> None:
        body = {"state": "done", "amount": 5} if sign == "5" else {"state": {"x": "done", "s": "skip", "f": "no"}[sign]}
        self._ask("PUT", f"/check-ins/{self._day(back)}", body)

    def clear(self, back: int) -> None:
        self._ask("DELETE", f"/check-ins/{self._day(back)}")

    def pause(self, back: int, length: int) -> None:
        self._ask("POST", "/pauses", {"from": self._day(back), "to": self._day(back - length)})

    def change(self, kind: dict[str, Any]) -> None:
        self._ask("PATCH", "", kind)

    def sleep(self, days: int) -> None:
        self.daybeat.clock.forward(days=days)

    def think(self) -> None:
        think(self.daybeat, self.person)

    def look(self) -> None:
        caught_up(self.daybeat)
        self.person.get("/insights/summary", days=7)

    def _ask(self, method: str, path: str, body: Any = None) -> None:
        self.person.ask(method, f"/habits/{self.habit}{path}", **({} if body is None else {"json": body}))

    def _day(self, back: int) -> str:
        return str(self.daybeat.clock.now().date() - back * DAY)


@settings(max_examples=25)
@given(kind=st.sampled_from(KINDS), deeds=st.lists(DEEDS, min_size=8, max_size=25))
def test_what_is_kept_says_the_same_as_everything_learned_from_scratch(
    shared_daybeat: Daybeat, kind: dict[str, Any], deeds: list[Any]
) -> None:
    life = Life(shared_daybeat, kind)
    for deed, *how in deeds:
        getattr(life, deed)(*how)
    life.think()
    row = kept(shared_daybeat, life.habit)
    assert forecaster(row.known) == from_scratch(shared_daybeat, life.habit, row.through)
    if row.day is not None:
        found = risk(from_scratch(shared_daybeat, life.habit, date.max), Occurrence(row.day, row.unit))
        assert (row.miss, row.missing) == ((found.miss, None) if isinstance(found, Risk) else (None, found.missing))
