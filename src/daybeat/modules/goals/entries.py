"""What is added to a goal, and taken back."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from daybeat.contracts.goals import GoalEntryAdded, GoalEntryRemoved
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.goals.commands import AddEntry
from daybeat.modules.goals.errors import EntryBeforeStart, EntryIdTaken, EntryInFuture, GoalHasEnded
from daybeat.modules.goals.repository import EntryRepository, GoalRepository
from daybeat.modules.goals.telling import tell


def add_entry(command: AddEntry, *, uow: UnitOfWork) -> UUID:
    """Add an amount and tell what became of the goal. A known id is the same entry again."""
    entry_id = put_entry(command, uow=uow)
    tell(command.user_id, command.goal_id, uow)
    return entry_id


def put_entry(command: AddEntry, *, uow: UnitOfWork) -> UUID:
    """Add an amount, and leave it to the caller to tell: telling looks at the whole of the goal."""
    repository = EntryRepository(uow.connection)
    goal = GoalRepository(uow.connection).get(command.user_id, command.goal_id)
    known = None if command.entry_id is None else repository.find(command.entry_id)
    if known is not None:
        return _again(command, known)
    at, entry_id = command.at or uow.now, command.entry_id or new_id()
    day = command.day or command.calendar.habit_day(at)
    if goal.ended_on is not None:
        raise GoalHasEnded
    if command.day is not None and day > command.calendar.habit_day(uow.now):
        raise EntryInFuture
    if day < goal.start:
        raise EntryBeforeStart
    said = {"amount": command.amount, "note": command.note, "day": day, "at": at, "source": uow.origin.source}
    repository.add({**said, "id": entry_id, "goal_id": goal.id, "user_id": goal.user_id})
    uow.record(
        GoalEntryAdded(user_id=goal.user_id, goal_id=goal.id, entry_id=entry_id, date=day, amount=command.amount)
    )
    return entry_id


def remove_entry(user_id: UUID, goal_id: UUID, entry_id: UUID, *, uow: UnitOfWork) -> None:
    """Take an entry back."""
    repository = EntryRepository(uow.connection)
    repository.get(user_id, goal_id, entry_id)
    repository.delete(entry_id)
    uow.record(GoalEntryRemoved(user_id=user_id, goal_id=goal_id, entry_id=entry_id))
    tell(user_id, goal_id, uow)


def _again(command: AddEntry, known: Row[Any]) -> UUID:
    if (known.user_id, known.goal_id, known.amount) != (command.user_id, command.goal_id, command.amount):
        raise EntryIdTaken
    entry_id: UUID = known.id
    return entry_id
