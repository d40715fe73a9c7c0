"""What holds for every life with goals: progress is what check-ins and entries add up to, live and after a replay."""

from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybeat.bootstrap.rebuild import rebuild
from daybeat.modules.goals.models import goal_check_ins, goals
from tests.support.database import caught_up, contents
from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer, use_program_token
from tests.support.goals import added_up, goal, standing

START = date(2026, 2, 20)
WEIGHTS = (1, 0.1, 3, 0.5)
DAYS = st.integers(-1, 2).map(lambda number: str(START + timedelta(number)))
AMOUNTS = st.sampled_from([0.1, 0.2, 0.3, 1, 2.5, 1e6])
KINDS: tuple[dict[str, Any], ...] = (
    {},
    {"target": 5},
    {"target": 20, "unit": "minutes", "schedule": {"kind": "weekly_total", "week_start": 0}},
    {"unit": "km", "schedule": {"kind": "per_week", "n": 3, "week_start": 0}},
)
HABITS = st.integers(0, len(KINDS) - 1)
DEEDS = st.one_of(
    st.tuples(st.just("set"), HABITS, DAYS, st.sampled_from(["done", "skip", "no"]), AMOUNTS),
    st.tuples(st.just("add"), HABITS, DAYS, st.none() | AMOUNTS),
    st.tuples(st.just("clear"), HABITS, DAYS),
    st.tuples(st.just("undo"), st.integers(0, 30)),
    st.tuples(st.just("import"), HABITS, st.lists(st.tuples(DAYS, AMOUNTS), min_size=1, max_size=4)),
    st.tuples(st.just("entry"), DAYS, AMOUNTS),
    st.tuples(st.just("withdraw"), st.integers(0, 10)),
    st.tuples(st.just("begin"), DAYS),
    st.tuples(st.just("weigh"), st.lists(st.tuples(HABITS, st.sampled_from([0.1, 1, 3])), max_size=4)),
    st.tuples(st.just("part_with"), HABITS, st.sampled_from(["delete", "archive", "take up", "keep", "keep"])),
)


class Life:
    """A person with a habit of each kind and one goal, who does what is drawn; what is refused did not happen."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.habits = [person.habit(start="2026-01-01", **kind) for kind in KINDS]
        links = [{"habit_id": habit, "weight": weight} for habit, weight in zip(self.habits, WEIGHTS, strict=True)]
        self.goal = goal(person, *links, start=str(START), target=50, milestones=[{"at": 10}])
        self.check_ins: list[str] = []
        self.entries: list[str] = []

    def close(self) -> None:
        """Take everything away: an account has room for so many habits and goals."""
        self.person.delete(f"/goals/{self.goal}")
        for habit in self.habits:
            self.person.ask("DELETE", f"/habits/{habit}")

    def do(self, deed: str, *how: Any) -> None:
        getattr(self, deed)(*how)

    def set(self, habit: int, day: str, state: str, amount: float) -> None:
        body = {"state": state, **({"amount": amount} if state == "done" and habit else {})}
        self._check_in("PUT", f"/habits/{self.habits[habit]}/check-ins/{day}", body)

    def add(self, habit: int, day: str, amount: float | None) -> None:
        body = {"at": f"{day}T10:00:00Z", "amount": amount}
        self._check_in("POST", f"/habits/{self.habits[habit]}/check-ins", body)

    def clear(self, habit: int, day: str) -> None:
        self.person.ask("DELETE", f"/habits/{self.habits[habit]}/check-ins/{day}")

    def undo(self, number: int) -> None:
        if self.check_ins:
            self.person.ask("DELETE", f"/check-ins/{self.check_ins[number % len(self.check_ins)]}")

    def import_(self, habit: int, days: list[tuple[str, float]]) -> None:
        body = {"check_ins": [{"date": day, "amount": amount} for day, amount in days]}
        self.person.ask("POST", f"/habits/{self.habits[habit]}/check-ins/import", json=body)

    def entry(self, day: str, amount: float) -> None:
        answer = self.person.ask("POST", f"/goals/{self.goal}/entries", json={"date": day, "amount": amount})
        self.entries += [answer.json()["id"]] if answer.is_success else []

    def withdraw(self, number: int) -> None:
        if self.entries:
            self.person.ask("DELETE", f"/goals/{self.goal}/entries/{self.entries[number % len(self.entries)]}")

    def begin(self, day: str) -> None:
        self.person.patch(f"/goals/{self.goal}", {"start": day})

    def weigh(self, weights: list[tuple[int, float]]) -> None:
        links = [{"habit_id": self.habits[habit], "weight": weight} for habit, weight in dict(weights).items()]
        self.person.ask("PATCH", f"/goals/{self.goal}", json={"habits": links})

    def part_with(self, habit: int, how: str) -> None:
        path = f"/habits/{self.habits[habit]}"
        if how == "delete":
            self.person.ask("DELETE", path)
        elif how != "keep":
            self.person.ask("PATCH", path, json={"archived": how == "archive"})

    def _check_in(self, method: str, path: str, body: Any) -> None:
        answer = self.person.ask(method, path, json=body)
        self.check_ins += [answer.json()["check_in"]["id"]] if answer.is_success else []


def replay(daybeat: Daybeat) -> None:
    caught_up(daybeat)
    rebuild(daybeat.core, "goals.progress", lambda _done, _total: None)


@pytest.fixture(scope="module")
def resident(shared_daybeat: Daybeat) -> Person:
    """One person who lives all the lives of this file."""
    person = newcomer(shared_daybeat)
    use_program_token(person)
    return person


@settings(max_examples=60)
@given(deeds=st.lists(DEEDS, min_size=15, max_size=30))
def test_progress_is_what_check_ins_and_entries_add_up_to(
    shared_daybeat: Daybeat, resident: Person, deeds: list[Any]
) -> None:
    with closing(Life(resident)) as life:
        for deed, *how in deeds:
            life.do("import_" if deed == "import" else deed, *how)
        shown = standing(shared_daybeat, resident, life.goal)
        assert shown["progress"] == added_up(resident, shown)
        parts = [link["contributed"] for link in shown["habits"]] + [shown["by_hand"]]
        assert sum(parts) == pytest.approx(shown["progress"])
        replay(shared_daybeat)
        assert standing(shared_daybeat, resident, life.goal) == shown


def test_a_replay_rebuilds_what_was_kept_live_and_tells_nobody(house: Daybeat, ana: Person) -> None:
    life = Life(ana)
    for number in range(10):
        life.add(number % 4, str(START + timedelta(number)), 2)
        life.set(1, str(START + timedelta(number)), "done", number + 1)
        life.undo(number // 2)
    before = contents(house)
    assert len(before[goal_check_ins.name]) > 5
    replay(house)
    after = contents(house)
    names = (goal_check_ins.name, goals.name, "event_log")
    assert {name: after[name] for name in names} == {name: before[name] for name in names}
