"""Which habits and activity go with better or worse moods, from the kept days to what the page shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection

from daybeat.modules.insights.active_days import ActiveDays
from daybeat.modules.insights.association_schemas import AssociationList, AssociationOut
from daybeat.modules.insights.domain.associations import WINDOW, Association, Day, associations
from daybeat.modules.insights.domain.spans import mean_mood
from daybeat.modules.insights.known_days import Known, ToldDays, known_days, told_days
from daybeat.modules.insights.remembering import Lately
from daybeat.modules.insights.repository import DaysRepository, Span, counts

DAY = timedelta(days=1)
ORDER = ("finding", "hint", "nothing", "too little data")

Moods = Mapping[date, float | None]
Judged = Mapping[str, Association]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that may go with moods, and what is known of its days."""

    kind: Literal["habit", "activity"]
    name: str
    known: Known = field(default_factory=dict)
    habit_id: UUID | None = None

    @property
    def key(self) -> str:
        return f"{self.kind} {self.habit_id or self.name}"


@dataclass(frozen=True, slots=True)
class Question:
    """All that the judgement depends on; what happens today is no part of it."""

    span: Span
    began: date | None
    habits: tuple[UUID, ...]
    told: ToldDays
    moods: Moods
    activity: ActiveDays


def window(today: date) -> Span:
    """Give the days that are looked at: the last year of those that are over."""
    return Span(today - timedelta(days=WINDOW), today - DAY)


def linked(
    connection: Connection,
    user_id: UUID,
    today: date,
    habits: Mapping[UUID, str],
    activity: ActiveDays,
    known: Lately[Judged],
) -> AssociationList:
    """Judge the habits of a user, which are given by name, and the activity together; `known` is judged already."""
    span, repository = window(today), DaysRepository(connection, user_id)
    moods = {row.day: mean_mood(counts(row)) for row in repository.moods(span)}
    told = told_days(connection, user_id, span)
    question = Question(span, repository.began(), tuple(habits), told, moods, activity)
    judged = known.get(user_id, question)
    if judged is None:
        judged = _judged(question)
        known.keep(user_id, question, judged)
    subjects = [Subject("habit", name, habit_id=habit_id) for habit_id, name in habits.items()]
    subjects.extend(Subject("activity", kind) for kind in activity.types)
    items = [_item(subject, judged[subject.key]) for subject in subjects]
    return AssociationList(today=today, items=sorted(items, key=_usefulness))


def _judged(asked: Question) -> Judged:
    """Judge all together. Of what has no day within the year there is nothing to say."""
    known = known_days(asked.told)
    habits = [Subject("habit", "", known.get(habit_id, {}), habit_id) for habit_id in asked.habits]
    subjects = {each.key: each.known for each in (*habits, *_active(asked.activity, asked.span))}
    days = [
        Day(day, asked.moods.get(day), {key: of.get(day) for key, of in subjects.items()})
        for day in _lived(asked.span, asked.began)
    ]
    nothing = {key: Association(key, "too little data", 0, 0) for key in subjects}
    return nothing | {each.habit: each for each in associations(days, asked.span.last)}


def _active(activity: ActiveDays, span: Span) -> Iterator[Subject]:
    """Tell of each type when it occurred. Before anything was recorded, nothing is known of any of them."""
    days = _lived(span, activity.began)
    for kind, active in activity.types.items():
        yield Subject("activity", kind, {day: day in active for day in days})


def _lived(span: Span, began: date | None) -> Sequence[date]:
    """List the days of a span from the first on of which anything can be known."""
    first = max(span.first, began or span.last + DAY)
    return [first + timedelta(days=number) for number in range((span.last - first).days + 1)]


def _item(subject: Subject, found: Association) -> AssociationOut:
    effect = found.effect
    return AssociationOut(
        subject=subject.kind,
        habit_id=subject.habit_id,
        name=subject.name,
        verdict=found.verdict,
        points=effect and effect.points,
        low=effect and effect.low,
        high=effect and effect.high,
        n=found.n,
        done=found.done,
        not_done=found.not_done,
        p=found.p,
        q=found.q,
        enough_on=found.enough_on and found.enough_on + DAY,  # the day that completes them has to be over first
    )


def _usefulness(item: AssociationOut) -> tuple[Any, ...]:
    """Put first what is most certain, and of the rest what will be known soonest."""
    return ORDER.index(item.verdict), 0.0 if item.q is None else item.q, item.enough_on or date.max
