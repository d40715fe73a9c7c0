"""What rules need from outside."""

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
