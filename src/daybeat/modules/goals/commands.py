"""What can be asked of goals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from daybeat.kit.calendar import UserCalendar

Counts = Literal["check_ins", "amounts"]


@dataclass(frozen=True, slots=True)
class Link:
    """A habit that counts towards a goal. `counts` None: amounts where the habit has them, check-ins otherwise."""

    habit_id: UUID
    weight: float
    counts: Counts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateGoal:
    """Set a goal. `start` None means today."""

    user_id: UUID
    calendar: UserCalendar
    name: str
    target: float
    unit: str | None
    start: date | None
    deadline: date | None
    milestones: Sequence[Mapping[str, Any]]
    habits: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGoal:
    """Change what is named in `changes`; `habits` None leaves the habits as they are."""

    user_id: UUID
    calendar: UserCalendar
    goal_id: UUID
    changes: Mapping[str, Any]
    habits: Sequence[Link] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEntry:
    """Add an amount, less than nothing to correct one.

    `day` None means the day on which it happened (`at`, no later than now), and without that today.
    """

    user_id: UUID
    calendar: UserCalendar
    goal_id: UUID
    amount: float
    day: date | None
    note: str | None
    entry_id: UUID | None
    at: datetime | None = None
