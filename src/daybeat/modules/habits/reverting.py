"""Changing a habit so that it can be put back exactly, as long as nobody changed it meanwhile.

What a change leaves behind for that is a plain dict that JSON can hold; nobody but this file needs to understand it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from daybeat.contracts.habits import HabitChanged
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.errors import DomainError, Kind
from daybeat.modules.habits.commands import ChangeHabit, PauseHabit
from daybeat.modules.habits.domain.history import DAY
from daybeat.modules.habits.handlers import change_habit, end_pause, pause_habit
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.habits.storage import stored_pause

COLUMNS = ("rules", "reminders")
Kept = Mapping[str, Any]


class ChangedMeanwhile(DomainError):
    """The habit was changed since, so it is left as it is. You can change it in its settings."""

    kind = Kind.CONFLICT


def change_reversibly(command: ChangeHabit, *, uow: UnitOfWork) -> Kept:
    """Change schedule, target or reminders; gives what it takes to put them back."""
    before = _columns(HabitRepository(uow.connection).get(command.user_id, command.habit_id))
    change_habit(command, uow=uow)
    after = _columns(HabitRepository(uow.connection).get(command.user_id, command.habit_id))
    changed = [name for name in COLUMNS if before[name] != after[name]]
    return {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}


def pause_reversibly(command: PauseHabit, *, uow: UnitOfWork) -> Kept:
    """Pause a habit; gives what it takes to end the pause again."""
    return {"pause": stored_pause(pause_habit(command, uow=uow), command.first, command.last)}


def is_as_left(row: Row[Any], kept: Kept, today: date) -> bool:
    """Tell whether a habit is still as the change left it, and the change still means something."""
    if row.archived_on is not None:
        return False
    if "pause" in kept:
        return kept["pause"] in row.pauses and kept["pause"]["to"] >= today.isoformat()
    return all(getattr(row, name) == value for name, value in kept["after"].items())


def put_back(user_id: UUID, habit_id: UUID, kept: Kept, today: date, *, uow: UnitOfWork) -> None:
    """Take a change back. What was lived under it stays as it was lived: only today and later are as before."""
    row = HabitRepository(uow.connection).get(user_id, habit_id)
    if not is_as_left(row, kept, today):
        raise ChangedMeanwhile
    if "pause" in kept:
        _end(row, kept["pause"], today, uow)
    else:
        _restore(row, kept["before"], today, uow)


def _end(row: Row[Any], pause: Mapping[str, str], today: date, uow: UnitOfWork) -> None:
    end_pause(row.user_id, row.id, UUID(pause["id"]), uow=uow)
    first = date.fromisoformat(pause["from"])
    if first < today:
        pause_habit(PauseHabit(user_id=row.user_id, habit_id=row.id, first=first, last=today - DAY), uow=uow)


def _restore(row: Row[Any], before: Mapping[str, Any], today: date, uow: UnitOfWork) -> None:
    wanted = dict(before)
    if "rules" in wanted and row.rules[-1]["since"] < today.isoformat():
        wanted["rules"] = [*row.rules, {**wanted["rules"][-1], "since": today.isoformat()}]
    if wanted:
        HabitRepository(uow.connection).change(row.id, wanted)
        uow.record(HabitChanged(user_id=row.user_id, habit_id=row.id, fields=tuple(sorted(wanted))))


def _columns(row: Row[Any]) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}
