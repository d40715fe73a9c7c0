"""What took a while is remembered for the same question of the same user, and no longer."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from daybeat.kit.calendar import Stay, UserCalendar
from daybeat.kit.ids import new_id
from daybeat.modules.insights.active_days import ActivityLately
from daybeat.modules.insights.remembering import Lately
from daybeat.modules.insights.repository import Span

ANA, BEN, CLEO = new_id(), new_id(), new_id()
CALENDAR = UserCalendar((Stay("UTC", 3),))
YEAR = Span(date(2025, 3, 2), date(2026, 3, 1))
NOON = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)


def test_the_same_question_has_the_same_answer() -> None:
    known: Lately[str] = Lately()
    known.keep(ANA, [1, 2], "yes")
    assert known.get(ANA, [1, 2]) == "yes"
    assert known.get(ANA, [1, 3]) is None
    assert known.get(BEN, [1, 2]) is None


def test_another_question_takes_the_place_of_the_last() -> None:
    known: Lately[str] = Lately()
    known.keep(ANA, 1, "one")
    known.keep(ANA, 2, "two")
    assert (known.get(ANA, 1), known.get(ANA, 2)) == (None, "two")


def test_who_asked_longest_ago_is_forgotten() -> None:
    known: Lately[str] = Lately(most=2)
    for user in (ANA, BEN, ANA, CLEO):
        known.keep(user, 1, "one")
    assert [known.get(user, 1) for user in (ANA, BEN, CLEO)] == ["one", None, "one"]


class Counting:
    """Activity that counts how often it is asked, and may be away."""

    def __init__(self, days: Mapping[str, Mapping[date, int]]) -> None:
        self.days, self.asked = days, 0

    def by_day(
        self, _user_id: UUID, _calendar: UserCalendar, _first: date, _last: date
    ) -> Mapping[str, Mapping[date, int]]:
        self.asked += 1
        return self.days


def test_activity_is_counted_once_an_hour() -> None:
    counting = Counting({"often": {YEAR.first + timedelta(days=n): 1 for n in range(8)}, "rare": {YEAR.last: 3}})
    lately = ActivityLately(counting)
    for minutes in (0, 10, 54):
        known = asyncio.run(lately.days(ANA, CALENDAR, YEAR, NOON + timedelta(minutes=minutes)))
        assert (set(known.types), len(known.types["often"]), known.began) == ({"often"}, 8, YEAR.first)
    assert counting.asked == 1
    asyncio.run(lately.days(ANA, CALENDAR, YEAR, NOON + timedelta(minutes=55)))
    asyncio.run(lately.days(BEN, CALENDAR, YEAR, NOON))
    assert counting.asked == 3


def test_activity_that_cannot_be_reached_is_asked_for_again() -> None:
    counting = Counting({})
    lately = ActivityLately(counting)
    for _ in range(2):
        assert asyncio.run(lately.days(ANA, CALENDAR, YEAR, NOON)).types == {}
    assert counting.asked == 2


def test_of_many_types_the_most_frequent_are_looked_at() -> None:
    counting = Counting({f"type {n:02}": {YEAR.first + timedelta(days=k): 1 for k in range(n)} for n in range(8, 40)})
    known = asyncio.run(ActivityLately(counting).days(ANA, CALENDAR, YEAR, NOON))
    assert set(known.types) == {f"type {n:02}" for n in range(20, 40)}
