"""Planning: when a habit is due next, and until when that may be told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import DAY, UserCalendar
from daybeat.modules.reminders.domain.reminder_times import Peace, next_slot, read_times, time_of
from daybeat.modules.reminders.domain.wall_clock import instant_of
from daybeat.modules.reminders.habit_reminders.ports import Habits, Reminded
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.wishes import peace_of

TIME, NUDGE, FOLLOW_UP, SNOOZE = "time", "nudge", "follow_up", "snooze"
CLOSE, PLAN = "close", "plan"
"""Two things that are due and never told: the end of a nudged habit's day, and a habit nobody has planned yet."""
NUDGED = frozenset({NUDGE, FOLLOW_UP})
TOLD_FOR = timedelta(hours=2)
SECOND = timedelta(seconds=1)

Planned = Mapping[str, Any]
"""A row of reminder_dues."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans for one habit under what its user wants."""

    habit: Reminded
    settings: Mapping[str, Any]

    @property
    def is_quiet(self) -> bool:
        """Tell whether nothing is to be planned at all."""
        return self.habit.archived or self.habit.avoids or not self.settings["enabled"]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.habit.calendar.zone)

    def peace(self, why: str) -> Peace:
        return peace_of(self.settings, self.habit.calendar.zone, nudged=why in NUDGED)

    def time_after(self, after: datetime) -> Planned | None:
        """Plan the next of the habit's times; None when it has none."""
        if self.is_quiet:
            return None
        slot = _slot_after(self.habit.times, self.zone, after)
        return None if slot is None else self.due(TIME, slot)

    def has_slot(self, instant: datetime) -> bool:
        """Tell whether an instant is one of the habit's times."""
        return _slot_after(self.habit.times, self.zone, instant - SECOND) == instant

    def nudge_of(self, day: date, minute: int) -> Planned:
        """Plan the nudge of a habit day."""
        return self.due(NUDGE, instant_of(day, time_of(minute), self.zone))

    def close_of(self, instant: datetime) -> Planned:
        """Plan the end of the habit day an instant belongs to."""
        end = day_end(self.habit.calendar, instant)
        return self._row(CLOSE, end, end)

    def due(self, why: str, slot: datetime) -> Planned:
        """Plan one slot. What quiet hours forbid is over as soon as it comes."""
        peace = self.peace(why)
        if peace.holds(slot):
            return self._row(why, slot, slot)
        following = _slot_after(self.habit.times, self.zone, slot)
        ends = (slot + TOLD_FOR, day_end(self.habit.calendar, slot), peace.begins_after(slot), following)
        return self._row(why, slot, min(end for end in ends if end is not None))

    def _row(self, why: str, slot: datetime, tell_before: datetime) -> Planned:
        return {
            "due_at": slot,
            "habit_id": self.habit.habit_id,
            "why": why,
            "user_id": self.habit.user_id,
            "tell_before": tell_before,
        }


@lru_cache(maxsize=4096)
def day_end(calendar: UserCalendar, instant: datetime) -> datetime:
    """Give the instant at which the habit day of another one ends."""
    day = calendar.habit_day(instant)
    return instant_of(day + DAY, time(calendar.rollover_hour), ZoneInfo(calendar.zone))


def replan_user(user_id: UUID, habits: Habits, uow: UnitOfWork, since: datetime | None = None) -> None:
    """Plan all habits of a user anew, from an instant on (None: from now)."""
    settings = ReminderRepository(uow.connection).settings(user_id)[user_id]
    _replan([Planner(habit, settings) for habit in habits.reminded_of(uow.connection, user_id)], uow, since)


def replan_habit(habit_id: UUID, habits: Habits, uow: UnitOfWork, since: datetime | None = None) -> None:
    """Plan one habit anew, from an instant on (None: from now). What has come already is left to those who tell."""
    habit = habits.reminded(uow.connection, habit_id)
    if habit is not None:
        settings = ReminderRepository(uow.connection).settings(habit.user_id)[habit.user_id]
        _replan([Planner(habit, settings)], uow, since)


def _replan(planners: Sequence[Planner], uow: UnitOfWork, since: datetime | None) -> None:
    repository = ReminderRepository(uow.connection)
    since = min(since or uow.now, uow.now)
    nudges = repository.nudges(*(planner.habit.habit_id for planner in planners))
    for planner in planners:
        repository.forget_coming(planner.habit.habit_id, uow.now, *_replanned(planner))
        repository.plan(list(_plans(planner, nudges.get(planner.habit.habit_id), since)))


def _replanned(planner: Planner) -> Iterable[str]:
    """Name what is planned anew; what was promised besides goes with a habit that is to be quiet."""
    return (TIME, NUDGE, CLOSE, FOLLOW_UP, SNOOZE) if planner.is_quiet else (TIME, NUDGE, CLOSE)


def _plans(planner: Planner, nudge: Any, since: datetime) -> Iterator[Planned]:
    """Plan the next time, the nudge of that day if it is still to come, and the end of that day for what learns."""
    following = planner.time_after(since)
    if following is not None:
        yield following
    if nudge is not None and nudge.enabled and not planner.is_quiet:
        today = planner.nudge_of(planner.habit.calendar.habit_day(since), nudge.at)
        if today["due_at"] > since and not nudge.doubted:
            yield today
        yield planner.close_of(since)


@lru_cache(maxsize=4096)
def _slot_after(times: tuple[str, ...], zone: ZoneInfo, after: datetime) -> datetime | None:
    """Find the next slot; crowds ask this of the same times at once."""
    return next_slot(read_times(times), zone, after)
