"""Saying what became of a goal: that it came farther or fell back, passed a milestone, is reached or open again.

What was told last stands in the goal's row, so that the same is never told twice.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from daybeat.contracts.goals import GoalCompleted, GoalMilestoneReached, GoalProgressed, GoalReopened
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.goals.domain.progress import total
from daybeat.modules.goals.domain.states import state_of
from daybeat.modules.goals.repository import GoalRepository


def progress_of(repository: GoalRepository, goal_id: UUID) -> float:
    """Add up all that counts towards a goal."""
    sources = repository.added(goal_id)[goal_id]
    return total(amount for amounts in sources.values() for _, amount in amounts)


def tell(user_id: UUID, goal_id: UUID, uow: UnitOfWork) -> None:
    """Tell what is different since it was told last."""
    repository = GoalRepository(uow.connection)
    goal = repository.get(user_id, goal_id)
    news = _news(goal, progress_of(repository, goal_id))
    _tell_progress(goal, news["told_progress"], uow)
    _tell_milestones(goal, set(news["told_milestones"]) - set(goal.told_milestones), uow)
    _tell_end(goal, news, uow)
    if any(getattr(goal, name) != value for name, value in news.items()):
        repository.change(goal_id, news)


def take_for_told(user_id: UUID, goal_id: UUID, uow: UnitOfWork) -> None:
    """Keep silent about what a goal has come to already, as when it is set."""
    repository = GoalRepository(uow.connection)
    repository.change(goal_id, _news(repository.get(user_id, goal_id), progress_of(repository, goal_id)))


def _news(goal: Row[Any], progress: float) -> dict[str, Any]:
    passed = {each["at"] for each in goal.milestones if progress >= each["at"]}
    state = state_of(goal.ended, progress, goal.target)
    return {
        "told_progress": progress,
        "told_milestones": sorted({*goal.told_milestones, *passed}),
        "told_done": goal.told_done if state == "archived" else state == "completed",
    }


def _tell_progress(goal: Row[Any], progress: float, uow: UnitOfWork) -> None:
    if progress != goal.told_progress:
        uow.record(GoalProgressed(user_id=goal.user_id, goal_id=goal.id, progress=progress, target=goal.target))


def _tell_milestones(goal: Row[Any], passed: set[float], uow: UnitOfWork) -> None:
    for at in sorted(passed):
        fact = GoalMilestoneReached(user_id=goal.user_id, goal_id=goal.id, title=goal.name, at=at, unit=goal.unit)
        uow.record(fact)


def _tell_end(goal: Row[Any], news: dict[str, Any], uow: UnitOfWork) -> None:
    if news["told_done"] and not goal.told_done:
        said = {"title": goal.name, "progress": news["told_progress"], "target": goal.target, "unit": goal.unit}
        uow.record(GoalCompleted(user_id=goal.user_id, goal_id=goal.id, **said))
    elif goal.told_done and not news["told_done"]:
        uow.record(GoalReopened(user_id=goal.user_id, goal_id=goal.id))
