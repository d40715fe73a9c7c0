"""Check-ins: set a day, add one now, take back. Each answers with how the habit now stands."""

from collections.abc import Mapping
from typing import Any

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.habits.commands import CheckInNow, ClearDay, SetDay, TakeBack
from daybeat.modules.habits.domain.rules import CheckInState
from daybeat.modules.habits.errors import AmountNeeded, CheckInIdTaken, InFuture
from daybeat.modules.habits.open_habit import OpenHabit, Outcome
from daybeat.modules.habits.repository import HabitRepository


def set_day(command: SetDay, *, uow: UnitOfWork) -> Outcome:
    """Say what a day was. Saying the same again changes nothing and leaves no event."""
    habit = OpenHabit.of(command.user_id, command.habit_id, command.calendar, uow)
    habit.check_day(command.day)
    before = habit.repository.check_ins_on(habit.row.id, command.day)
    said = _said(command, habit, next((each.note for each in before if each.note), None))
    if len(before) == 1 and all(getattr(before[0], name) == value for name, value in said.items()):
        return habit.outcome(command.day, before[0], changed=False)
    habit.repository.remove_check_ins([each.id for each in before])
    return habit.record(command.day, said)


def check_in_now(command: CheckInNow, *, uow: UnitOfWork) -> Outcome:
    """Add a check-in to the habit day its instant belongs to. A known id is the same check-in again."""
    habit = OpenHabit.of(command.user_id, command.habit_id, command.calendar, uow)
    if command.check_in_id is not None and habit.repository.check_in_exists(command.check_in_id):
        return _again(command, habit)
    at = command.at or uow.now
    if at > uow.now:
        raise InFuture
    day = command.calendar.habit_day(at, command.zone)
    habit.check_day(day, newest=max(habit.today, day))
    amount = command.amount
    if amount is None and habit.is_numeric:
        amount = 1.0
    said = {"state": CheckInState.DONE.value, "amount": amount, "note": command.note or None}
    return habit.record(day, said, check_in_id=command.check_in_id, at=at, zone=command.zone)


def clear_day(command: ClearDay, *, uow: UnitOfWork) -> Outcome:
    """Take back everything that was said of a day; clearing an empty day changes nothing."""
    habit = OpenHabit.of(command.user_id, command.habit_id, command.calendar, uow)
    habit.check_day(command.day)
    before = habit.repository.check_ins_on(habit.row.id, command.day)
    if not before:
        return habit.outcome(command.day, None, changed=False)
    habit.repository.remove_check_ins([each.id for each in before])
    return habit.clear(command.day)


def take_back(command: TakeBack, *, uow: UnitOfWork) -> Outcome:
    """Undo exactly one check-in; others of that day stay."""
    check_in = HabitRepository(uow.connection).find_check_in(command.user_id, command.check_in_id)
    habit = OpenHabit.of(command.user_id, check_in.habit_id, command.calendar, uow)
    habit.repository.remove_check_ins([check_in.id])
    return habit.clear(check_in.day, check_in.id)


def _said(command: SetDay, habit: OpenHabit, note_before: str | None) -> Mapping[str, Any]:
    """Fill in what was left out: "done" without a number means the day's target, a silent note stays."""
    amount = command.amount if command.state is CheckInState.DONE else None
    if command.state is CheckInState.DONE and amount is None:
        rule = habit.rule_on(command.day)
        if rule.schedule.kind == "weekly_total":
            raise AmountNeeded
        amount = rule.target
    note = note_before if command.note is None else command.note
    return {"state": command.state.value, "amount": amount, "note": note or None}


def _again(command: CheckInNow, habit: OpenHabit) -> Outcome:
    known = habit.repository.find_own_check_in(habit.row.id, command.check_in_id)
    if known is None:
        raise CheckInIdTaken
    return habit.outcome(known.day, known, changed=False)
