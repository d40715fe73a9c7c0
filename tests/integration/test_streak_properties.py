"""What holds for every history through the API, with kept tallies that move while the days go by."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from daybeat.bootstrap.core import calendar_of
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.habits.handlers import keep_tallies_up
from daybeat.modules.habits.models import tallies
from daybeat.modules.habits.repository import HabitRepository
from tests.support.daybeat import Daybeat, Person
from tests.support.days import DAY, newcomer, noon, use_program_token
from tests.support.lives import lives, schedule_of
from tests.support.oracle import Life, Wish, judge

Stats = dict[str, Any]

LONG = 112


@pytest.fixture(scope="module")
def resident(shared_daybeat: Daybeat) -> Person:
    """One person who lives all the lives of this file, one habit each."""
    person = newcomer(shared_daybeat)
    use_program_token(person)
    return person


def rule_of(wish: Wish) -> dict[str, Any]:
    direction = None if wish.target is None else "at_most" if wish.at_most else "at_least"
    return {"schedule": schedule_of(wish), "target": wish.target, "direction": direction}


def begin(person: Person, life: Life) -> str:
    habit = person.habit(start=str(life.start), **rule_of(life.wishes[0]))
    for first, last in life.pauses:
        person.post(f"/habits/{habit}/pauses", {"from": str(first), "to": str(last)})
    return habit


def say(person: Person, habit: str, life: Life, days: Iterable[date]) -> None:
    for day in days:
        state, amount = life.said[day]
        person.says(habit, day, state, **({} if amount is None else {"amount": amount}))


def stats_of(person: Person, habit: str) -> Stats:
    stats: Stats = person.get(f"/habits/{habit}/stats")
    return stats


def as_judged(life: Life) -> Any:
    """Give what the slow recomputation says, to four decimals of strength."""
    figures = judge(life)
    return {
        "streak": figures.streak,
        "best_streak": figures.best,
        "total": figures.total,
        "strength": pytest.approx(figures.strength, abs=5.1e-5),
        "successes": pytest.approx(figures.successes),
        "due": pytest.approx(figures.due),
    }


def told(stats: Stats) -> Stats:
    flat = {name: stats[name] for name in ("streak", "best_streak", "total", "strength")}
    return {**flat, "successes": stats["progress"]["successes"], "due": stats["progress"]["due"]}


def keep_up(daybeat: Daybeat) -> int:
    """Do what the background task does: move the tallies of untouched habits."""
    return daybeat.core.store.write_now(lambda uow: keep_tallies_up(uow, calendar_of, limit=50))


def forget_tallies(daybeat: Daybeat) -> None:
    def forget(uow: UnitOfWork) -> None:
        HabitRepository(uow.connection).forget_all_tallies()

    daybeat.core.store.write_now(forget)


def one_rule_lives() -> st.SearchStrategy[Life]:
    """Give lives that can be entered on their last day. Days on which time itself was short need travel."""
    return lives(longest=40, most_wishes=1).map(without_short_days)


def without_short_days(life: Life) -> Life:
    return Life(life.start, life.today, life.wishes, life.said, life.pauses)


@settings(max_examples=20)
@given(life=one_rule_lives(), data=st.data())
def test_the_order_of_entry_does_not_matter(
    shared_daybeat: Daybeat, resident: Person, life: Life, data: st.DataObject
) -> None:
    shared_daybeat.clock.set(noon(life.today))
    shuffled = data.draw(st.permutations(sorted(life.said)))
    in_order, in_disorder = begin(resident, life), begin(resident, life)
    say(resident, in_order, life, sorted(life.said))
    say(resident, in_disorder, life, shuffled)
    assert stats_of(resident, in_disorder) == stats_of(resident, in_order)
    assert told(stats_of(resident, in_order)) == as_judged(life)


@settings(max_examples=20)
@given(life=one_rule_lives(), data=st.data())
def test_clearing_what_was_set_restores_the_stats(
    shared_daybeat: Daybeat, resident: Person, life: Life, data: st.DataObject
) -> None:
    silent = [day for day in life.days() if day not in life.said]
    assume(silent)
    shared_daybeat.clock.set(noon(life.today))
    habit = begin(resident, life)
    say(resident, habit, life, life.said)
    before = stats_of(resident, habit)
    day = data.draw(st.sampled_from(silent))
    said = data.draw(st.sampled_from([{"state": "done", "amount": 3}, {"state": "skip"}, {"state": "no"}]))
    resident.put(f"/habits/{habit}/check-ins/{day}", said)
    cleared = resident.delete(f"/habits/{habit}/check-ins/{day}")
    assert cleared["stats"] == before == stats_of(resident, habit)


@settings(max_examples=8)
@given(life=lives(shortest=100, longest=LONG).map(without_short_days), data=st.data())
def test_living_day_by_day_equals_starting_over(
    shared_daybeat: Daybeat, resident: Person, life: Life, data: st.DataObject
) -> None:
    assume(all(one.kind != other.kind for one, other in pairwise(life.wishes)))
    habit = live(shared_daybeat, resident, life)
    assert told(stats_of(resident, habit)) == as_judged(life)
    # Correcting an old day makes the tally kept over it worthless.
    corrected = correct(resident, habit, life, data.draw(st.sampled_from(life.days())))
    lived = stats_of(resident, habit)
    assert told(lived) == as_judged(corrected)
    forget_tallies(shared_daybeat)
    assert stats_of(resident, habit) == lived


def live(daybeat: Daybeat, person: Person, life: Life) -> str:
    """Say each day on that day, change the rule on the day of the change, and look now and then."""
    daybeat.clock.set(noon(life.start))
    habit = begin(person, life)
    wishes = {wish.since: wish for wish in life.wishes[1:]}
    for day in life.days():
        daybeat.clock.set(noon(day))
        if day in wishes:
            person.patch(f"/habits/{habit}", rule_of(wishes[day]))
        say(person, habit, life, [day] if day in life.said else [])
        if (day - life.start).days % 10 == 9:
            keep_up(daybeat)
            assert told(stats_of(person, habit)) == as_judged(life.as_of(day))
    return habit


def correct(person: Person, habit: str, life: Life, day: date) -> Life:
    said = {**life.said, day: ("done", 2.0)}
    corrected = Life(life.start, life.today, life.wishes, said, life.pauses)
    say(person, habit, corrected, [day])
    return corrected


def test_kept_tallies_follow_while_days_go_by(house: Daybeat) -> None:
    person = newcomer(house)
    use_program_token(person)
    habit = person.habit()
    first = date(2026, 3, 2)
    for number in range(LONG):
        house.clock.set(noon(first + DAY * number))
        person.says(habit, first + DAY * number)
    kept = person.get(f"/habits/{habit}")
    through = kept_through(house)
    # The last days stay open for corrections; everything older is settled.
    assert first + timedelta(LONG - 22) <= through < first + timedelta(LONG - 7)
    forget_tallies(house)
    assert person.get(f"/habits/{habit}") == kept
    assert kept["stats"]["streak"] == LONG


def test_an_untouched_habit_is_kept_up_in_the_background(house: Daybeat) -> None:
    person = newcomer(house)
    use_program_token(person)
    habit = person.habit()
    person.says(habit, "2026-03-02")
    house.clock.forward(days=200)
    before = person.get(f"/habits/{habit}/stats")
    forget_tallies(house)
    assert keep_up(house) >= 1
    assert kept_through(house) > date(2026, 9, 1)
    assert person.get(f"/habits/{habit}/stats") == before
    assert before["progress"] == {"successes": 1, "due": 200, "rate": pytest.approx(1 / 200)}


def kept_through(daybeat: Daybeat) -> date:
    """Give how far the tally of the newest habit reaches."""
    newest = select(tallies.c.through).order_by(tallies.c.habit_id.desc()).limit(1)
    through: date = daybeat.core.store.read_now(lambda connection: connection.execute(newest).scalar_one())
    return through
