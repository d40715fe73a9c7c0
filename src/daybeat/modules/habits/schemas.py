"""What habits take and answer over HTTP."""

import datetime as dt
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from daybeat.contracts.habits import HabitStats
from daybeat.infra.web.fields import Body, Day, Moment, Number, Text, Truth, Whole, Zone, length
from daybeat.modules.habits.domain.rules import CheckInState

DayWord = Literal[
    "done", "partial", "over", "skipped", "paused", "missed", "no", "slip", "kept", "open", "free", "before", "future"
]
Direction = Literal["at_least", "at_most"]
Color = Literal["teal", "blue", "indigo", "violet", "rose", "amber", "olive", "slate"]
Weekday = Annotated[Whole, Field(ge=0, le=6)]
Amount = Annotated[Number, Field(ge=0, le=1_000_000_000)]


def _each_once(days: list[int]) -> list[int]:
    if len(set(days)) != len(days):
        raise ValueError("each weekday can be named once")
    return sorted(days)


class Daily(Body):
    """Every day."""

    kind: Literal["daily"]


class Weekdays(Body):
    """On these weekdays; 0 is Monday."""

    kind: Literal["weekdays"]
    days: Annotated[list[Weekday], Field(min_length=1, max_length=7), AfterValidator(_each_once)]


class EveryNDays(Body):
    """Every n days, counted from the start or from the day this was chosen."""

    kind: Literal["every_n_days"]
    n: Annotated[Whole, Field(ge=1, le=366)]


class PerWeek(Body):
    """So many days a week, whichever they are."""

    kind: Literal["per_week"]
    n: Annotated[Whole, Field(ge=1, le=7)]
    week_start: Weekday = 0


class PerMonth(Body):
    """So many days a month, whichever they are."""

    kind: Literal["per_month"]
    n: Annotated[Whole, Field(ge=1, le=31)]


class WeeklyTotal(Body):
    """The week's amounts add up to the target."""

    kind: Literal["weekly_total"]
    week_start: Weekday = 0


class Avoid(Body):
    """Something to leave alone: any check-in that is not a skip is a slip."""

    kind: Literal["avoid"]


Schedule = Annotated[
    Daily | Weekdays | EveryNDays | PerWeek | PerMonth | WeeklyTotal | Avoid, Field(discriminator="kind")
]
Name = Annotated[Text, length(100, least=1)]
Tag = Annotated[Text, length(30, least=1)]
Tags = Annotated[list[Tag], Field(max_length=20)]
Reminder = Annotated[Text, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Reminders = Annotated[list[Reminder], Field(max_length=12)]
Icon = Annotated[Text, length(8, least=1)]
Unit = Annotated[Text, length(30, least=1)]


class HabitIn(Body):
    """Begins a habit."""

    name: Name
    schedule: Schedule
    start: Day | None = None
    target: Amount | None = None
    direction: Direction | None = None
    unit: Unit | None = None
    question: Annotated[Text, length(300)] = ""
    reminders: Reminders = Field(default_factory=list)
    tags: Tags = Field(default_factory=list)
    icon: Icon | None = None
    color: Color | None = None

    def details(self) -> dict[str, Any]:
        """Give what only describes the habit."""
        return self.model_dump(include={"unit", "question", "reminders", "tags", "icon", "color"})


class HabitChange(Body):
    """Changes a habit; what is left out stays."""

    name: Name | None = None
    schedule: Schedule | None = None
    start: Day | None = None
    target: Amount | None = None
    direction: Direction | None = None
    unit: Unit | None = None
    question: Annotated[Text, length(300)] | None = None
    reminders: Reminders | None = None
    tags: Tags | None = None
    icon: Icon | None = None
    color: Color | None = None
    archived: Truth | None = None

    @model_validator(mode="after")
    def _only_some_can_be_emptied(self) -> Self:
        for name in self.model_fields_set - {"target", "direction", "unit", "icon", "color"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be empty")
        return self

    def changes(self) -> dict[str, Any]:
        """Give what was named; null empties a target, direction, unit, icon or color."""
        return self.model_dump(include=self.model_fields_set)


class HabitOrder(Body):
    """Names every habit that is not archived, in the wanted order."""

    ids: Annotated[list[UUID], Field(max_length=500)]


class DayIn(Body):
    """Says what a day was. A note that is left out stays; null clears it."""

    state: Literal["done", "skip", "no"]
    amount: Amount | None = None
    note: Annotated[Text, length(2000)] | None = None

    @model_validator(mode="after")
    def _amounts_are_done(self) -> Self:
        if self.amount is not None and self.state != "done":
            raise ValueError("an amount goes with the state done")
        return self

    def wanted_note(self) -> str | None:
        """Give the note, "" to clear it, None to leave it."""
        return (self.note or "") if "note" in self.model_fields_set else None


class CheckInIn(Body):
    """Adds a check-in now, or at an instant. `id` may be made by the client so that it can undo it later."""

    id: UUID | None = None
    amount: Amount | None = None
    note: Annotated[Text, length(2000)] | None = None
    at: Moment | None = None
    timezone: Zone | None = None


class PauseIn(Body):
    """Asks for nothing on these days, both included."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("a pause ends on or after the day it begins")
        return self


class ImportedDay(Body):
    """One day of a history."""

    date: Day
    state: Literal["done", "skip", "no"] = "done"
    amount: Amount | None = None
    note: Annotated[Text, length(2000)] | None = None


class ImportIn(Body):
    """A part of a history; of a day that stands twice the last one counts."""

    check_ins: Annotated[list[ImportedDay], Field(min_length=1, max_length=1000)]
    dry_run: Truth = False


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
