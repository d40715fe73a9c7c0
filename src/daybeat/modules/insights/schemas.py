"""What the API says of insights. Rates and strengths are 0 to 1, moods 1 to 5; None where nothing can be said."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, BeforeValidator

Unit = Literal["day", "week", "month"]


def _number(said: object) -> object:
    """Read a number; a choice of numbers does not by itself."""
    return int(said) if isinstance(said, str) and said.isdecimal() else said


Length = Annotated[Literal[7, 30, 90, 365], BeforeValidator(_number), Query(alias="days")]


class LivedDay(BaseModel):
    """How many habits were done on a day, and how many were due."""

    date: dt.date
    done: int
    due: int


class Year(BaseModel):
    """A year over all habits; days on which nothing was done are left out."""

    year: int
    days: list[LivedDay]
    total: int


class Share(BaseModel):
    """What was done of what was due."""

    done: int
    due: int
    rate: float | None


class MoodSpan(BaseModel):
    """The mean of the days' moods in a span, beside the span before it."""

    mean: float
    n: int
    days: int
    before: float | None


class HabitSpan(BaseModel):
    """One habit in a span: closed occurrences, which are days, weeks or months by its `unit`."""

    habit_id: UUID
    name: str
    unit: Unit
    archived: bool
    successes: int
    due: int
    rate: float | None
    before: float | None
    strength: float | None
    strength_before: float | None


class MostDone(BaseModel):
    """The day on which the most was done."""

    date: dt.date
    done: int


class PerfectRun(BaseModel):
    """Days in a row on which all that was due was done; days that asked for nothing neither help nor harm."""

    first: dt.date
    last: dt.date
    days: int


class BestStreak(BaseModel):
    """The longest streak of all habits, counted in its `unit`s."""

    habit_id: UUID
    name: str
    length: int
    unit: Unit


class Records(BaseModel):
    """The best there ever was."""

    most_done: MostDone | None
    perfect_run: PerfectRun | None
    best_streak: BestStreak | None


class Sentence(BaseModel):
    """One thing worth knowing, and how it was found out."""

    kind: str
    text: str
    detail: str
    habit_id: UUID | None = None


class Summary(BaseModel):
    """A span of days beside the one before it."""

    today: dt.date
    first: dt.date
    last: dt.date
    days: int
    began: dt.date | None
    ready_on: dt.date | None
    done: int
    due: int
    rate: float | None
    before: Share
    strength: float | None
    strength_before: float | None
    mood: MoodSpan | None
    best_day: LivedDay | None
    worst_day: LivedDay | None
    perfect_days: int
    habits: list[HabitSpan]
    records: Records
    sentences: list[Sentence]


class TrendDay(BaseModel):
    """One day. `mood_7d`, `mood_low` and `mood_high` describe the moods of the seven days up to it."""

    date: dt.date
    due: int
    done: int
    strength: float | None
    moods: int
    mood: float | None
    mood_7d: float | None
    mood_low: float | None
    mood_high: float | None
    activity: int


class Trends(BaseModel):
    """The days of a span, none left out."""

    first: dt.date
    last: dt.date
    days: list[TrendDay]


class HabitDay(BaseModel):
    """One day of a habit, with its strength when it was over."""

    date: dt.date
    state: str
    due: bool
    done: bool
    strength: float


class HabitDays(BaseModel):
    """The days of a habit that fall into a span."""

    habit_id: UUID
    first: dt.date
    last: dt.date
    days: list[HabitDay]


class Hour(BaseModel):
    """An hour (0 to 23) of a weekday (0 Monday): what was checked in, and what moods were said."""

    weekday: int
    hour: int
    check_ins: int
    moods: int
    mood: float | None


class Hours(BaseModel):
    """The hours of the week in which something was said; those in which nothing was are left out."""

    first: dt.date
    last: dt.date
    cells: list[Hour]
