"""Setting, changing and ending goals."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from daybeat.contracts.goals import GoalArchived, GoalChanged, GoalCreated, GoalDeleted, GoalReopened
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.goals.commands import ChangeGoal, CreateGoal, Link
from daybeat.modules.goals.domain.states import state_of
from daybeat.modules.goals.errors import DeadlineBeforeStart, NothingToCount, StartAfterEnd, StartInFuture, TooManyGoals
from daybeat.modules.goals.ports import Habits
from daybeat.modules.goals.repository import GoalRepository
from daybeat.modules.goals.telling import progress_of, take_for_told, tell

MOST_GOALS = 200
MEASURES = {"target", "start"}
"""What says when a goal is reached; with another one, being reopened means nothing any more."""


def create_goal(command: CreateGoal, habits: Habits, *, uow: UnitOfWork) -> UUID:
    """Set a goal. What was done since its start counts, also before today; nothing is told of that."""
    repository = GoalRepository(uow.connection)
    if repository.count(command.user_id) >= MOST_GOALS:
        raise TooManyGoals
    today = command.calendar.habit_day(uow.now)
    start, goal_id = command.start or today, new_id()
    _check_days(start, command.deadline, today)
    said = {name: getattr(command, name) for name in ("user_id", "name", "target", "unit", "deadline")}
    ended = {"ended": None, "ended_on": None}
    untold: Mapping[str, Any] = {"told_progress": 0.0, "told_done": False, "told_milestones": []}
    milestones = list(command.milestones)
    repository.add(
        {**said, **ended, **untold, "id": goal_id, "start": start, "milestones": milestones, "created_at": uow.now}
    )
    repository.link(goal_id, _rows(command.habits, command.user_id, habits, uow))
    uow.record(GoalCreated(user_id=command.user_id, goal_id=goal_id, title=command.name))
    take_for_told(command.user_id, goal_id, uow)
    return goal_id


def change_goal(command: ChangeGoal, habits: Habits, *, uow: UnitOfWork) -> None:
    """Change what is named."""
    repository = GoalRepository(uow.connection)
    goal = repository.get(command.user_id, command.goal_id)
    changes = {name: value for name, value in command.changes.items() if getattr(goal, name) != value}
    start, deadline = (changes.get(name, getattr(goal, name)) for name in ("start", "deadline"))
    _check_days(start, deadline, command.calendar.habit_day(uow.now))
    if "start" in changes and goal.ended_on is not None and start > goal.ended_on:
        raise StartAfterEnd
    changed = set(changes) | _linked_anew(command, habits, uow)
    if not changed:
        return
    if MEASURES & changed and goal.ended == "reopened":
        changes["ended"] = None
    if changes:
        repository.change(goal.id, changes)
    uow.record(GoalChanged(user_id=goal.user_id, goal_id=goal.id, fields=tuple(sorted(changed))))
    tell(goal.user_id, goal.id, uow)


def complete_goal(user_id: UUID, goal_id: UUID, today: date, *, uow: UnitOfWork) -> None:
    """Call a goal done, reached or not. What comes later does not count."""
    _end(user_id, goal_id, "completed", today, uow)
    tell(user_id, goal_id, uow)


def archive_goal(user_id: UUID, goal_id: UUID, today: date, *, uow: UnitOfWork) -> None:
    """Put a goal away. What comes later does not count."""
    if _end(user_id, goal_id, "archived", today, uow):
        uow.record(GoalArchived(user_id=user_id, goal_id=goal_id, on=today))
    tell(user_id, goal_id, uow)


def reopen_goal(user_id: UUID, goal_id: UUID, *, uow: UnitOfWork) -> None:
    """Take a goal up again. What was done meanwhile counts."""
    repository = GoalRepository(uow.connection)
    goal = repository.get(user_id, goal_id)
    if state_of(goal.ended, progress_of(repository, goal_id), goal.target) == "active":
        return
    repository.change(goal_id, {"ended": None, "ended_on": None})
    if progress_of(repository, goal_id) >= goal.target:
        repository.change(goal_id, {"ended": "reopened"})
    if not goal.told_done:  # otherwise it is told below
        uow.record(GoalReopened(user_id=user_id, goal_id=goal_id))
    tell(user_id, goal_id, uow)


def delete_goal(user_id: UUID, goal_id: UUID, *, uow: UnitOfWork) -> None:
    """Erase a goal and what was added to it."""
    repository = GoalRepository(uow.connection)
    repository.get(user_id, goal_id)
    repository.delete(goal_id)
    uow.record(GoalDeleted(user_id=user_id, goal_id=goal_id))


def _end(user_id: UUID, goal_id: UUID, how: str, today: date, uow: UnitOfWork) -> bool:
    repository = GoalRepository(uow.connection)
    goal = repository.get(user_id, goal_id)
    if goal.ended == how:
        return False
    repository.change(goal_id, {"ended": how, "ended_on": goal.ended_on or today})
    return True


def _check_days(start: date, deadline: date | None, today: date) -> None:
    if start > today:
        raise StartInFuture
    if deadline is not None and deadline < start:
        raise DeadlineBeforeStart


def _linked_anew(command: ChangeGoal, habits: Habits, uow: UnitOfWork) -> set[str]:
    """Let other habits count, if they are others."""
    if command.habits is None:
        return set()
    repository = GoalRepository(uow.connection)
    before = [(row.habit_id, row.weight, row.counts) for row in repository.links(command.goal_id)[command.goal_id]]
    rows = _rows(command.habits, command.user_id, habits, uow)
    if sorted(before) == sorted((row["habit_id"], row["weight"], row["counts"]) for row in rows):
        return set()
    repository.link(command.goal_id, rows)
    return {"habits"}


def _rows(links: Sequence[Link], user_id: UUID, habits: Habits, uow: UnitOfWork) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for link in links:
        habit = habits.countable(uow.connection, user_id, link.habit_id)
        if habit.avoids:
            raise NothingToCount
        usual = "amounts" if habit.measured else "check_ins"
        rows.append({"habit_id": link.habit_id, "weight": link.weight, "counts": link.counts or usual})
    return rows
