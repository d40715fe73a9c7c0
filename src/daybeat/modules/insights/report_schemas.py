"""What the API says in reports. Rates and strengths are 0 to 1, moods 1 to 5; None where nothing can be said."""

import datetime as dt
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from daybeat.modules.insights.schemas import HabitSpan, LivedDay, MoodSpan, Share


class ReportHabit(HabitSpan):
    """One habit in a report, with a word for each of its days.

    A day is named as everywhere else, or `before` the habit began, `future`, or `archived`.
    """

    days: list[str]


class ReportGoal(BaseModel):
    """A goal when the days of the report were over, and what they added to it. Amounts are in its `unit`."""

    goal_id: UUID
    name: str
    progress: float
    target: float
    unit: str | None
    added: float
    verdict: Literal["reached", "on pace", "behind", "too early to say"] | None


class Report(BaseModel):
    """A week or a month, beside the one before it; one that is still on goes as far as today.

    `done` and `due` are sums over its days, in which a quota counts on the days on which it was done. `text` is what
    the message about it would say now: there a quota is asked for its share of the days, and streaks are as they
    stand today. `advice` is for today too, and null for what is longer ago.
    """

    kind: Literal["weekly", "monthly"]
    first: dt.date
    last: dt.date
    is_over: bool
    done: int
    due: int
    rate: float | None
    before: Share
    mood: MoodSpan | None
    best_day: LivedDay | None
    worst_day: LivedDay | None
    habits: list[ReportHabit]
    goals: list[ReportGoal]
    sentences: list[str]
    advice: str | None
    text: str
