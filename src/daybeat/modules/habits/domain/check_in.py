"""One thing the user said of a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class CheckIn:
    """A check-in as it is kept. `state` is done, skip or no; `zone` is where the user was."""

    id: UUID
    habit_id: UUID
    user_id: UUID
    day: date
    state: str
    amount: float | None
    note: str | None
    at: datetime
    zone: str
    source: str
