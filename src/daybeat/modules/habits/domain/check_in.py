"""One thing the user said of a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
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


def afterwards(day: date) -> datetime:
    """Give the instant at which a check-in is kept that was made for a day after it: its noon, by UTC."""
    return datetime.combine(day, time(12), UTC)


def has_hour(day: date, at: datetime) -> bool:
    """Tell whether the hour of a check-in means anything, which it does not when it was made afterwards."""
    return at != afterwards(day)
