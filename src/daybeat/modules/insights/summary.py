"""The summary of a span, from the kept days to what the page shows."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.modules.insights.domain.spans import Day, extremes, longest_perfect_run, mean, mean_mood, rate, ready_on
from daybeat.modules.insights.ports import Habit
from daybeat.modules.insights.repository import DaysRepository, Span, counts
from daybeat.modules.insights.saying import said
from daybeat.modules.insights.schemas import (
    BestStreak,
    HabitSpan,
    LivedDay,
    MoodSpan,
    MostDone,
    PerfectRun,
    Records,
    Share,
    Summary,
)

DAY = timedelta(days=1)
LENGTHS = {"day": 1, "week": 7, "month": 30}


def span_to(today: date, length: int) -> Span:
    return Span(today - timedelta(days=length - 1), today)


def before(span: Span) -> Span:
    """Give the span of the same length before this one."""
    return Span(span.first - timedelta(days=span.length), span.first - DAY)


def summary(connection: Connection, user_id: UUID, today: date, length: int, habits: Sequence[Habit]) -> Summary:
    """Sum up the last days, today included."""
    repository, span = DaysRepository(connection, user_id), span_to(today, length)
    earlier, began = before(span), repository.began()
    ever = days_of(repository)
    days, days_before = _within(span, ever), _within(earlier, ever)
    best, worst = extremes(day for day in days if day.date < today)
    strengths = [{row.day: row.strength for row in repository.days(Span(day, day))} for day in (today, earlier.last)]
    now = share(days)
    return Summary(
        today=today,
        first=span.first,
        last=span.last,
        days=length,
        began=began,
        ready_on=ready_on(began, today),
        done=now.done,
        due=now.due,
        rate=now.rate,
        before=share(days_before),
        strength=strengths[0].get(today),
        strength_before=strengths[1].get(earlier.last),
        mood=mood_in(repository, span),
        best_day=lived_day(best),
        worst_day=lived_day(worst),
        perfect_days=sum(day.is_perfect for day in days),
        habits=habits_in(repository, span, habits),
        records=_records(ever, habits),
        sentences=said(repository, today, length, began, habits),
    )


def days_of(repository: DaysRepository, span: Span | None = None) -> list[Day]:
    return [Day(row.day, row.due, row.done) for row in repository.days(span)]


def share(days: Sequence[Day]) -> Share:
    done, due = sum(day.done for day in days), sum(day.due for day in days)
    return Share(done=done, due=due, rate=rate(done, due))


def lived_day(day: Day | None) -> LivedDay | None:
    return None if day is None else LivedDay(date=day.date, done=day.done, due=day.due)


def mood_in(repository: DaysRepository, span: Span, beside: Span | None = None) -> MoodSpan | None:
    """Average the days' moods, so that a day with many speaks once; beside another span, or the one before."""
    rows = repository.moods(span)
    found = mean_of_days(rows)
    if found is None:
        return None
    earlier = mean_of_days(repository.moods(beside or before(span)))
    return MoodSpan(mean=found, n=sum(sum(counts(row)) for row in rows), days=len(rows), before=earlier)


def mean_of_days(rows: Sequence[Row[Any]]) -> float | None:
    return mean(mood for row in rows if (mood := mean_mood(counts(row))) is not None)


def habits_in(
    repository: DaysRepository, span: Span, habits: Sequence[Habit], beside: Span | None = None
) -> list[HabitSpan]:
    """Sum up every habit that was there in the span or is there now; beside another span, or the one before."""
    earlier = beside or before(span)
    met, met_before = repository.verdicts(span), repository.verdicts(earlier)
    strengths, strengths_before = repository.strengths(span.last), repository.strengths(earlier.last)
    return [
        _habit(habit, met, met_before, strengths.get(habit.habit_id), strengths_before.get(habit.habit_id))
        for habit in habits
        if not habit.archived or habit.habit_id in met
    ]


def _habit(
    habit: Habit,
    met: Mapping[UUID, tuple[int, int]],
    met_before: Mapping[UUID, tuple[int, int]],
    strength: float | None,
    strength_before: float | None,
) -> HabitSpan:
    successes, due = met.get(habit.habit_id, (0, 0))
    return HabitSpan(
        habit_id=habit.habit_id,
        name=habit.name,
        unit=habit.unit,
        archived=habit.archived,
        successes=successes,
        due=due,
        rate=rate(successes, due),
        before=rate(*met_before.get(habit.habit_id, (0, 0))),
        strength=strength,
        strength_before=strength_before,
    )


def _within(span: Span, days: Sequence[Day]) -> list[Day]:
    return [day for day in days if span.first <= day.date <= span.last]


def _records(days: Sequence[Day], habits: Sequence[Habit]) -> Records:
    most = max(days, key=lambda day: (day.done, day.date), default=None)
    run = longest_perfect_run(days)
    return Records(
        most_done=MostDone(date=most.date, done=most.done) if most and most.done else None,
        perfect_run=PerfectRun(first=run.first, last=run.last, days=run.length) if run else None,
        best_streak=_best_streak(habits),
    )


def _best_streak(habits: Sequence[Habit]) -> BestStreak | None:
    best = max(habits, key=lambda habit: habit.best_streak * LENGTHS[habit.unit], default=None)
    if best is None or not best.best_streak:
        return None
    return BestStreak(habit_id=best.habit_id, name=best.name, length=best.best_streak, unit=best.unit)
