"""What moods need to know from elsewhere."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt that a mood may answer."""

    id: UUID
    user_id: UUID
    is_answered: bool


class Prompts(Protocol):
    """Those who ask. A mood and the closing of its prompt are one commit, so that one answer wins."""

    def find(self, connection: Connection, prompt_id: UUID) -> Asked | None:
        """Find a prompt, whoever's it is."""
        ...

    def close(self, uow: UnitOfWork, user_id: UUID, prompt_id: UUID | None, mood_id: UUID) -> UUID | None:
        """Close the prompt, or whichever is open (None); gives what was closed.

        Raises AlreadyAnswered when somebody was first.
        """
        ...


class CalendarOf(Protocol):
    """Tells by which zone and day a user lives."""

    def __call__(self, connection: Connection, user_id: UUID) -> UserCalendar: ...
