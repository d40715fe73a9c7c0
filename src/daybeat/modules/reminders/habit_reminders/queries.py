"""Looking at reminders of habits."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.kit.errors import NotFound
from daybeat.modules.reminders.domain.nudging import reason
from daybeat.modules.reminders.domain.reminder_times import clock_text
from daybeat.modules.reminders.habit_reminders.planning import CLOSE, PLAN
from daybeat.modules.reminders.habit_reminders.ports import Habits
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.schemas import (
    HabitReminders,
    MonthlyReportOut,
    NextReminder,
    Nudge,
    ReminderOut,
    ReminderSettings,
    WeeklyReportOut,
)
from daybeat.modules.reminders.habit_reminders.wishes import USUAL_NUDGE, learned_of
from daybeat.modules.reminders.schemas import QuietHoursOut


def settings(connection: Connection, user_id: UUID) -> ReminderSettings:
    """Show what reminders may do; who never chose has the usual settings."""
    chosen = ReminderRepository(connection).settings(user_id)[user_id]
    return ReminderSettings(
        **{name: chosen[name] for name in ("enabled", "vacation_until", "milestones", "daily_summary")},
        quiet_hours=_quiet_hours(chosen),
        weekly_report=_weekly_report(chosen),
        monthly_report=_monthly_report(chosen),
    )


def of_habit(connection: Connection, user_id: UUID, habit_id: UUID, habits: Habits) -> HabitReminders:
    """Show what is planned for a habit of the user's."""
    habit = habits.reminded(connection, habit_id)
    if habit is None or habit.user_id != user_id:
        raise NotFound
    repository = ReminderRepository(connection)
    coming = [due for due in repository.coming([habit_id]) if due.why not in {CLOSE, PLAN}]
    soonest = min(coming, key=lambda due: due.due_at, default=None)
    following = None if soonest is None else NextReminder(at=soonest.due_at, why=soonest.why)
    return HabitReminders(habit_id=habit_id, next=following, nudge=_nudge_of(repository.nudges(habit_id).get(habit_id)))


def rows(
    connection: Connection, user_id: UUID, habit_id: UUID | None, state: str | None, most: int
) -> Sequence[Row[Any]]:
    return ReminderRepository(connection).list_of(user_id, habit_id, state, most)


def reminder_of(row: Row[Any]) -> ReminderOut:
    return ReminderOut(**{name: getattr(row, name) for name in ReminderOut.model_fields})


def _nudge_of(row: Row[Any] | None) -> Nudge:
    if row is None:
        usual = clock_text(USUAL_NUDGE)
        return Nudge(enabled=False, at=usual, learned_at=usual, reason="", resting_until=None, doubted=False)
    return Nudge(
        enabled=row.enabled,
        at=clock_text(row.own),
        learned_at=clock_text(row.at),
        reason=reason(learned_of(row)),
        resting_until=row.resting_until,
        doubted=row.doubted,
    )


def _quiet_hours(chosen: Mapping[str, Any]) -> QuietHoursOut | None:
    return QuietHoursOut(begin=chosen["quiet_from"], end=chosen["quiet_to"]) if chosen["quiet_from"] else None


def _weekly_report(chosen: Mapping[str, Any]) -> WeeklyReportOut | None:
    at = chosen["weekly_at"]
    return WeeklyReportOut(day=chosen["weekly_day"], at=at) if at else None


def _monthly_report(chosen: Mapping[str, Any]) -> MonthlyReportOut | None:
    at = chosen["monthly_at"]
    return MonthlyReportOut(day=chosen["monthly_day"], at=at) if at else None
