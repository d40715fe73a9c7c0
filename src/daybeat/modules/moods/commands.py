"""What can be asked of moods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from daybeat.kit.calendar import UserCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMood:
    """Say how one feels, 1 to 5. `at` None means now; `prompt_id` names the prompt this answers."""

    user_id: UUID
    calendar: UserCalendar
    score: int
    note: str | None = None
    tags: Sequence[str] = ()
    at: datetime | None = None
    zone: str | None = None
    prompt_id: UUID | None = None
    mood_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMood:
    """Correct what was said; `changes` holds score, note, tags or at."""

    user_id: UUID
    calendar: UserCalendar
    mood_id: UUID
    changes: Mapping[str, Any] = field(default_factory=dict)
