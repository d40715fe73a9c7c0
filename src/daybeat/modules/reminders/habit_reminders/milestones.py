"""Milestones: streaks worth a word, each told once for every run."""

from daybeat.contracts.habits import CheckInRecorded
from daybeat.contracts.notifications import HabitCheck
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import DAY
from daybeat.modules.reminders.habit_reminders.ports import Habits
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository

FIRST = frozenset({7, 14, 30, 50, 150})
ROUND = (100, 365)
"""And every multiple of these."""


def is_milestone(streak: int) -> bool:
    return streak > 0 and (streak in FIRST or any(streak % each == 0 for each in ROUND))


def hear_check_in(event: CheckInRecorded, habits: Habits, uow: UnitOfWork) -> None:
    """Say so when a check-in of these days brought a streak to a milestone. Histories that come late are no news."""
    if event.stats is None or event.day.state != "done" or not is_milestone(event.stats.streak):
        return
    repository = ReminderRepository(uow.connection)
    settings = repository.settings(event.user_id)[event.user_id]
    habit = habits.reminded(uow.connection, event.habit_id)
    if habit is None or not (settings["enabled"] and settings["milestones"]):
        return
    if event.date < habit.calendar.habit_day(uow.now) - DAY:
        return
    if _is_new(event, habits, repository, uow):
        uow.record(_check(event, habit.title))


def _is_new(event: CheckInRecorded, habits: Habits, repository: ReminderRepository, uow: UnitOfWork) -> bool:
    """Tell whether this run has not been told of the milestone, and remember that it is now."""
    assert event.stats is not None  # noqa: S101 - looked at before
    begun_on = habits.begun_on(uow.connection, event.habit_id, uow.now)
    streak = event.stats.streak
    if begun_on is None or repository.milestone_told_for(event.habit_id, streak) == begun_on:
        return False
    repository.keep_milestone(event.user_id, event.habit_id, streak, begun_on)
    return True


def _check(event: CheckInRecorded, title: str) -> HabitCheck:
    assert event.stats is not None  # noqa: S101 - looked at before
    return HabitCheck(
        user_id=event.user_id,
        habit_id=event.habit_id,
        title=title,
        date=event.date,
        streak=event.stats.streak,
        unit=event.stats.unit,
        best=event.stats.streak >= event.stats.best_streak,
    )
