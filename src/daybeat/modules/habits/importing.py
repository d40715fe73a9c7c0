"""Bringing in a history: many days of one habit at once. The same history twice changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.habits.commands import ImportDays
from daybeat.modules.habits.domain.check_in import CheckIn
from daybeat.modules.habits.errors import BeforeStart, InFuture
from daybeat.modules.habits.open_habit import OpenHabit, recorded
from daybeat.modules.habits.progress import told, told_day


@dataclass(slots=True)
class ImportOutcome:
    """How many days were new, said something else before, or said the same; and which were refused, with the reason."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: dict[date, str] = field(default_factory=dict)


def import_days(command: ImportDays, *, uow: UnitOfWork) -> ImportOutcome:
    """Set each day that is not already so. A dry run only counts."""
    habit = OpenHabit.of(command.user_id, command.habit_id, command.calendar, uow)
    outcome, replaced, new = _compare(command, habit)
    if not command.dry_run and new:
        habit.repository.remove_check_ins(replaced)
        habit.repository.add_check_ins(new)
        _tell(habit, new, uow)
    return outcome


def _compare(command: ImportDays, habit: OpenHabit) -> tuple[ImportOutcome, list[UUID], list[CheckIn]]:
    outcome, replaced, new = ImportOutcome(), [], []
    before = _by_day(habit, min(command.days), max(command.days)) if command.days else {}
    for day, (state, amount, note) in sorted(command.days.items()):
        said = {"state": state.value, "amount": amount, "note": note}
        known = before.get(day, [])
        if (reason := _refusal(habit, day)) is not None:
            outcome.refused[day] = reason
        elif len(known) == 1 and all(getattr(known[0], name) == value for name, value in said.items()):
            outcome.unchanged += 1
        else:
            outcome.changed += bool(known)
            outcome.added += not known
            replaced += [each.id for each in known]
            new.append(habit.new_check_in(day, said))
    return outcome, replaced, new


def _by_day(habit: OpenHabit, first: date, last: date) -> Mapping[date, list[Row[Any]]]:
    days: dict[date, list[Row[Any]]] = {}
    for check_in in habit.repository.check_ins_between(habit.row.id, first, last):
        days.setdefault(check_in.day, []).append(check_in)
    return days


def _refusal(habit: OpenHabit, day: date) -> str | None:
    try:
        habit.check_day(day)
    except (BeforeStart, InFuture) as refusal:
        return refusal.detail
    return None


def _tell(habit: OpenHabit, new: list[CheckIn], uow: UnitOfWork) -> None:
    """Record a fact a day; the figures are worked out once and stand in the last one."""
    habit.drop_tally_over(new[0].day)
    standing = habit.standing()
    standing.keep_up()
    stats = told(standing.stats())
    for check_in in new:
        day = told_day(standing.face(check_in.day))
        uow.record(recorded(habit.row, check_in, day, stats if check_in is new[-1] else None))
