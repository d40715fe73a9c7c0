"""What can be asked of habits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from daybeat.kit.calendar import UserCalendar
from daybeat.modules.habits.domain.rules import CheckInState


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateHabit:
    """Begin a habit. `schedule` is a validated dict as in the API; `start` None means today."""

    user_id: UUID
    calendar: UserCalendar
    name: str
    schedule: Mapping[str, Any]
    start: date | None = None
    target: float | None = None
    direction: str | None = None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeHabit:
    """Change what is named in `changes`; the rest stays."""

    user_id: UUID
    calendar: UserCalendar
    habit_id: UUID
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseHabit:
    """Ask for nothing from `first` to `last`, both included."""

    user_id: UUID
    habit_id: UUID
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDay:
    """Say what a day was, instead of whatever was said of it before. `note` "" clears, None keeps."""

    user_id: UUID
    calendar: UserCalendar
    habit_id: UUID
    day: date
    state: CheckInState
    amount: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInNow:
    """Add a check-in at an instant (None: now), on the habit day it belongs to."""

    user_id: UUID
    calendar: UserCalendar
    habit_id: UUID
    check_in_id: UUID | None = None
    amount: float | None = None
    note: str | None = None
    at: datetime | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearDay:
    """Take back everything that was said of a day."""

    user_id: UUID
    calendar: UserCalendar
    habit_id: UUID
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Take back exactly one check-in."""

    user_id: UUID
    calendar: UserCalendar
    check_in_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDays:
    """Set many days of one habit; days that already say the same stay untouched."""

    user_id: UUID
    calendar: UserCalendar
    habit_id: UUID
    days: Mapping[date, tuple[CheckInState, float | None, str | None]]
    dry_run: bool = False
