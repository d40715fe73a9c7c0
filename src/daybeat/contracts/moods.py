"""What can have happened to a mood. Published by `moods`."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daybeat.contracts.event import Event

MOOD_WORDS = ("awful", "bad", "okay", "good", "great")
"""The words for 1 to 5."""


@dataclass(frozen=True, kw_only=True)
class MoodRecorded(Event, name="moods.mood.recorded"):
    """The user said how they feel, 1 to 5. `shared` tells whether it may count on the wall, without a name."""

    mood_id: UUID
    score: int
    tags: tuple[str, ...]
    at: datetime
    date: date
    prompt_id: UUID | None
    shared: bool


@dataclass(frozen=True, kw_only=True)
class MoodChanged(Event, name="moods.mood.changed"):
    """Something about the mood is different; `fields` names what."""

    mood_id: UUID
    score: int
    date: date
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MoodDeleted(Event, name="moods.mood.deleted"):
    """The mood was taken back."""

    mood_id: UUID
    date: date


@dataclass(frozen=True, kw_only=True)
class MoodSettingsChanged(Event, name="moods.settings.changed"):
    """Faces, labels or sharing are different; `fields` names what."""

    fields: tuple[str, ...]
