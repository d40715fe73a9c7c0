"""How goals stood when some days ended, and what was added on them: what reports ask of goals."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.modules.goals.domain import forecast
from daybeat.modules.goals.domain.forecast import Verdict
from daybeat.modules.goals.domain.progress import Added, by_day, total
from daybeat.modules.goals.repository import GoalRepository


class GoalOver(NamedTuple):
    """A goal at the end of some days. `added` is what these days brought; `verdict` is as of their end."""

    goal_id: UUID
    name: str
    progress: float
    target: float
    unit: str | None
    added: float
    verdict: Verdict | None


def goals_over(connection: Connection, user_id: UUID, first: date, last: date) -> list[GoalOver]:
    """Show the goals that were there between two days, the newest first."""
    repository = GoalRepository(connection)
    rows = [row for row in repository.all_of(user_id) if row.start <= last and (row.ended_on or last) >= first]
    added = repository.added(*(row.id for row in rows))
    return [_goal(row, by_day(added[row.id].values()), first, last) for row in rows]


def _goal(row: Row[Any], added: Added, first: date, last: date) -> GoalOver:
    until = {day: amount for day, amount in added.items() if day <= last}
    progress = total(until.values())
    return GoalOver(
        goal_id=row.id,
        name=row.name,
        progress=progress,
        target=row.target,
        unit=row.unit,
        added=total(amount for day, amount in until.items() if day >= first),
        verdict=_verdict(row, until, total((row.target, -progress)), last),
    )


def _verdict(row: Row[Any], added: Added, remaining: float, day: date) -> Verdict | None:
    """Say what was to be said of a goal on a day; of one that its owner had ended, only whether it was reached."""
    if remaining <= 0:
        return "reached"
    if row.ended in {"completed", "archived"} and row.ended_on <= day:
        return None
    weeks = forecast.recent_weeks(added, row.start, day)
    futures = None if weeks is None else forecast.foresee(weeks, remaining, str(row.id))
    return forecast.verdict(futures, row.deadline, day, early=forecast.is_early(added, row.start, day))
