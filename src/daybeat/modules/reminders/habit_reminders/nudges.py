"""Nudges: they learn from check-ins nobody asked for, move once a day, and tire of silence."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from daybeat.contracts.habits import CheckInRecorded
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.reminders.domain.nudging import Learned, learn, settle
from daybeat.modules.reminders.domain.patience import FRESH, Fatigue
from daybeat.modules.reminders.domain.reminder_times import minute_of, time_of
from daybeat.modules.reminders.domain.wall_clock import wall_time
from daybeat.modules.reminders.habit_reminders.planning import NUDGE, Planned, Planner
from daybeat.modules.reminders.habit_reminders.ports import Habits, Reminded, Standing
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.wishes import fatigue_of, learned_columns, learned_of

BY_REMINDER = "reminder"
"""The source of what somebody said by the button of a reminder."""
WORTH_SAVING = 3
"""The shortest streak whose end is worth a sentence."""


def close_day(nudge: Row[Any], planner: Planner, end: datetime, habits: Habits, uow: UnitOfWork) -> Sequence[Planned]:
    """End a nudged habit's day: count a silence, move the nudge, and plan those of the day that begins."""
    if planner.is_quiet:
        return ()
    day = planner.habit.calendar.habit_day(end)
    fatigue = _fatigue_after(nudge, planner.habit, end, habits, uow)
    peace = planner.peace(NUDGE)
    learned = settle(learned_of(nudge), day, lambda minute: not peace.forbids(time_of(minute)))
    values = {**learned_columns(learned), **asdict(fatigue), "asked_on": None}
    ReminderRepository(uow.connection).change_nudge(nudge.habit_id, values)
    following = () if fatigue.doubted else (planner.nudge_of(day, learned.at),)
    return (*following, planner.close_of(end))


def hear_check_in(event: CheckInRecorded, habits: Habits, uow: UnitOfWork) -> None:
    """Learn when a habit is done by itself. Whoever says something about a day on which they were nudged is awake."""
    repository = ReminderRepository(uow.connection)
    nudge = repository.nudges(event.habit_id).get(event.habit_id)
    if nudge is None or not nudge.enabled:
        return
    if event.date == nudge.asked_on and fatigue_of(nudge) != FRESH:
        repository.change_nudge(event.habit_id, asdict(FRESH))
    habit, fact = habits.reminded(uow.connection, event.habit_id), repository.fact(uow.origin.causation_id)
    if habit is not None and fact is not None and event.state == "done":
        learned = _learned(learned_of(nudge), event, habit, fact, repository)
        repository.change_nudge(event.habit_id, learned_columns(learned))


def ends_tonight(standing: Standing) -> str:
    """Say that a streak ends with this day; empty where it does not, or is none."""
    if not standing.last_chance or standing.streak < WORTH_SAVING:
        return ""
    return f"Your streak of {standing.streak} {standing.unit}s ends tonight."


def _learned(
    learned: Learned, event: CheckInRecorded, habit: Reminded, fact: Row[Any, Any], repository: ReminderRepository
) -> Learned:
    """Take in a check-in of its own day that no reminder brought about."""
    calendar, at = habit.calendar, fact.occurred_at
    if fact.source == BY_REMINDER or calendar.habit_day(at) != event.date or _was_asked(habit, at, repository):
        return learned
    return learn(learned, minute_of(wall_time(at, ZoneInfo(calendar.zone)).time()), event.date)


def _was_asked(habit: Reminded, at: datetime, repository: ReminderRepository) -> bool:
    """Tell whether a reminder of the habit was still fresh then."""
    told = repository.told_lately([habit.user_id], at)
    return any(row.habit_id == habit.habit_id and row.told_at <= at < row.expires_at for row in told)


def _fatigue_after(nudge: Row[Any], habit: Reminded, end: datetime, habits: Habits, uow: UnitOfWork) -> Fatigue:
    if nudge.asked_on is None:
        return fatigue_of(nudge)
    said = habits.said_on(uow.connection, habit, nudge.asked_on)
    return fatigue_of(nudge).after_silence(end) if said is None else FRESH
