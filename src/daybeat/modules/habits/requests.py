"""What habits take over HTTP."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from daybeat.infra.web.fields import Body, Day, Moment, Number, Text, Truth, Zone, length
from daybeat.modules.habits.schedule_schemas import Schedule

Direction = Literal["at_least", "at_most"]
Color = Literal["teal", "blue", "indigo", "violet", "rose", "amber", "olive", "slate"]
Amount = Annotated[Number, Field(ge=0, le=1_000_000_000)]
Name = Annotated[Text, length(100, least=1)]
Tag = Annotated[Text, length(30, least=1)]
Tags = Annotated[list[Tag], Field(max_length=20)]
_WEEKDAY = "(?:mon|tue|wed|thu|fri|sat|sun)"
Reminder = Annotated[
    Text, StringConstraints(pattern=rf"^(?:{_WEEKDAY}(?:,{_WEEKDAY}){{0,6}} )?(?:[01]\d|2[0-3]):[0-5]\d$")
]
"""A time of the day, on every day (07:30) or on some weekdays (mon,wed,fri 18:00)."""
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
