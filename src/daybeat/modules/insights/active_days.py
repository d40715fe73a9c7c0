"""On which days which types of activity were recorded. Those days are over, so they are counted once an hour."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daybeat.kit.calendar import UserCalendar
from daybeat.modules.insights.ports import Activity
from daybeat.modules.insights.remembering import Lately
from daybeat.modules.insights.repository import Span

OFTEN, MOST_TYPES = 8, 20


@dataclass(frozen=True, slots=True)
class ActiveDays:
    """The days of the types that occurred on eight or more, and the first day on which anything was recorded at all."""

    began: date | None
    types: Mapping[str, frozenset[date]]


class ActivityLately:
    """Asks for the activity of a span that is over, and remembers the answer for the hour."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity
        self._known: Lately[ActiveDays] = Lately()

    async def days(self, user_id: UUID, calendar: UserCalendar, span: Span, now: datetime) -> ActiveDays:
        """Give the active days of a span; none while they cannot be reached, which is not remembered."""
        question = calendar, span, now.replace(minute=0, second=0, microsecond=0)
        known = self._known.get(user_id, question)
        if known is None:
            counted = await asyncio.to_thread(self._activity.by_day, user_id, calendar, span.first, span.last)
            known = _active(counted)
            if counted:
                self._known.keep(user_id, question, known)
        return known


def _active(counted: Mapping[str, Mapping[date, int]]) -> ActiveDays:
    began = min((day for days in counted.values() for day in days), default=None)
    often = sorted(counted, key=lambda kind: (-len(counted[kind]), kind))[:MOST_TYPES]
    return ActiveDays(began, {kind: frozenset(counted[kind]) for kind in often if len(counted[kind]) >= OFTEN})
