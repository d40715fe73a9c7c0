"""What rules need from outside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import UnitOfWork


class Habits(Protocol):
    """What rules ask of habits."""

    def title(self, connection: Connection, user_id: UUID, habit_id: UUID) -> str:
        """Give the name of the user's habit; NotFound when there is none."""
        ...

    def check_in(
        self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, check_in_id: UUID, amount: float | None, at: datetime
    ) -> None:
        """Check a habit in at an instant, once for this id; a DomainError says why it cannot be."""
        ...


class Goals(Protocol):
    """What rules ask of goals."""

    def title(self, connection: Connection, user_id: UUID, goal_id: UUID) -> str:
        """Give the name of the user's goal; NotFound when there is none."""
        ...

    def add(self, uow: UnitOfWork, user_id: UUID, goal_id: UUID, entry_id: UUID, amount: float, at: datetime) -> None:
        """Add to a goal on the day of an instant, once for this id; a DomainError says why it cannot be."""
        ...

    def tell(self, uow: UnitOfWork, user_id: UUID, goal_id: UUID) -> None:
        """Say what became of a goal by all that was added to it: adding up looks at the whole of it."""
        ...


@dataclass(frozen=True, slots=True)
class Targets:
    """What rules can feed."""

    habits: Habits
    goals: Goals
