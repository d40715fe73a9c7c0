"""Bringing in a history: the same twice changes nothing, and what does not fit is named."""

from datetime import date
from typing import Any

from tests.support.database import contents
from tests.support.daybeat import Daybeat, Person
from tests.support.days import days_of


def bring_in(person: Person, habit: str, days: list[dict[str, Any]], **more: Any) -> Any:
    return person.post(f"/habits/{habit}/check-ins/import", {"check_ins": days, **more})


def february() -> list[dict[str, Any]]:
    return [{"date": str(day), "amount": day.day} for day in days_of("2026-02-01", 28)]


def test_a_history_gives_the_figures_of_the_same_days_one_by_one(ana: Person) -> None:
    at_once, one_by_one = (ana.habit(start="2026-02-01", target=10) for _ in range(2))
    assert bring_in(ana, at_once, february()) == {"added": 28, "changed": 0, "unchanged": 0, "refused": []}
    for each in february():
        ana.says(one_by_one, each["date"], amount=each["amount"])
    stats = ana.get(f"/habits/{at_once}/stats")
    assert stats == ana.get(f"/habits/{one_by_one}/stats")
    assert stats["total"] == 28


def test_the_same_history_twice_changes_nothing(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(start="2026-02-01", target=10)
    bring_in(ana, habit, february())
    before = contents(house)
    assert bring_in(ana, habit, february()) == {"added": 0, "changed": 0, "unchanged": 28, "refused": []}
    assert contents(house) == before


def test_a_dry_run_says_what_would_happen_and_does_nothing(house: Daybeat, ana: Person) -> None:
    habit = ana.habit(start="2026-02-02")
    ana.says(habit, "2026-02-03", amount=99)
    before = contents(house)
    told = bring_in(ana, habit, february(), dry_run=True)
    assert (told["added"], told["changed"], told["unchanged"]) == (26, 1, 0)
    assert contents(house) == before
    assert bring_in(ana, habit, february()) == told


def test_days_that_do_not_fit_are_named_and_the_others_taken(ana: Person) -> None:
    habit = ana.habit(start="2026-02-28")
    days = [{"date": day} for day in ("2026-02-27", "2026-02-28", "2026-03-02", "2026-03-03")]
    told = bring_in(ana, habit, days)
    assert told["added"] == 2
    assert [each["date"] for each in told["refused"]] == ["2026-02-27", "2026-03-03"]
    assert all(each["reason"] for each in told["refused"])


def test_of_a_day_that_stands_twice_the_last_one_counts(ana: Person) -> None:
    habit = ana.habit()
    bring_in(ana, habit, [{"date": "2026-03-02", "state": "no"}, {"date": "2026-03-02", "state": "done"}])
    (kept,) = ana.get(f"/habits/{habit}/check-ins")["items"]
    assert kept["state"] == "done"


def test_an_import_makes_the_kept_tally_true_again(ana: Person) -> None:
    habit = ana.habit(start="2025-06-01")
    ana.says(habit, "2026-03-02")
    late = [{"date": str(day)} for day in days_of("2025-06-01", 274)]
    bring_in(ana, habit, late)
    stats = ana.get(f"/habits/{habit}/stats")
    assert stats["streak"] == stats["best_streak"] == 275
    assert date(2025, 6, 1).toordinal() + 274 == date(2026, 3, 2).toordinal()
