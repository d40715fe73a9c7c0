"""What holds for every life: the kept days equal what is read anew, and the summary what a slow count says."""

import os
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from daybeat.bootstrap.rebuild import rebuild
from daybeat.modules.insights.models import habit_days, hours, mood_days, user_days
from tests.support.counted import differences
from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer, noon, sign_in_again, use_program_token

HISTORIES = int(os.environ.get("DAYBEAT_TEST_HISTORIES", "25"))
START = date(2026, 2, 10)
KINDS: tuple[dict[str, Any], ...] = (
    {"schedule": {"kind": "daily"}},
    {"schedule": {"kind": "weekdays", "days": [0, 2, 4]}, "target": 5},
    {"schedule": {"kind": "per_week", "n": 3, "week_start": 0}},
    {"schedule": {"kind": "weekly_total", "week_start": 6}, "target": 20, "direction": "at_most"},
    {"schedule": {"kind": "avoid"}},
    {"schedule": {"kind": "every_n_days", "n": 3}, "target": 2, "direction": "at_most"},
)
ZONES = ("UTC", "Pacific/Apia", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Pago_Pago")
KEPT = (habit_days, user_days, mood_days, hours)
BACK = st.integers(0, 20)
HABITS = st.integers(0, 9)
AMOUNTS = st.sampled_from([1, 2.5, 5, 25])
DEEDS = st.one_of(
    st.tuples(st.just("begin"), st.sampled_from(KINDS), BACK),
    st.tuples(st.just("say"), HABITS, BACK, st.sampled_from(["done", "done", "skip", "no"]), AMOUNTS),
    st.tuples(st.just("say"), HABITS, BACK, st.just("done"), AMOUNTS),
    st.tuples(st.just("add"), HABITS, BACK, AMOUNTS),
    st.tuples(st.just("clear"), HABITS, BACK),
    st.tuples(st.just("undo"), BACK),
    st.tuples(st.just("change"), HABITS, st.sampled_from(KINDS)),
    st.tuples(st.just("move_start"), HABITS, BACK),
    st.tuples(st.just("pause"), HABITS, BACK, st.integers(0, 9)),
    st.tuples(st.just("end_pause"), HABITS),
    st.tuples(st.just("put_away"), HABITS, st.booleans()),
    st.tuples(st.just("delete"), HABITS),
    st.tuples(st.just("feel"), BACK, st.integers(1, 5)),
    st.tuples(st.just("feel_otherwise"), BACK, st.none() | BACK, st.integers(1, 5)),
    st.tuples(st.just("unfeel"), BACK),
    st.tuples(st.just("travel"), st.sampled_from(ZONES), st.integers(0, 6)),
    st.tuples(st.just("sleep"), st.integers(1, 9)),
    st.tuples(st.just("look")),
)


class Life:
    """Somebody who does what is drawn; what is refused did not happen."""

    def __init__(self, daybeat: Daybeat, person: Person) -> None:
        self.daybeat, self.person = daybeat, person
        self.habits: list[str] = []
        self.check_ins: list[str] = []
        self.moods: list[str] = []

    def do(self, deed: str, *how: Any) -> None:
        getattr(self, deed)(*how)

    def begin(self, kind: dict[str, Any], back: int) -> None:
        self.habits.append(self.person.habit(start=self._day(back), **kind))

    def say(self, habit: int, back: int, state: str, amount: float) -> None:
        body = {"state": state, **({"amount": amount} if state == "done" else {})}
        self._check_in("PUT", habit, f"/check-ins/{self._day(back)}", body)

    def add(self, habit: int, back: int, amount: float) -> None:
        self._check_in("POST", habit, "/check-ins", {"at": self._moment(back), "amount": amount})

    def clear(self, habit: int, back: int) -> None:
        self._ask("DELETE", habit, f"/check-ins/{self._day(back)}")

    def undo(self, number: int) -> None:
        if self.check_ins:
            self.person.ask("DELETE", f"/check-ins/{self.check_ins[number % len(self.check_ins)]}")

    def change(self, habit: int, kind: dict[str, Any]) -> None:
        self._ask("PATCH", habit, "", {"target": None, "direction": None, **kind})

    def move_start(self, habit: int, back: int) -> None:
        self._ask("PATCH", habit, "", {"start": self._day(back)})

    def pause(self, habit: int, back: int, length: int) -> None:
        self._ask("POST", habit, "/pauses", {"from": self._day(back), "to": self._day(back - length)})

    def end_pause(self, habit: int) -> None:
        if self.habits:
            shown = self.person.get(f"/habits/{self.habits[habit % len(self.habits)]}")
            for pause in shown["pauses"][:1]:
                self._ask("DELETE", habit, f"/pauses/{pause['id']}")

    def put_away(self, habit: int, archived: bool) -> None:  # noqa: FBT001 - drawn
        self._ask("PATCH", habit, "", {"archived": archived})

    def delete(self, habit: int) -> None:
        if len(self.habits) > 1:
            self.person.delete(f"/habits/{self.habits.pop(habit % len(self.habits))}")

    def feel(self, back: int, score: int) -> None:
        self.moods.append(self.person.post("/moods", {"score": score, "at": self._moment(back)})["id"])

    def feel_otherwise(self, number: int, back: int | None, score: int) -> None:
        if self.moods:
            moved = {} if back is None else {"at": self._moment(back)}
            self.person.patch(f"/moods/{self.moods[number % len(self.moods)]}", {"score": score, **moved})

    def unfeel(self, number: int) -> None:
        if self.moods:
            self.person.delete(f"/moods/{self.moods.pop(number % len(self.moods))}")

    def travel(self, zone: str, rollover: int) -> None:
        program = self.person.access_token
        sign_in_again(self.daybeat, self.person)
        self.person.patch("/auth/me", {"timezone": zone, "rollover_hour": rollover})
        self.person.access_token = program

    def sleep(self, days: int) -> None:
        self.daybeat.clock.forward(days=days, hours=5)

    def look(self) -> None:
        caught_up(self.daybeat)
        self.person.get("/insights/summary", days=7)

    def _check_in(self, method: str, habit: int, path: str, body: Any) -> None:
        answer = self._ask(method, habit, path, body)
        if answer is not None and answer.is_success:
            self.check_ins.append(answer.json()["check_in"]["id"])

    def _ask(self, method: str, habit: int, path: str, body: Any = None) -> Any:
        if not self.habits:
            return None
        whole = f"/habits/{self.habits[habit % len(self.habits)]}{path}"
        return self.person.ask(method, whole, **({} if body is None else {"json": body}))

    def _day(self, back: int) -> str:
        return str(self.daybeat.clock.now().date() - timedelta(back))

    def _moment(self, back: int) -> str:
        return (self.daybeat.clock.now() - timedelta(days=back, minutes=back * 97)).isoformat()


def kept(daybeat: Daybeat, person: Person) -> dict[str, list[tuple[Any, ...]]]:
    """Give the kept days of a person, brought up to date by looking at them."""
    caught_up(daybeat)
    person.get("/insights/summary", days=7)

    def look(connection: Any) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table.name: sorted(tuple(row) for row in connection.execute(select(table)) if str(row.user_id) == person.id)
            for table in KEPT
        }

    return daybeat.core.store.read_now(look)


@settings(max_examples=HISTORIES)
@given(deeds=st.lists(DEEDS, min_size=12, max_size=40))
def test_kept_days_equal_what_is_read_anew_and_the_summary_a_slow_count(
    shared_daybeat: Daybeat, deeds: list[Any]
) -> None:
    shared_daybeat.clock.set(noon(START))
    person = newcomer(shared_daybeat)
    use_program_token(person)
    life = Life(shared_daybeat, person)
    life.begin(KINDS[0], 5)
    for deed, *how in deeds:
        life.do(deed, *how)
    live = kept(shared_daybeat, person)
    for length in (7, 30, 90):
        assert differences(person, length) == {}
    rebuild(shared_daybeat.core, "insights.days", lambda _done, _total: None)
    assert kept(shared_daybeat, person) == live
