"""What goals take and answer over HTTP. Amounts are in the goal's unit, days are the user's habit days."""

import datetime as dt
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, model_validator

from daybeat.infra.web.fields import Body, Day, Number, Text, length
from daybeat.modules.goals.commands import Counts, Link
from daybeat.modules.goals.domain.forecast import Verdict
from daybeat.modules.goals.domain.states import State

MOST = 1_000_000_000
CLEARED = {"unit", "deadline"}

Name = Annotated[Text, length(100, least=1)]
Unit = Annotated[Text, length(30, least=1)]
Positive = Annotated[Number, Field(gt=0, le=MOST)]
Weight = Annotated[Number, Field(gt=0, le=1_000_000)]


def _not_nothing(amount: float) -> float:
    if amount == 0:
        raise ValueError("an amount is more or less than nothing")
    return amount


Amount = Annotated[Number, Field(ge=-MOST, le=MOST), AfterValidator(_not_nothing)]


class HabitLink(Body):
    """A habit that counts: `weight` for each done check-in, or times its amount.

    `counts` left out means amounts where the habit has a target or a unit, and check-ins otherwise.
    """

    habit_id: UUID
    weight: Weight = 1.0
    counts: Counts | None = None

    def link(self) -> Link:
        return Link(self.habit_id, self.weight, self.counts)


class MilestoneIn(Body):
    """A place on the way that is worth a word."""

    at: Positive
    name: Annotated[Text, length(100)] = ""


def _each_habit_once(links: list[HabitLink]) -> list[HabitLink]:
    if len({link.habit_id for link in links}) < len(links):
        raise ValueError("a habit counts once")
    return links


def _in_order(milestones: list[MilestoneIn]) -> list[MilestoneIn]:
    if len({each.at for each in milestones}) < len(milestones):
        raise ValueError("two milestones cannot stand at the same place")
    return sorted(milestones, key=lambda each: each.at)


Habits = Annotated[list[HabitLink], Field(max_length=50), AfterValidator(_each_habit_once)]
Milestones = Annotated[list[MilestoneIn], Field(max_length=20), AfterValidator(_in_order)]


class GoalIn(Body):
    """Sets a goal. `start` left out means today; nothing that was done before it counts."""

    name: Name
    target: Positive
    unit: Unit | None = None
    start: Day | None = None
    deadline: Day | None = None
    habits: Habits = Field(default_factory=list)
    milestones: Milestones = Field(default_factory=list)


class GoalChange(Body):
    """Changes a goal; what is left out stays, null clears unit and deadline. `habits` names all that count."""

    name: Name | None = None
    target: Positive | None = None
    unit: Unit | None = None
    start: Day | None = None
    deadline: Day | None = None
    habits: Habits | None = None
    milestones: Milestones | None = None

    @model_validator(mode="after")
    def _only_some_can_be_cleared(self) -> Self:
        for name in self.model_fields_set - CLEARED:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be empty")
        return self

    def changes(self) -> dict[str, Any]:
        """Give what is named, but for the habits."""
        return self.model_dump(include=self.model_fields_set - {"habits"})


class EntryIn(Body):
    """Adds an amount by hand, less than nothing to correct one. `id` may be made by the client: twice is once."""

    id: UUID | None = None
    amount: Amount
    date: Day | None = None
    note: Annotated[Text, length(300)] | None = None


class EntryOut(BaseModel):
    """What was added: by hand, or by a rule that follows activity events, whose `source` is "rule"."""

    id: UUID
    goal_id: UUID
    date: dt.date
    amount: float
    note: str | None
    at: dt.datetime
    source: str


class EntryList(BaseModel):
    """A page of entries, the newest first."""

    items: list[EntryOut]
    next_cursor: str | None


class LinkOut(BaseModel):
    """A habit that counts, and what it has contributed."""

    habit_id: UUID
    weight: float
    counts: Counts
    contributed: float


class Milestone(BaseModel):
    """A place on the way, and the day on which it was reached, unless what reached it was taken back."""

    at: float
    name: str
    reached_on: dt.date | None


class Forecast(BaseModel):
    """When the goal will be reached if it goes on like the last weeks: nine in ten futures lie in the range.

    A day is null where none can be told: before three whole weeks, or farther than five years away. `chance` (0 to 1)
    is that of keeping the deadline, and `verdict` null where there is none to keep.
    """

    verdict: Verdict | None
    earliest: dt.date | None = None
    likely: dt.date | None = None
    latest: dt.date | None = None
    chance: float | None = None


class Goal(BaseModel):
    """A goal and how far it is. `pace` is the progress per day of late, `needed_pace` what the deadline asks for.

    `by_hand` and `by_rules` are what was added by hand, and by rules that follow activity events.
    """

    id: UUID
    name: str
    target: float
    unit: str | None
    start: dt.date
    deadline: dt.date | None
    state: State
    reached_on: dt.date | None
    ended_on: dt.date | None
    progress: float
    remaining: float
    pace: float
    needed_pace: float | None
    forecast: Forecast
    habits: list[LinkOut]
    by_hand: float
    by_rules: float = 0.0
    milestones: list[Milestone]
    created_at: dt.datetime


class GoalList(BaseModel):
    """The user's goals, the newest first."""

    items: list[Goal]
    next_cursor: str | None = None


class GoalDay(BaseModel):
    """A day on which something was added, and what the goal had come to when it ended."""

    date: dt.date
    added: float
    total: float


class FanPoint(BaseModel):
    """Where the goal may stand at the end of a day to come: nine in ten futures lie between low and high."""

    date: dt.date
    low: float
    middle: float
    high: float


class GoalHistory(BaseModel):
    """The way a goal has come, and the ways it may go on, a point for each coming week."""

    goal_id: UUID
    days: list[GoalDay]
    fan: list[FanPoint]
