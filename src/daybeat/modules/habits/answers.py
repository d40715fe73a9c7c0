"""What habits answer over HTTP."""

import datetime as dt
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from daybeat.contracts.habits import HabitStats
from daybeat.modules.habits.domain.rules import CheckInState
from daybeat.modules.habits.requests import Color, Direction
from daybeat.modules.habits.schedule_schemas import Schedule

DayWord = Literal[
    "done", "partial", "over", "skipped", "paused", "missed", "no", "slip", "kept", "open", "free", "before", "future"
]


class RefusedDay(BaseModel):
    """A day that was not taken, and why."""

    date: dt.date
    reason: str


class ImportOut(BaseModel):
    """What an import did, or would do."""

    added: int
    changed: int
    unchanged: int
    refused: list[RefusedDay]


class Version(BaseModel):
    """A rule the habit was lived under."""

    since: dt.date
    schedule: Schedule
    target: float | None
    direction: Direction | None


class Pause(BaseModel):
    """Days on which the habit asks for nothing."""

    model_config = ConfigDict(populate_by_name=True)

    id: UUID
    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")


class Habit(BaseModel):
    """A habit and how it is going."""

    id: UUID
    name: str
    question: str
    schedule: Schedule
    start: dt.date
    target: float | None
    direction: Direction | None
    unit: str | None
    reminders: list[str]
    tags: list[str]
    icon: str | None
    color: Color | None
    position: int
    archived_on: dt.date | None
    versions: list[Version]
    pauses: list[Pause]
    created_at: dt.datetime
    stats: HabitStats


class HabitList(BaseModel):
    """The user's habits in their order."""

    items: list[Habit]
    next_cursor: str | None = None


class DayOut(BaseModel):
    """One day of a habit."""

    date: dt.date
    state: DayWord
    amount: float | None
    count: int
    due: bool
    note: str | None = None


class DayWithStrength(DayOut):
    """One day of a habit, with the strength after it."""

    strength: float | None


class CheckInOut(BaseModel):
    """Something the user said of a day."""

    id: UUID
    date: dt.date
    state: CheckInState
    amount: float | None
    note: str | None
    at: dt.datetime
    source: str


class CheckInList(BaseModel):
    """Check-ins, the oldest first."""

    items: list[CheckInOut]
    next_cursor: str | None = None


class Result(BaseModel):
    """What a check-in came to, its day, and how the habit now stands."""

    check_in: CheckInOut | None
    day: DayOut
    stats: HabitStats
    changed: bool


class RunOut(BaseModel):
    """Successes in a row."""

    model_config = ConfigDict(populate_by_name=True)

    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")
    length: int


class HistoryOut(BaseModel):
    """The days of a habit with their strengths, and its ten best runs."""

    model_config = ConfigDict(populate_by_name=True)

    habit_id: UUID
    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")
    days: list[DayWithStrength]
    runs: list[RunOut]


class GridRow(BaseModel):
    """The last days of one habit."""

    habit_id: UUID
    days: list[DayOut]


class Grid(BaseModel):
    """The last days of all habits."""

    model_config = ConfigDict(populate_by_name=True)

    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")
    items: list[GridRow]


class PeriodOut(BaseModel):
    """The running week or month of a quota."""

    model_config = ConfigDict(populate_by_name=True)

    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")
    done: float
    target: float


class TodayItem(BaseModel):
    """Something that is due, or was done although it was not due."""

    habit_id: UUID
    name: str
    question: str
    icon: str | None
    color: Color | None
    unit: str | None
    target: float | None
    direction: Direction | None
    schedule: Schedule
    tags: list[str]
    position: int
    date: dt.date
    state: DayWord
    amount: float | None
    count: int
    note: str | None
    due: bool
    satisfied: bool
    period: PeriodOut | None
    stats: HabitStats


class StillOpen(BaseModel):
    """A habit that was due yesterday and has no check-in."""

    habit_id: UUID
    name: str


class Yesterday(BaseModel):
    """What was left open yesterday."""

    date: dt.date
    open: list[StillOpen]


class Today(BaseModel):
    """The user's habit day: everything that is due, with how it stands."""

    date: dt.date
    today: dt.date
    items: list[TodayItem]
    yesterday: Yesterday
