"""What reminders of habits take and answer over HTTP."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from daybeat.infra.web.fields import Body, Day, Truth, Whole
from daybeat.modules.reminders.habit_reminders.wishes import NUDGES_REST
from daybeat.modules.reminders.schemas import Quiet, QuietHoursOut, TimeOfDay

State = Literal["told", "skipped"]
Why = Literal["time", "nudge", "follow_up", "snooze"]
LAST_DAY_OF_ALL = 28
SHORTEST_SNOOZE, LONGEST_SNOOZE, USUAL_SNOOZE = 5, 720, 30  # minutes


def _by_day(text: str) -> str:
    if dt.time.fromisoformat(text) in NUDGES_REST:
        raise ValueError("nudges come between 08:00 and 22:00")
    return text


NudgeTime = Annotated[TimeOfDay, AfterValidator(_by_day)]


class WeeklyReport(Body):
    """A weekday (0 is Monday) and a time of the day."""

    day: Annotated[Whole, Field(ge=0, le=6)]
    at: TimeOfDay


class MonthlyReport(Body):
    """A day of the month, one that every month has, and a time of the day."""

    day: Annotated[Whole, Field(ge=1, le=LAST_DAY_OF_ALL)] = 1
    at: TimeOfDay


class ReminderSettingsIn(Body):
    """Says what reminders may do. What is left out takes its usual value.

    `enabled` is the switch for reminders, nudges and words about milestones together. `vacation_until` is the last day
    without reminders. Reports are off unless they have a time.
    """

    enabled: Truth = True
    quiet_hours: Quiet | None = None
    vacation_until: Day | None = None
    milestones: Truth = True
    daily_summary: TimeOfDay | None = None
    weekly_report: WeeklyReport | None = None
    monthly_report: MonthlyReport | None = None

    def wanted(self) -> dict[str, Any]:
        """Give the columns of reminder_settings."""
        return {
            "enabled": self.enabled,
            "quiet_from": self.quiet_hours.begin if self.quiet_hours else None,
            "quiet_to": self.quiet_hours.end if self.quiet_hours else None,
            "vacation_until": self.vacation_until,
            "milestones": self.milestones,
            "daily_summary": self.daily_summary,
            "weekly_day": self.weekly_report.day if self.weekly_report else None,
            "weekly_at": self.weekly_report.at if self.weekly_report else None,
            "monthly_day": self.monthly_report.day if self.monthly_report else None,
            "monthly_at": self.monthly_report.at if self.monthly_report else None,
        }


class WeeklyReportOut(BaseModel):
    """When the weekly report is written: a weekday (0 is Monday) and a time of the user's clock."""

    day: int
    at: str


class MonthlyReportOut(BaseModel):
    """When the monthly report is written: a day of the month and a time of the user's clock."""

    day: int
    at: str


class ReminderSettings(BaseModel):
    """What reminders may do. `vacation_until` is the last day without them."""

    enabled: bool
    quiet_hours: QuietHoursOut | None
    vacation_until: dt.date | None
    milestones: bool
    daily_summary: str | None
    weekly_report: WeeklyReportOut | None
    monthly_report: MonthlyReportOut | None


class NextReminder(BaseModel):
    """The reminder that comes next, as far as is known now, and why it comes."""

    at: dt.datetime
    why: Why


class Nudge(BaseModel):
    """How a habit is nudged, by the user's clock.

    `at` is the time the user chose, `learned_at` the one nudges come at now, and `reason` says in a sentence why those
    differ. `resting_until` is set while silence made nudges rest, `doubted` when they stopped until they are wanted
    again (POST /reminders/habits/{habit_id}/nudge/resume).
    """

    enabled: bool
    at: str
    learned_at: str
    reason: str
    resting_until: dt.datetime | None
    doubted: bool


class HabitReminders(BaseModel):
    """What is planned for one habit."""

    habit_id: UUID
    next: NextReminder | None
    nudge: Nudge


class NudgeIn(Body):
    """Switches the nudges of a habit on or off, and says at which time they begin."""

    enabled: Truth
    at: NudgeTime = "20:00"


class ReminderOut(BaseModel):
    """A reminder that was told, or skipped and why.

    `reason` is one of done, skipped, not due, paused, archived, quiet, vacation, off, resting, enough (four nudges a
    day, one for each habit) and missed.
    """

    id: UUID
    habit_id: UUID
    title: str
    due_at: dt.datetime
    why: Why
    state: State
    reason: str | None
    told_at: dt.datetime | None


class ReminderList(BaseModel):
    """A page of reminders, the newest first."""

    items: list[ReminderOut]
    next_cursor: str | None


class Acted(BaseModel):
    """What came of it: the habit day the reminder was about, and whether that day is done now."""

    date: dt.date
    done_today: bool


class SnoozeIn(Body):
    """Asks to be reminded again in so many minutes."""

    minutes: Annotated[Whole, Field(ge=SHORTEST_SNOOZE, le=LONGEST_SNOOZE)] = USUAL_SNOOZE


class Snoozed(BaseModel):
    """When the reminder comes again."""

    due_at: dt.datetime
