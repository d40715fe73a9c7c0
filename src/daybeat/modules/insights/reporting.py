"""The report of a week or month, from the kept days to what the page shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta

from daybeat.modules.insights.domain.periods import Period, following
from daybeat.modules.insights.domain.report_sentences import Told, sentences
from daybeat.modules.insights.domain.spans import extremes
from daybeat.modules.insights.ports import GoalOver, Habit, Message
from daybeat.modules.insights.report_schemas import Report, ReportGoal, ReportHabit
from daybeat.modules.insights.repository import DaysRepository, Span
from daybeat.modules.insights.summary import days_of, habits_in, lived_day, mood_in, share

DAY = timedelta(days=1)


def report(
    repository: DaysRepository,
    today: date,
    period: Period,
    before: Period,
    habits: Sequence[Habit],
    goals: Sequence[GoalOver],
    message: Message,
) -> Report:
    """Sum up a week or month beside the one before it, as far as it has come."""
    lived, earlier = Span(period.first, min(period.last, today)), Span(before.first, before.last)
    days = days_of(repository, lived)
    now, then = share(days), share(days_of(repository, earlier))
    best, worst = extremes(day for day in days if day.date < today)
    mood, is_over = mood_in(repository, lived, earlier), period.last < today
    shown = list(_habits(repository, period, lived, earlier, habits))
    told = Told(
        kind=period.kind,
        is_over=is_over,
        done=now.done,
        due=now.due,
        rate_before=then.rate,
        best=best,
        mood=mood.mean if mood else None,
        mood_before=mood.before if mood else None,
        habits=[(habit.name, habit.rate, habit.before) for habit in shown],
    )
    return Report(
        kind=period.kind,
        first=period.first,
        last=period.last,
        is_over=is_over,
        done=now.done,
        due=now.due,
        rate=now.rate,
        before=then,
        mood=mood,
        best_day=lived_day(best),
        worst_day=lived_day(worst),
        habits=shown,
        goals=[ReportGoal(**asdict(goal)) for goal in goals],
        sentences=sentences(told),
        advice=message.advice if shown and _is_recent(period, today) else None,
        text=message.text,
    )


def _is_recent(period: Period, today: date) -> bool:
    """Tell whether what helps today has to do with these days: they are not over, or were the last before."""
    return today <= following(period).last


def _habits(
    repository: DaysRepository, period: Period, lived: Span, earlier: Span, habits: Sequence[Habit]
) -> Iterator[ReportHabit]:
    """Show the habits that were there, with a word for each day."""
    states = repository.states(lived)
    there = [habit for habit in habits if habit.habit_id in states]
    for habit in habits_in(repository, lived, there, earlier):
        yield ReportHabit(**habit.model_dump(), days=list(_words(period, lived, states[habit.habit_id])))


def _words(period: Period, lived: Span, states: Mapping[date, str]) -> Iterator[str]:
    began = min(states)
    for number in range((period.last - period.first).days + 1):
        day = period.first + timedelta(days=number)
        yield "future" if day > lived.last else states.get(day, "before" if day < began else "archived")
