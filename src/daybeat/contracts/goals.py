"""What can have happened to a goal. Published by `goals`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from daybeat.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class GoalCreated(Event, name="goals.goal.created"):
    """A goal was set."""

    goal_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class GoalChanged(Event, name="goals.goal.changed"):
    """Something about the goal is different; `fields` names what."""

    goal_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GoalCompleted(Event, name="goals.goal.completed"):
    """The goal is reached, or its owner says that it is done."""

    goal_id: UUID
    title: str
    progress: float
    target: float
    unit: str | None


@dataclass(frozen=True, kw_only=True)
class GoalReopened(Event, name="goals.goal.reopened"):
    """The goal is to be reached again: its owner says so, or what had reached it was taken back."""

    goal_id: UUID


@dataclass(frozen=True, kw_only=True)
class GoalArchived(Event, name="goals.goal.archived"):
    """The goal was put away on this day; what comes later does not count."""

    goal_id: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class GoalDeleted(Event, name="goals.goal.deleted"):
    """The goal and its entries are gone. Its habits are as they were."""

    goal_id: UUID


@dataclass(frozen=True, kw_only=True)
class GoalEntryAdded(Event, name="goals.entry.added"):
    """An amount was added to a goal, by hand or by a rule that follows activity events."""

    goal_id: UUID
    entry_id: UUID
    date: date
    amount: float


@dataclass(frozen=True, kw_only=True)
class GoalEntryRemoved(Event, name="goals.entry.removed"):
    """An amount that was added was taken back."""

    goal_id: UUID
    entry_id: UUID


@dataclass(frozen=True, kw_only=True)
class GoalProgressed(Event, name="goals.progress.changed"):
    """What a goal adds up to is different now: more, or less after something was taken back."""

    goal_id: UUID
    progress: float
    target: float


@dataclass(frozen=True, kw_only=True)
class GoalMilestoneReached(Event, name="goals.milestone.reached"):
    """A goal came as far as this for the first time; each milestone is told once."""

    goal_id: UUID
    title: str
    at: float
    unit: str | None
