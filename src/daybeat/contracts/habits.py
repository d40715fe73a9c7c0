"""What can have happened to a habit. Published by `habits`."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from daybeat.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class DayState:
    """What one habit day came to. `state` is done, partial, skipped, no, slip or open; `count` its check-ins."""

    state: str
    amount: float | None
    count: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Successes out of what was due; `rate` is None while nothing was due."""

    successes: float
    due: float
    rate: float | None


@dataclass(frozen=True, kw_only=True)
class HabitStats:
    """How the habit is going, as of the user's day. `strength` is 0 to 1."""

    streak: int
    best_streak: int
    unit: Literal["day", "week", "month"]
    strength: float
    progress: Progress
    rate_30d: float | None
    total: int


@dataclass(frozen=True, kw_only=True)
class HabitCreated(Event, name="habits.habit.created"):
    """A habit was begun."""

    habit_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class HabitChanged(Event, name="habits.habit.changed"):
    """Something about the habit is different; `fields` names what."""

    habit_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HabitArchived(Event, name="habits.habit.archived"):
    """The habit was put away on this day; its figures are frozen."""

    habit_id: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class HabitRestored(Event, name="habits.habit.restored"):
    """The habit was taken up again; the days between count as paused."""

    habit_id: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class HabitDeleted(Event, name="habits.habit.deleted"):
    """The habit and all its check-ins are gone."""

    habit_id: UUID


@dataclass(frozen=True, kw_only=True)
class HabitsReordered(Event, name="habits.order.changed"):
    """The user put the habits into another order."""

    habit_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class HabitPaused(Event, name="habits.habit.paused"):
    """The habit asks for nothing from `first` to `last`, both included."""

    habit_id: UUID
    pause_id: UUID
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class PauseEnded(Event, name="habits.pause.ended"):
    """A pause was taken back."""

    habit_id: UUID
    pause_id: UUID


@dataclass(frozen=True, kw_only=True)
class CheckInRecorded(Event, name="habits.check_in.recorded"):
    """The user said something about a day. `day` is what the whole day came to."""

    habit_id: UUID
    check_in_id: UUID
    date: date
    state: str
    amount: float | None
    day: DayState
    stats: HabitStats | None


@dataclass(frozen=True, kw_only=True)
class CheckInCleared(Event, name="habits.check_in.cleared"):
    """A check-in was taken back (`check_in_id` None: all of the day). `day` is what is left."""

    habit_id: UUID
    check_in_id: UUID | None
    date: date
    day: DayState
    stats: HabitStats | None
