"""Gathering what the sentences of a summary are made from."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from daybeat.modules.insights.domain import sentence as domain
from daybeat.modules.insights.domain.mood_sentences import WEEKS
from daybeat.modules.insights.domain.sentences import LONG_ENOUGH, sentences
from daybeat.modules.insights.domain.spans import Day, mean_mood
from daybeat.modules.insights.marking import TIMES
from daybeat.modules.insights.ports import Habit
from daybeat.modules.insights.repository import DaysRepository, Span, counts
from daybeat.modules.insights.schemas import Sentence

LATELY = timedelta(days=8)


def said(
    repository: DaysRepository, today: date, length: int, began: date | None, habits: Sequence[Habit]
) -> list[Sentence]:
    """Say what is worth saying about the last days, today included."""
    known = domain.Known(
        today=today,
        length=length,
        began=began,
        days=[Day(row.day, row.due, row.done) for row in repository.days(_last(today, max(2 * length, LONG_ENOUGH)))],
        habits=_lately(repository, today, length, habits),
        hours=repository.by_hour(TIMES, _last(today, length)),
        **_moods(repository.moods(_last(today, max(length, LONG_ENOUGH, 7 * WEEKS)))),
    )
    return [
        Sentence(kind=each.kind, text=each.text, detail=each.detail, habit_id=each.habit_id)
        for each in sentences(known)
    ]


def _last(today: date, length: int) -> Span:
    """Give the last so many days and today."""
    return Span(today - timedelta(days=length), today)


def _moods(rows: Sequence[Row[Any]]) -> dict[str, Any]:
    spoken = {row.day: counts(row) for row in rows}
    entries: Counter[int] = Counter()
    for day, each in spoken.items():
        entries[day.weekday()] += sum(each)
    means = {day: mean for day, each in spoken.items() if (mean := mean_mood(each)) is not None}
    return {"moods": means, "mood_entries": entries}


def _lately(repository: DaysRepository, today: date, length: int, habits: Sequence[Habit]) -> list[domain.Lately]:
    rows: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in repository.all_habit_days(Span(today - LATELY, today)):
        rows[row.habit_id].append(row)
    strengths = [repository.strengths(day) for day in (today, today - timedelta(days=length))]
    living = (habit for habit in habits if not habit.archived)
    return [_one(habit, rows[habit.habit_id], *(each.get(habit.habit_id) for each in strengths)) for habit in living]


def _one(habit: Habit, rows: Sequence[Row[Any]], strength: float | None, before: float | None) -> domain.Lately:
    return domain.Lately(
        habit_id=habit.habit_id,
        name=habit.name,
        unit=habit.unit,
        streak=habit.streak,
        best_streak=habit.best_streak,
        strength=strength,
        strength_before=before,
        closed=[domain.Closed(row.day, row.verdict) for row in rows if row.verdict is not None],
        strengths={row.day: row.strength for row in rows},
    )
