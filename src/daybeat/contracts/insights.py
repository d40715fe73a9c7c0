"""What insights find out, and what comes of it. Published by `insights`."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from daybeat.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class HabitAtRisk(Event, name="insights.habit.at_risk"):
    """A habit that is open now is likely to be missed, and was not a while ago.

    It is told once until that is no longer so. What is at stake lasts from `day` to `last`: one day, or the running
    week or month. `miss` is the chance, 0 to 1; `reasons` are up to two sentences, and `action` says what would help.
    """

    habit_id: UUID
    title: str
    day: date
    last: date
    unit: Literal["day", "week", "month"]
    miss: float
    reasons: tuple[str, ...]
    action: str


@dataclass(frozen=True, kw_only=True)
class SuggestionApplied(Event, name="insights.suggestion.applied"):
    """The user did what was suggested for a habit; `kind` says what that was."""

    suggestion_id: UUID
    habit_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class SuggestionDismissed(Event, name="insights.suggestion.dismissed"):
    """The user does not want this suggestion."""

    suggestion_id: UUID
    habit_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class SuggestionUndone(Event, name="insights.suggestion.undone"):
    """What the user had decided about a suggestion was taken back."""

    suggestion_id: UUID
    habit_id: UUID
    kind: str
