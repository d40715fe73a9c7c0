"""Beginning, changing, pausing and ending habits."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from daybeat.contracts.habits import (
    HabitArchived,
    HabitChanged,
    HabitCreated,
    HabitDeleted,
    HabitPaused,
    HabitRestored,
    HabitsReordered,
    PauseEnded,
)
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.errors import NotFound
from daybeat.kit.ids import new_id
from daybeat.modules.habits.commands import ChangeHabit, CreateHabit, PauseHabit
from daybeat.modules.habits.domain.history import DAY
from daybeat.modules.habits.errors import OrderIncomplete, StartAfterCheckIns, TooManyHabits
from daybeat.modules.habits.ports import CalendarOf
from daybeat.modules.habits.progress import STALE, Standing
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.habits.rules import changed_rules, first_rules
from daybeat.modules.habits.storage import stored_pause

MOST_HABITS = 500
BEHIND = STALE + 2 * DAY
RULE_FIELDS = frozenset({"schedule", "target", "direction"})


def create_habit(command: CreateHabit, *, uow: UnitOfWork) -> UUID:
    """Begin a habit at the end of the user's list."""
    repository = HabitRepository(uow.connection)
    if repository.count(command.user_id) >= MOST_HABITS:
        raise TooManyHabits
    habit_id = new_id()
    start = command.start or command.calendar.habit_day(uow.now)
    rules = first_rules(start, command.schedule, target=command.target, direction=command.direction)
    repository.add(
        {
            **command.details,
            "id": habit_id,
            "user_id": command.user_id,
            "name": command.name,
            "start": start,
            "rules": rules,
            "pauses": [],
            "position": repository.next_position(command.user_id),
            "archived_on": None,
            "created_at": uow.now,
        }
    )
    uow.record(HabitCreated(user_id=command.user_id, habit_id=habit_id, title=command.name))
    return habit_id


def change_habit(command: ChangeHabit, *, uow: UnitOfWork) -> None:
    """Change a habit. A new rule holds from today on; the days before keep the rule they were lived under."""
    repository = HabitRepository(uow.connection)
    row = repository.get(command.user_id, command.habit_id)
    today = command.calendar.habit_day(uow.now)
    wanted = dict(command.changes)
    archived = wanted.pop("archived", None)
    if wanted.get("start", row.start) != row.start:
        _move_start(repository, row, wanted)
    if RULE_FIELDS & wanted.keys():
        rule_wishes = {field: wanted.pop(field) for field in RULE_FIELDS & wanted.keys()}
        since = max(today, wanted.get("start", row.start))
        wanted["rules"] = changed_rules(wanted.get("rules", row.rules), since, rule_wishes)
    changes = {field: value for field, value in wanted.items() if getattr(row, field) != value}
    if changes:
        repository.change(row.id, changes)
        uow.record(HabitChanged(user_id=row.user_id, habit_id=row.id, fields=tuple(sorted(changes))))
    if archived is not None and archived != (row.archived_on is not None):
        _archive(command, uow) if archived else _restore(command, uow)


def delete_habit(user_id: UUID, habit_id: UUID, *, uow: UnitOfWork) -> None:
    """Erase a habit and its check-ins."""
    repository = HabitRepository(uow.connection)
    repository.get(user_id, habit_id)
    repository.delete(habit_id)
    uow.record(HabitDeleted(user_id=user_id, habit_id=habit_id))


def reorder_habits(user_id: UUID, habit_ids: Sequence[UUID], *, uow: UnitOfWork) -> None:
    """Put the habits that are not archived into the given order."""
    repository = HabitRepository(uow.connection)
    known = {row.id: row.position for row in repository.all_of(user_id)}
    if len(habit_ids) != len(known) or set(habit_ids) != known.keys():
        raise OrderIncomplete
    for position, habit_id in enumerate(habit_ids, 1):
        if known[habit_id] != position:
            repository.change(habit_id, {"position": position})
    uow.record(HabitsReordered(user_id=user_id, habit_ids=tuple(habit_ids)))


def pause_habit(command: PauseHabit, *, uow: UnitOfWork) -> UUID:
    """Ask for nothing for some days."""
    repository = HabitRepository(uow.connection)
    row = repository.get(command.user_id, command.habit_id)
    pause_id = new_id()
    _add_pause(repository, row, pause_id, command.first, command.last)
    uow.record(
        HabitPaused(user_id=row.user_id, habit_id=row.id, pause_id=pause_id, first=command.first, last=command.last)
    )
    return pause_id


def end_pause(user_id: UUID, habit_id: UUID, pause_id: UUID, *, uow: UnitOfWork) -> None:
    """Take a pause back, as if it had never been."""
    repository = HabitRepository(uow.connection)
    row = repository.get(user_id, habit_id)
    left = [pause for pause in row.pauses if pause["id"] != str(pause_id)]
    if len(left) == len(row.pauses):
        raise NotFound
    repository.change(habit_id, {"pauses": left})
    repository.forget_tally(habit_id)
    uow.record(PauseEnded(user_id=user_id, habit_id=habit_id, pause_id=pause_id))


def keep_tallies_up(uow: UnitOfWork, calendar_of: CalendarOf, *, limit: int) -> int:
    """Move kept tallies along for habits nobody touched, so that looking at them stays cheap."""
    repository = HabitRepository(uow.connection)
    rows = repository.lagging(uow.now.date() - BEHIND, limit)
    for row in rows:
        calendar = calendar_of(uow.connection, row.user_id)
        Standing(repository, row, calendar, calendar.habit_day(uow.now)).keep_up()
    return len(rows)


def _move_start(repository: HabitRepository, row: Any, wanted: dict[str, Any]) -> None:
    """Start earlier or later. The rule of that day reaches to it; nothing that was said may fall before the start."""
    start = wanted["start"]
    first_said = repository.first_check_in_day(row.id)
    if first_said is not None and start > first_said:
        raise StartAfterCheckIns
    since = start.isoformat()
    in_force = [rule for rule in row.rules if rule["since"] <= since] or row.rules[:1]
    later = row.rules[len(in_force) :]
    wanted["rules"] = [{**in_force[-1], "since": since, "anchor": since}, *later]
    repository.forget_tally(row.id)


def _archive(command: ChangeHabit, uow: UnitOfWork) -> None:
    today = command.calendar.habit_day(uow.now)
    HabitRepository(uow.connection).change(command.habit_id, {"archived_on": today})
    uow.record(HabitArchived(user_id=command.user_id, habit_id=command.habit_id, on=today))


def _restore(command: ChangeHabit, uow: UnitOfWork) -> None:
    """Take a habit up again; the days it was away count as paused."""
    repository = HabitRepository(uow.connection)
    row = repository.get(command.user_id, command.habit_id)
    today = command.calendar.habit_day(uow.now)
    repository.change(row.id, {"archived_on": None})
    if row.archived_on < today:
        _add_pause(repository, row, new_id(), row.archived_on, today - DAY)
    uow.record(HabitRestored(user_id=row.user_id, habit_id=row.id, on=today))


def _add_pause(repository: HabitRepository, row: Any, pause_id: UUID, first: date, last: date) -> None:
    pauses: list[Mapping[str, Any]] = [*row.pauses, stored_pause(pause_id, first, last)]
    repository.change(row.id, {"pauses": sorted(pauses, key=lambda pause: str(pause["from"]))})
    repository.forget_tally(row.id)
