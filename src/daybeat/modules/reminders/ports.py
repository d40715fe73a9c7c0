"""What reminders need to know from elsewhere."""

from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from daybeat.kit.calendar import UserCalendar


class CalendarOf(Protocol):
    """Tells by which zone and day a user lives."""

    def __call__(self, connection: Connection, user_id: UUID) -> UserCalendar: ...
