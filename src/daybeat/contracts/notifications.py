"""What people are to be told. Published by whoever knows that it is time; `notifications` brings it to them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from daybeat.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class HabitReminder(Event, name="notifications.habit.reminder"):
    """A habit is still open on this day.

    `why` it is said now: a time that was chosen, a nudge, its follow-up or a snooze that is over; `reason` says it in a
    sentence where there is more to say. After `expires_at` it helps nobody.
    """

    reminder_id: UUID
    habit_id: UUID
    title: str
    question: str
    date: date
    due_at: datetime
    expires_at: datetime
    why: Literal["time", "nudge", "follow_up", "snooze"]
    reason: str
    streak: int
    unit: Literal["day", "week", "month"]


@dataclass(frozen=True, kw_only=True)
class HabitCheck(Event, name="notifications.habit.check"):
    """A check-in reached a streak worth a word; `best` when there never was a longer one."""

    habit_id: UUID
    title: str
    date: date
    streak: int
    unit: Literal["day", "week", "month"]
    best: bool


@dataclass(frozen=True, kw_only=True)
class AnalyticsReady(Event, name="notifications.analytics.ready"):
    """A report on the days from `first` to `last` is ready.

    It says what was due and completed, the streak to be proud of, and one recommendation with the habit it is about.
    """

    report: Literal["daily", "weekly", "monthly"]
    first: date
    last: date
    completed: int
    due: int
    best_title: str | None
    best_streak: int
    best_unit: Literal["day", "week", "month"]
    advice: Literal["raise", "lower", "protect", "restart", "begin", "keep"]
    advice_title: str | None
