"""What notifications need from elsewhere: acting for somebody who answers in a chat, and which chat is whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import UnitOfWork

Deed = Literal["done", "skip", "snooze"]


@dataclass(frozen=True, slots=True)
class TodayLine:
    """A habit that is due on `day`, the user's habit day. Only what is `open` can still be done."""

    habit_id: UUID
    name: str
    day: date
    state: Literal["open", "done", "skipped"]
    streak: int = 0


class Acting(Protocol):
    """What a chat may do for its user. Ids come from strangers: what is not the user's own is NotFound.

    Each gives one plain sentence saying what came of it; a DomainError says why nothing did. Everything happens in the
    given unit of work, which has the turn of the user.
    """

    def act(self, uow: UnitOfWork, user_id: UUID, reminder_id: UUID, what: Deed) -> str:
        """Answer a reminder. The same answer again changes nothing."""
        ...

    def answer_prompt(self, uow: UnitOfWork, user_id: UUID, prompt_id: UUID, score: int) -> str:
        """Answer a mood prompt, 1 to 5; a DomainError of the kind CONFLICT when it has its answer."""
        ...

    def record_mood(self, uow: UnitOfWork, user_id: UUID, score: int, note: str | None, *, mood_id: UUID) -> str:
        """Record a mood, 1 to 5, once for this id; another score under the same id is a CONFLICT."""
        ...

    def today(self, connection: Connection, user_id: UUID, now: datetime) -> Sequence[TodayLine]:
        """List what is due on the user's habit day of this instant, in the user's order."""
        ...

    def check_in(self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, idempotency_id: UUID) -> str:
        """Check a habit in on the user's habit day, once for this id."""
        ...


class Chats(Protocol):
    """Which Telegram chat belongs to whom; a chat has one user at most."""

    def user_of(self, connection: Connection, chat_id: int) -> tuple[UUID, UUID] | None:
        """Give the user and the channel of a chat."""
        ...

    def link(self, uow: UnitOfWork, user_id: UUID, chat_id: int, name: str) -> None:
        """Let a chat be this user's, as a channel that works again if it was blocked; a user before loses it."""
        ...

    def unlink(self, uow: UnitOfWork, chat_id: int) -> None:
        """Forget whose chat it was."""
        ...
