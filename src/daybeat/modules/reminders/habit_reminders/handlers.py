"""Choosing what reminders may do, and doing what a reminder asks for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.errors import NotFound
from daybeat.modules.reminders.domain.nudging import undo
from daybeat.modules.reminders.domain.patience import FRESH
from daybeat.modules.reminders.habit_reminders.errors import (
    InQuietHours,
    IsDone,
    NothingToRemindOf,
    RemindersAreOff,
    WasNotTold,
)
from daybeat.modules.reminders.habit_reminders.nudges import BY_REMINDER
from daybeat.modules.reminders.habit_reminders.planning import SNOOZE, Planner, replan_habit, replan_user
from daybeat.modules.reminders.habit_reminders.ports import Habits, Reminded, Word
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.wishes import USUAL_NUDGE, learned_columns, learned_of, new_nudge
from daybeat.modules.reminders.reports import replan_reports

Deed = Literal["done", "skip", "snooze"]
USUAL_SNOOZE = 30  # minutes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of acting on a reminder: its habit day, whether that day is done, and when it is told again."""

    habit: Reminded
    date: date
    done: bool
    due_at: datetime | None = None


def choose(user_id: UUID, wanted: Mapping[str, Any], habits: Habits, *, uow: UnitOfWork) -> None:
    """Keep what the user wants of reminders, and plan by it."""
    repository = ReminderRepository(uow.connection)
    if {**repository.settings(user_id)[user_id], **wanted} != dict(repository.settings(user_id)[user_id]):
        repository.keep_settings(user_id, wanted)
        replan_user(user_id, habits, uow)
        replan_reports(user_id, habits.zone_of, uow=uow)


def choose_nudge(user_id: UUID, habit_id: UUID, own: int, habits: Habits, *, enabled: bool, uow: UnitOfWork) -> None:
    """Nudge a habit or not. Another time of the user's own begins to learn anew; nothing rests any more."""
    habit = own_habit(user_id, habit_id, habits, uow)
    if enabled and habit.avoids:
        raise NothingToRemindOf
    repository = ReminderRepository(uow.connection)
    known = repository.nudges(habit_id).get(habit_id)
    learned = learned_columns(learned_of(known)) if known is not None and known.own == own else {}
    asked_on = known.asked_on if known is not None else None
    row = {**new_nudge(own), **learned, "asked_on": asked_on, "enabled": enabled}
    repository.keep_nudge({"habit_id": habit_id, "user_id": user_id, **row})
    replan_habit(habit_id, habits, uow)


def undo_learning(user_id: UUID, habit_id: UUID, habits: Habits, *, uow: UnitOfWork) -> None:
    """Go back to the user's own time; learning begins anew."""
    nudge = _nudge(user_id, habit_id, habits, uow)
    _change_nudge(nudge, learned_columns(undo(learned_of(nudge))), habits, uow)


def resume(user_id: UUID, habit_id: UUID, habits: Habits, *, uow: UnitOfWork) -> None:
    """Go on nudging somebody who was left in peace."""
    _change_nudge(_nudge(user_id, habit_id, habits, uow), asdict(FRESH), habits, uow)


def act(
    uow: UnitOfWork, user_id: UUID, reminder_id: UUID, what: Deed, habits: Habits, *, minutes: int = USUAL_SNOOZE
) -> Outcome:
    """Do what a reminder asks for. Doing it twice changes nothing, and a day that is done stays done."""
    reminder = _told(user_id, reminder_id, uow)
    habit = own_habit(user_id, reminder.habit_id, habits, uow)
    if what == "snooze":
        return _snooze(reminder, habit, minutes, habits, uow)
    if reminder.acted not in {"done", "skip"}:
        _say(reminder, habit, what, habits, uow)
    return Outcome(habit, reminder.date, _is_done(reminder, habit, habits, uow))


def own_habit(user_id: UUID, habit_id: UUID, habits: Habits, uow: UnitOfWork) -> Reminded:
    """Find a habit of the user's; another user's does not exist."""
    habit = habits.reminded(uow.connection, habit_id)
    if habit is None or habit.user_id != user_id:
        raise NotFound
    return habit


def _told(user_id: UUID, reminder_id: UUID, uow: UnitOfWork) -> Row[Any]:
    reminder = ReminderRepository(uow.connection).find(reminder_id)
    if reminder is None or reminder.user_id != user_id:
        raise NotFound
    if reminder.state != "told":
        raise WasNotTold
    return reminder


def _say(reminder: Row[Any], habit: Reminded, word: Word, habits: Habits, uow: UnitOfWork) -> None:
    if habit.avoids:
        raise NothingToRemindOf
    if not _is_done(reminder, habit, habits, uow):
        with _by_reminder(uow):
            habits.say(uow, habit, reminder.date, word)
    ReminderRepository(uow.connection).change(reminder.id, {"acted": word})


def _is_done(reminder: Row[Any], habit: Reminded, habits: Habits, uow: UnitOfWork) -> bool:
    return habits.said_on(uow.connection, habit, reminder.date) == "done"


def _snooze(reminder: Row[Any], habit: Reminded, minutes: int, habits: Habits, uow: UnitOfWork) -> Outcome:
    if reminder.acted in {"done", "skip"}:
        raise IsDone
    due_at = reminder.snoozed_to
    if due_at is None or due_at <= uow.now:
        due_at = _tell_again(reminder, habit, minutes, uow)
    return Outcome(habit, reminder.date, _is_done(reminder, habit, habits, uow), due_at)


def _tell_again(reminder: Row[Any], habit: Reminded, minutes: int, uow: UnitOfWork) -> datetime:
    """Plan the habit's one snooze, in place of one that waits."""
    repository = ReminderRepository(uow.connection)
    planner = Planner(habit, repository.settings(habit.user_id)[habit.user_id])
    due_at = uow.now.replace(microsecond=0) + timedelta(minutes=minutes)
    if planner.is_quiet:
        raise RemindersAreOff
    if planner.peace(SNOOZE).holds(due_at):
        raise InQuietHours
    repository.forget_coming(habit.habit_id, uow.now, SNOOZE)
    repository.plan([planner.due(SNOOZE, due_at)])
    repository.change(reminder.id, {"acted": "snooze", "snoozed_to": due_at})
    return due_at


@contextmanager
def _by_reminder(uow: UnitOfWork) -> Iterator[None]:
    """Mark what is said as brought about by a reminder: nothing is learned from it."""
    before = uow.origin
    uow.origin = replace(before, source=BY_REMINDER)
    try:
        yield
    finally:
        uow.origin = before


def _nudge(user_id: UUID, habit_id: UUID, habits: Habits, uow: UnitOfWork) -> Row[Any]:
    """Find a habit's nudge; a habit that never had one gets it switched off."""
    repository = ReminderRepository(uow.connection)
    if not repository.nudges(own_habit(user_id, habit_id, habits, uow).habit_id):
        row = {"habit_id": habit_id, "user_id": user_id, "enabled": False, **new_nudge(USUAL_NUDGE)}
        repository.keep_nudge(row)
    return repository.nudges(habit_id)[habit_id]


def _change_nudge(nudge: Row[Any], values: Mapping[str, Any], habits: Habits, uow: UnitOfWork) -> None:
    ReminderRepository(uow.connection).change_nudge(nudge.habit_id, values)
    replan_habit(nudge.habit_id, habits, uow)
