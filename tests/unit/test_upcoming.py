"""What a habit asks for next is what is judged next."""

from datetime import date, timedelta

from hypothesis import given

from daybeat.modules.habits.domain.history import History, Pause
from daybeat.modules.habits.domain.rules import CheckInState, Mark, Rule
from daybeat.modules.habits.domain.schedules import (
    Avoid,
    Daily,
    EveryNDays,
    PerMonth,
    PerWeek,
    Schedule,
    Weekdays,
    WeeklyTotal,
)
from daybeat.modules.habits.domain.upcoming import LOOK_AHEAD, Upcoming, next_open
from daybeat.modules.habits.living import Lived, lived
from tests.support.lives import history_of, lives
from tests.support.oracle import Life

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
DONE = Mark(CheckInState.DONE)
NO = Mark(CheckInState.NO)
SKIP = Mark(CheckInState.SKIP)


def following(schedule: Schedule, marks: dict[date, Mark] | None = None, *pauses: Pause, **rule: object) -> str:
    """Say on Monday what comes next of a habit that began the Thursday before: its days, and ! when it asks today."""
    start = MONDAY - 4 * DAY
    known = Rule(start, schedule, **rule)  # type: ignore[arg-type]
    found = next_open(History(start, (known,), marks or {}, pauses), MONDAY)
    return "" if found is None else f"{found.first:%d.%m}-{found.last:%d.%m}{'!' * found.asks_today}"


def amount(of: float) -> dict[date, Mark]:
    return {MONDAY: Mark(CheckInState.DONE, of)}


def test_today_is_next_while_it_is_due_and_open() -> None:
    assert following(Daily()) == "02.03-02.03!"
    assert following(Weekdays((0, 3))) == "02.03-02.03!"
    assert following(Avoid()) == "02.03-02.03!"


def test_a_day_that_is_decided_is_over() -> None:
    for mark in (DONE, NO, SKIP):
        assert following(Daily(), {MONDAY: mark}) == "03.03-03.03"
    assert following(Avoid(), {MONDAY: DONE}) == "03.03-03.03"


def test_a_part_of_an_amount_leaves_the_day_open_and_so_does_a_limit_until_it_is_broken() -> None:
    assert following(Daily(), amount(3), target=5.0) == "02.03-02.03!"
    assert following(Daily(), amount(5), target=5.0) == "03.03-03.03"
    assert following(Daily(), amount(5), target=5.0, at_most=True) == "02.03-02.03!"
    assert following(Daily(), amount(6), target=5.0, at_most=True) == "03.03-03.03"


def test_where_today_is_not_due_the_next_due_day_is_next() -> None:
    assert following(Weekdays((2,))) == "04.03-04.03"
    assert following(EveryNDays(5, MONDAY - 4 * DAY)) == "03.03-03.03"


def test_pauses_are_looked_past_unless_they_do_not_end() -> None:
    assert following(Daily(), None, Pause(MONDAY, MONDAY + 2 * DAY)) == "05.03-05.03"
    assert following(Daily(), None, Pause(MONDAY, MONDAY + 2 * LOOK_AHEAD)) == ""


def test_a_running_week_or_month_is_next_until_it_is_met_or_cannot_be() -> None:
    assert following(PerWeek(2, 0)) == "02.03-08.03!"
    assert following(PerWeek(1, 0), {MONDAY: DONE}) == "09.03-15.03"
    assert following(PerMonth(2)) == "01.03-31.03!"
    assert following(WeeklyTotal(10, 0), amount(4)) == "02.03-08.03"
    assert following(WeeklyTotal(10, 0), amount(12), at_most=True) == "09.03-15.03"


def test_a_week_in_which_today_had_its_share_or_asks_nothing_asks_again_later() -> None:
    assert following(PerWeek(2, 0), {MONDAY: DONE}) == "02.03-08.03"
    assert following(PerWeek(2, 0), {MONDAY: SKIP}) == "02.03-08.03"
    assert following(PerWeek(2, 0), None, Pause(MONDAY, MONDAY)) == "02.03-08.03"


def test_a_habit_that_is_yet_to_begin_begins_with_its_first_due_day() -> None:
    later = MONDAY + 3 * DAY
    assert next_open(History(later, (Rule(later, Weekdays((0,))),), {}), MONDAY) == Upcoming(
        MONDAY + 7 * DAY, MONDAY + 7 * DAY, "day", asks_today=False
    )


@given(lives(shortest=2))
def test_what_is_named_next_is_what_is_judged_next_when_nothing_more_is_said(life: Life) -> None:
    history, today = history_of(life), life.today
    found = next_open(history, today)
    decided = {day.since for day in lived(history, today, today, None) if day.verdict is not None}
    end = today + LOOK_AHEAD if found is None else found.last
    judged = [_named(day) for day in lived(history, today, end + DAY, None) if day.verdict is not None]
    coming = [each for each in judged if each[0] not in decided and each[1] <= end]
    assert coming == ([] if found is None else [(found.first, found.last, found.unit)])


def _named(day: Lived) -> tuple[date | None, date, str]:
    return day.since, day.face.date, day.unit
