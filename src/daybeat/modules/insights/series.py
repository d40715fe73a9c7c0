"""The days of a span one by one, as charts draw them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.modules.insights.domain.spans import WEEK, mean_mood, middle_half
from daybeat.modules.insights.marking import MOODS
from daybeat.modules.insights.repository import DaysRepository, Span, counts
from daybeat.modules.insights.schemas import HabitDay, HabitDays, Hour, Hours, TrendDay, Trends
from daybeat.modules.insights.summary import span_to

DAY = timedelta(days=1)
NONE = (0, 0, 0, 0, 0)

Counts = tuple[int, ...]
"""How often each mood was said, 1 first."""


def trends(connection: Connection, user_id: UUID, today: date, length: int, activity: Mapping[date, int]) -> Trends:
    """Give every day of a span, those without anything too."""
    repository, span = DaysRepository(connection, user_id), span_to(today, length)
    lived = {row.day: row for row in repository.days(span)}
    moods = {row.day: counts(row) for row in repository.moods(Span(span.first - WEEK, today))}
    every = [span.first + timedelta(days=n) for n in range(length)]
    return Trends(
        first=span.first,
        last=today,
        days=[_trend_day(day, lived.get(day), moods, activity.get(day, 0)) for day in every],
    )


def _trend_day(day: date, lived: Row[Any] | None, moods: Mapping[date, Counts], activity: int) -> TrendDay:
    said, week = moods.get(day, NONE), _week_to(day, moods)
    low, high = middle_half(week)
    return TrendDay(
        date=day,
        due=lived.due if lived else 0,
        done=lived.done if lived else 0,
        strength=lived.strength if lived else None,
        moods=sum(said),
        mood=mean_mood(said),
        mood_7d=mean_mood(week),
        mood_low=low,
        mood_high=high,
        activity=activity,
    )


def _week_to(day: date, moods: Mapping[date, Counts]) -> Counts:
    """Add up the moods of the seven days up to this one."""
    week = [moods.get(day - timedelta(days=n), NONE) for n in range(WEEK.days)]
    return tuple(map(sum, zip(*week, strict=True)))


def habit_days(connection: Connection, user_id: UUID, today: date, habit_id: UUID, length: int) -> HabitDays:
    """Give the days of one habit that fall into a span."""
    span = span_to(today, length)
    rows = DaysRepository(connection, user_id).habit_days(habit_id, span)
    days = [
        HabitDay(date=row.day, state=row.state, due=row.due, done=row.done, strength=round(row.strength, 4))
        for row in rows
    ]
    return HabitDays(habit_id=habit_id, first=span.first, last=span.last, days=days)


def hours(connection: Connection, user_id: UUID, today: date, length: int) -> Hours:
    """Give for each weekday and hour what was checked in, and what moods were said."""
    span = span_to(today, length)
    cells: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in DaysRepository(connection, user_id).hours(span):
        cell = cells[row.day.weekday(), row.hour]
        if row.source == MOODS:
            cell[1] += row.n
            cell[2] += row.total
        else:
            cell[0] += row.n
    return Hours(
        first=span.first, last=span.last, cells=[_hour(*place, *cell) for place, cell in sorted(cells.items())]
    )


def _hour(weekday: int, hour: int, check_ins: int, moods: int, total: int) -> Hour:
    mood = total / moods if moods else None
    return Hour(weekday=weekday, hour=hour, check_ins=check_ins, moods=moods, mood=mood)
