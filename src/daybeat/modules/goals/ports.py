"""What goals need to know from elsewhere."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Countable:
    """A habit as far as goals care: whether its check-ins carry amounts, and whether they are slips."""

    measured: bool
    avoids: bool


class Habits(Protocol):
    """The habits behind the goals."""

    def countable(self, connection: Connection, user_id: UUID, habit_id: UUID) -> Countable:
        """Look at one of the user's habits; NotFound when there is none."""
        ...
