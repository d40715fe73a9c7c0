"""Suggestions end to end: they appear, one tap changes the habit, and undoing puts back exactly what was there."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from daybeat.infra.events.log import event_log
from daybeat.modules.insights.suggestion_models import suggestions
from tests.support.database import caught_up
from tests.support.daybeat import NOON, PASSWORD, Daybeat, Person
from tests.support.days import newcomer, use_program_token
from tests.support.risks import think

TODAY = NOON.date()  # a Monday
DAY = timedelta(days=1)
START = TODAY - 70 * DAY
NO_ONE = UUID(int=1)


def ago(days: int) -> str:
    return str(TODAY - days * DAY)


def say_days(person: Person, habit: str, days: Iterable[int], **said: Any) -> str:
    """Say that the habit was done so many days ago."""
    person.post(f"/habits/{habit}/check-ins/import", {"check_ins": [{"date": ago(each), **said} for each in days]})
    return habit


def hard(person: Person, **wishes: Any) -> str:
    """Begin a daily habit that is done twice a week."""
    habit = person.habit(start=str(START), **wishes)
    return say_days(person, habit, [each for each in range(1, 70) if each % 7 in {2, 5}])


def heavy(person: Person) -> str:
    habit = person.habit(name="Read", start=str(START), target=30, unit="pages")
    return say_days(person, habit, range(1, 70), amount=18)


def half_heavy(person: Person) -> str:
    habit = person.habit(name="Read", start=str(START), target=30, unit="pages")
    say_days(person, habit, range(1, 70, 2), amount=12)
    return say_days(person, habit, range(2, 70, 2), amount=16)


def easy(person: Person) -> str:
    habit = person.habit(name="Walk", start=str(START), schedule={"kind": "every_n_days", "n": 2})
    return say_days(person, habit, range(71))


def workdays(person: Person) -> str:
    habit = person.habit(start=str(START))
    return say_days(person, habit, [each for each in range(1, 70) if (TODAY - each * DAY).weekday() < 5])


def stopped(person: Person) -> str:
    return say_days(person, person.habit(start=str(START)), range(25, 70))


def early(person: Person) -> str:
    """Begin a habit that is done at 7:40, with a reminder in the evening."""
    habit = person.habit(start=str(START), reminders=["mon,tue 19:30"])
    for each in [*range(1, 6), *range(7, 15)]:
        person.post(f"/habits/{habit}/check-ins", {"at": f"{ago(each)}T07:40:00Z"})
    return habit


def whole(person: Person) -> str:
    return say_days(person, person.habit(start=ago(32)), range(1, 31))


BEGUN: dict[str, tuple[Callable[[Person], str], dict[str, Any]]] = {
    "lower": (hard, {"schedule": {"kind": "per_week", "n": 2, "week_start": 0}}),
    "lower an amount": (half_heavy, {"target": 14}),
    "split": (heavy, {"target": 15}),
    "raise": (easy, {"schedule": {"kind": "daily"}}),
    "weekdays": (workdays, {"schedule": {"kind": "weekdays", "days": [0, 1, 2, 3, 4]}}),
    "pause": (stopped, {}),
    "move_reminder": (early, {"reminders": ["mon,tue 07:35"]}),
}
"""A habit that calls for each kind, and what is asked once it is applied."""


def opened(person: Person) -> list[dict[str, Any]]:
    return list(person.get("/insights/suggestions")["items"])


def only(person: Person) -> dict[str, Any]:
    (found,) = opened(person)
    return found


def decide(person: Person, suggestion: dict[str, Any], what: str, **request: Any) -> Any:
    return person.post(f"/insights/suggestions/{suggestion['id']}/{what}", **request)


def refused(person: Person, suggestion: dict[str, Any], what: str) -> tuple[int, str]:
    answer = person.ask("POST", f"/insights/suggestions/{suggestion['id']}/{what}", json={})
    return answer.status_code, answer.json()["detail"]


def habit_of(person: Person, habit: str) -> dict[str, Any]:
    """Show what a habit asks for, without how it is going."""
    shown = person.get(f"/habits/{habit}")
    return {name: shown[name] for name in ("schedule", "target", "direction", "versions", "reminders", "pauses")}


def facts(daybeat: Daybeat, person: Person) -> list[str]:
    caught_up(daybeat)
    own = (event_log.c.user_id == UUID(person.id)) & event_log.c.type.startswith("insights.suggestion")
    query = select(event_log.c.type).where(own).order_by(event_log.c.user_seq)
    names = daybeat.core.store.read_now(lambda connection: connection.execute(query).scalars().all())
    return [name.removeprefix("insights.suggestion.") for name in names]


@pytest.mark.parametrize("case", BEGUN)
def test_each_kind_appears_is_applied_and_undone_exactly(house: Daybeat, ana: Person, case: str) -> None:
    begin, wanted = BEGUN[case]
    habit = begin(ana)
    before = habit_of(ana, habit)
    found = only(ana)
    assert (found["kind"], found["habit_id"], found["state"]) == (case.split(maxsplit=1)[0], habit, "open")
    assert found["evidence"]
    assert not found["can_undo"]
    applied = decide(ana, found, "apply")
    assert (applied["state"], applied["can_undo"]) == ("applied", True)
    changed = habit_of(ana, habit)
    assert changed != before
    assert {name: changed[name] for name in wanted} == wanted
    if case == "pause":
        (made,) = changed["pauses"]
        assert (made["from"], made["to"]) == (str(TODAY), str(TODAY + 13 * DAY))
    caught_up(house)
    assert opened(ana) == []
    undone = decide(ana, found, "undo")
    assert (undone["state"], undone["can_undo"]) == ("undone", False)
    assert habit_of(ana, habit) == before
    caught_up(house)
    assert found["id"] not in {each["id"] for each in opened(ana)}
    assert facts(house, ana) == ["applied", "undone"]


def test_what_is_celebrated_has_nothing_to_apply(ana: Person) -> None:
    whole(ana)
    found = only(ana)
    assert (found["kind"], found["text"], found["button"]) == ("celebrate", "30 days in a row. Nice work.", None)
    assert refused(ana, found, "apply")[0] == 409
    assert decide(ana, found, "dismiss")["state"] == "dismissed"
    assert opened(ana) == []


def test_undone_later_the_old_rule_holds_again_from_that_day_on(house: Daybeat, ana: Person) -> None:
    habit = easy(ana)
    use_program_token(ana)
    (old,) = habit_of(ana, habit)["versions"]
    found = only(ana)
    decide(ana, found, "apply")
    house.clock.forward(days=3)
    decide(ana, found, "undo")
    kept, changed, again = habit_of(ana, habit)["versions"]
    assert kept == old
    assert (changed["since"], changed["schedule"]) == (str(TODAY), {"kind": "daily"})
    assert again == {**old, "since": str(TODAY + 3 * DAY)}
    due = {each["date"] for each in ana.get(f"/habits/{habit}/history")["days"] if each["due"]}
    assert str(TODAY + 2 * DAY) in due
    # Every second day counts from the start, as it did before.
    assert (str(TODAY + 3 * DAY) in due) == ((TODAY + 3 * DAY - START).days % 2 == 0)


def test_a_rule_that_was_made_the_same_day_comes_back(ana: Person) -> None:
    habit = heavy(ana)
    ana.patch(f"/habits/{habit}", {"reminders": ["08:00"]})
    before = habit_of(ana, habit)
    found = only(ana)
    decide(ana, found, "apply")
    decide(ana, found, "undo")
    assert habit_of(ana, habit) == before


def test_a_pause_that_is_undone_later_leaves_the_paused_days_paused(house: Daybeat, ana: Person) -> None:
    habit = stopped(ana)
    use_program_token(ana)
    found = only(ana)
    decide(ana, found, "apply")
    house.clock.forward(days=2)
    decide(ana, found, "undo")
    (left,) = habit_of(ana, habit)["pauses"]
    assert (left["from"], left["to"]) == (str(TODAY), str(TODAY + DAY))


def test_a_pause_that_is_over_cannot_be_undone(house: Daybeat, ana: Person) -> None:
    stopped(ana)
    use_program_token(ana)
    found = only(ana)
    decide(ana, found, "apply")
    house.clock.forward(days=14)
    assert refused(ana, found, "undo")[0] == 409
    assert not ana.get("/insights/suggestions", state="decided")["items"][0]["can_undo"]


def test_what_was_dismissed_stays_away_while_it_rests_on_the_same(house: Daybeat, ana: Person) -> None:
    habit = hard(ana)
    found = only(ana)
    dismissed = decide(ana, found, "dismiss")
    assert (dismissed["state"], dismissed["can_undo"]) == ("dismissed", True)
    assert dismissed["decided_at"] == "2026-03-02T12:00:00Z"
    assert opened(ana) == []
    ana.delete(f"/habits/{habit}/check-ins/{ago(2)}")
    think(house, ana)
    assert opened(ana) == []
    assert [each["id"] for each in ana.get("/insights/suggestions", state="decided")["items"]] == [found["id"]]


def test_what_was_dismissed_comes_again_when_the_habit_asks_for_something_else(house: Daybeat, ana: Person) -> None:
    habit = hard(ana)
    use_program_token(ana)
    decide(ana, only(ana), "dismiss")
    ana.patch(f"/habits/{habit}", {"schedule": {"kind": "per_week", "n": 5}})
    house.clock.forward(days=36)
    for week in range(5):
        ana.says(habit, TODAY + (7 * week + 2) * DAY)
    caught_up(house)
    assert only(ana)["button"] == "Ask for 1 a week"


def test_a_dismissal_can_be_taken_back(house: Daybeat, ana: Person) -> None:
    hard(ana)
    found = only(ana)
    decide(ana, found, "dismiss")
    again = decide(ana, found, "undo")
    assert (again["state"], again["decided_at"]) == ("open", None)
    assert only(ana) == found
    assert facts(house, ana) == ["dismissed", "undone"]


def test_a_suggestion_goes_when_its_evidence_goes(house: Daybeat, ana: Person) -> None:
    habit = hard(ana)
    found = only(ana)
    say_days(ana, habit, range(1, 28))
    caught_up(house)
    assert found["id"] not in [each["id"] for each in opened(ana)]
    assert refused(ana, found, "apply")[0] == 409
    assert habit_of(ana, habit)["schedule"] == {"kind": "daily"}


def test_it_is_the_same_suggestion_when_its_evidence_comes_back(house: Daybeat, ana: Person) -> None:
    habit = hard(ana)
    found = only(ana)
    ana.patch(f"/habits/{habit}", {"archived": True})
    caught_up(house)
    assert opened(ana) == []
    ana.patch(f"/habits/{habit}", {"archived": False})
    caught_up(house)
    assert only(ana) == found


def test_nothing_is_applied_to_a_habit_that_changed_meanwhile(ana: Person) -> None:
    habit = hard(ana)
    found = only(ana)
    ana.patch(f"/habits/{habit}", {"schedule": {"kind": "per_week", "n": 6}})
    status, reason = refused(ana, found, "apply")
    assert (status, reason) == (409, "This suggestion no longer fits: the habit or its figures have changed since.")
    assert habit_of(ana, habit)["schedule"]["n"] == 6


@pytest.mark.parametrize("meanwhile", [{"schedule": {"kind": "per_week", "n": 4}}, {"archived": True}])
def test_nothing_is_undone_on_a_habit_that_changed_meanwhile(ana: Person, meanwhile: dict[str, Any]) -> None:
    habit = hard(ana)
    found = only(ana)
    decide(ana, found, "apply")
    ana.patch(f"/habits/{habit}", meanwhile)
    before = habit_of(ana, habit)
    status, reason = refused(ana, found, "undo")
    assert status == 409
    assert reason.startswith("The habit was changed since")
    assert habit_of(ana, habit) == before
    (kept,) = ana.get("/insights/suggestions", state="decided")["items"]
    assert (kept["state"], kept["can_undo"]) == ("applied", False)


def test_changing_something_else_does_not_stand_in_the_way_of_undoing(ana: Person) -> None:
    habit = hard(ana)
    before = habit_of(ana, habit)
    found = only(ana)
    decide(ana, found, "apply")
    ana.patch(f"/habits/{habit}", {"name": "Another name"})
    ana.says(habit, TODAY)
    assert decide(ana, found, "undo")["name"] == "Another name"
    assert habit_of(ana, habit) == before


def test_deciding_twice_is_deciding_once(house: Daybeat, ana: Person) -> None:
    habit = hard(ana)
    found, key = only(ana), {"Idempotency-Key": "once"}
    first = decide(ana, found, "apply", headers=key)
    assert decide(ana, found, "apply", headers=key) == first
    assert decide(ana, found, "apply") == first
    assert len(habit_of(ana, habit)["versions"]) == 2
    undone = decide(ana, found, "undo")
    assert decide(ana, found, "undo") == undone
    assert decide(ana, found, "apply", headers=key) == first
    assert len(habit_of(ana, habit)["versions"]) == 1
    assert facts(house, ana) == ["applied", "undone"]


def test_one_decision_does_not_follow_on_another(ana: Person) -> None:
    hard(ana)
    found = only(ana)
    decide(ana, found, "dismiss")
    assert decide(ana, found, "dismiss")["state"] == "dismissed"
    assert refused(ana, found, "apply")[0] == 409
    decide(ana, found, "undo")
    decide(ana, found, "apply")
    assert refused(ana, found, "dismiss")[0] == 409


def test_another_users_suggestion_does_not_exist(house: Daybeat, ana: Person) -> None:
    habit = hard(ana)
    found, bea = only(ana), newcomer(house)
    before = habit_of(ana, habit)
    assert [refused(bea, found, what)[0] for what in ("apply", "dismiss", "undo")] == [404, 404, 404]
    assert refused(bea, {"id": NO_ONE}, "apply")[0] == 404
    assert opened(bea) == []
    assert habit_of(ana, habit) == before
    assert only(ana) == found


def test_a_suggestion_goes_with_its_habit(ana: Person) -> None:
    habit = hard(ana)
    found = only(ana)
    ana.delete(f"/habits/{habit}")
    assert [refused(ana, found, what)[0] for what in ("apply", "dismiss", "undo")] == [404, 404, 404]
    assert opened(ana) == []


def test_a_stop_that_was_dismissed_stays_dismissed_however_long_ago_it_was(house: Daybeat, ana: Person) -> None:
    stopped(ana)
    use_program_token(ana)
    decide(ana, only(ana), "dismiss")
    house.clock.forward(days=200)
    assert opened(ana) == []


def test_three_are_open_and_the_next_comes_when_one_is_decided(ana: Person) -> None:
    habits = [hard(ana) for _ in range(4)]
    shown = opened(ana)
    assert len(shown) == 3
    decide(ana, shown[0], "dismiss")
    others = opened(ana)
    assert len(others) == 3
    assert {each["habit_id"] for each in (*shown, *others)} == set(habits)


def test_the_job_keeps_them_in_step(house: Daybeat, ana: Person) -> None:
    habit = hard(ana)
    think(house, ana)
    assert states(house, ana) == {"lower": "open"}
    say_days(ana, habit, range(1, 28))
    think(house, ana)
    assert states(house, ana) == {"lower": "away", "celebrate": "open"}
    ana.delete(f"/habits/{habit}")
    think(house, ana)
    assert states(house, ana) == {}


def test_nothing_is_written_when_nothing_changed(house: Daybeat, ana: Person) -> None:
    hard(ana)
    think(house, ana)
    before = rows(house, ana)
    house.clock.forward(minutes=5)
    think(house, ana)
    assert rows(house, ana) == before


def test_suggestions_go_with_their_account(house: Daybeat, ana: Person) -> None:
    hard(ana)
    only(ana)
    assert ana.ask("DELETE", "/auth/me", json={"password": PASSWORD}).is_success
    caught_up(house)
    assert rows(house, ana) == []


def rows(daybeat: Daybeat, person: Person) -> list[Any]:
    query = select(suggestions).where(suggestions.c.user_id == UUID(person.id))
    return list(daybeat.core.store.read_now(lambda connection: connection.execute(query).all()))


def states(daybeat: Daybeat, person: Person) -> dict[str, str]:
    return {row.kind: row.state for row in rows(daybeat, person)}


def test_a_year_brings_a_true_sentence(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(name="Read", start=str(TODAY - 400 * DAY))
    days = [each for each in range(1, 401) if (TODAY - each * DAY).weekday() != 6]
    for first in range(0, len(days), 300):
        say_days(ana, habit, days[first : first + 300])
    caught_up(house)
    found = {each["kind"]: each for each in ana.get("/insights/summary", days=30)["sentences"]}
    assert found["weekday"]["text"].startswith("Sundays are the hardest: 0% of what is due is done then, 100%")
    assert found["missed_yesterday"]["habit_id"] == habit
    assert len(found) <= 5
    assert all(each["detail"] for each in found.values())


def test_three_days_bring_what_is_plainly_so(ana: Person) -> None:
    habit = ana.habit(start=str(date(2026, 2, 28)))
    ana.says(habit, "2026-02-28")
    texts = [each["text"] for each in ana.get("/insights/summary")["sentences"]]
    assert texts == [
        "1 thing done on 1 day so far. That is how it begins.",
        "Everything that was due was done on 1 of 3 days.",
    ]
