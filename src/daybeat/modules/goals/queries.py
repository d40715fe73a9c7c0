"""Looking at goals."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.modules.goals.domain import forecast, progress
from daybeat.modules.goals.domain.forecast import Futures, Weeks
from daybeat.modules.goals.domain.progress import Added, by_day, total
from daybeat.modules.goals.domain.states import State, state_of
from daybeat.modules.goals.repository import HAND, RULE, Amounts, EntryRepository, GoalRepository, Source
from daybeat.modules.goals.schemas import (
    EntryOut,
    FanPoint,
    Forecast,
    Goal,
    GoalDay,
    GoalHistory,
    LinkOut,
    Milestone,
)

MOST_WEEKS_AHEAD = 52


def goal(connection: Connection, user_id: UUID, goal_id: UUID, today: date) -> Goal:
    """Show one goal of the user's."""
    repository = GoalRepository(connection)
    (shown,) = _shown(repository, [repository.get(user_id, goal_id)], today)
    return shown


def goal_list(connection: Connection, user_id: UUID, today: date, states: Iterable[State]) -> list[Goal]:
    """Show the user's goals that are in one of these states, the newest first."""
    repository = GoalRepository(connection)
    return [each for each in _shown(repository, repository.all_of(user_id), today) if each.state in states]


def history(connection: Connection, user_id: UUID, goal_id: UUID, today: date) -> GoalHistory:
    """Show the way a goal has come and where it may go; a goal that is over goes nowhere."""
    repository = GoalRepository(connection)
    row = repository.get(user_id, goal_id)
    added = by_day(repository.added(goal_id)[goal_id].values())
    days = [GoalDay(date=day, added=added[day], total=so_far) for day, so_far in progress.running(added)]
    return GoalHistory(goal_id=goal_id, days=days, fan=_fan(row, added, today))


def entries(connection: Connection, user_id: UUID, goal_id: UUID, most: int) -> Sequence[Row[Any]]:
    """List what was added to a goal by hand or by rules, the newest first."""
    GoalRepository(connection).get(user_id, goal_id)
    return EntryRepository(connection).list_of(goal_id, most)


def entry(connection: Connection, user_id: UUID, goal_id: UUID, entry_id: UUID) -> EntryOut:
    return entry_of(EntryRepository(connection).get(user_id, goal_id, entry_id))


def entry_of(row: Row[Any]) -> EntryOut:
    known = {name: getattr(row, name) for name in ("id", "goal_id", "amount", "note", "at", "source")}
    return EntryOut(date=row.day, **known)


def _shown(repository: GoalRepository, rows: Sequence[Row[Any]], today: date) -> list[Goal]:
    ids = [row.id for row in rows]
    added, links = repository.added(*ids), repository.links(*ids)
    return [_goal(row, added[row.id], links[row.id], today) for row in rows]


def _goal(row: Row[Any], sources: dict[Source, Amounts], links: Sequence[Row[Any]], today: date) -> Goal:
    added = by_day(sources.values())
    came_to = {source: total(amount for _, amount in amounts) for source, amounts in sources.items()}
    reached = total(added.values())
    remaining = max(0.0, total((row.target, -reached)))
    state = state_of(row.ended, reached, row.target)
    same = {name: getattr(row, name) for name in ("id", "name", "target", "unit", "start", "deadline", "created_at")}
    return Goal(
        **same,
        state=state,
        reached_on=progress.reached_on(added, row.target),
        ended_on=row.ended_on,
        progress=reached,
        remaining=remaining,
        pace=progress.pace(added, row.start, row.ended_on or today),
        needed_pace=_needed(row, remaining, today),
        forecast=_forecast(row, added, remaining, today) if state == "active" else _over(remaining),
        habits=[_link(link, came_to) for link in links],
        by_hand=came_to.get(HAND, 0.0),
        by_rules=came_to.get(RULE, 0.0),
        milestones=[
            Milestone(at=each["at"], name=each["name"], reached_on=progress.reached_on(added, each["at"]))
            for each in row.milestones
        ],
    )


def _link(link: Row[Any], came_to: dict[Source, float]) -> LinkOut:
    contributed = came_to.get(link.habit_id, 0.0)
    return LinkOut(habit_id=link.habit_id, weight=link.weight, counts=link.counts, contributed=contributed)


def _needed(row: Row[Any], remaining: float, today: date) -> float | None:
    if row.deadline is None or row.deadline < today:
        return None
    days: int = (row.deadline - today).days + 1
    return remaining / days


def _over(remaining: float) -> Forecast:
    return Forecast(verdict=None if remaining else "reached")


def _forecast(row: Row[Any], added: Added, remaining: float, today: date) -> Forecast:
    if not remaining:
        return Forecast(verdict="reached")
    weeks = forecast.recent_weeks(added, row.start, today)
    futures = None if weeks is None else forecast.foresee(weeks, remaining, str(row.id))
    early = forecast.is_early(added, row.start, today)
    said = Forecast(verdict=forecast.verdict(futures, row.deadline, today, early=early))
    return said if futures is None else said.model_copy(update=_days(futures, row.deadline))


def _days(futures: Futures, deadline: date | None) -> dict[str, Any]:
    return {
        "earliest": futures.after(forecast.EARLY),
        "likely": futures.after(forecast.MIDDLE),
        "latest": futures.after(forecast.LATE),
        "chance": None if deadline is None else round(futures.chance(deadline), 2),
    }


def _fan(row: Row[Any], added: Added, today: date) -> list[FanPoint]:
    reached = total(added.values())
    weeks = forecast.recent_weeks(added, row.start, today)
    if weeks is None or state_of(row.ended, reached, row.target) != "active" or reached >= row.target:
        return []
    number = _weeks_ahead(row, weeks, row.target - reached)
    return [
        FanPoint(date=end, low=low, middle=middle, high=high)
        for end, (low, middle, high) in forecast.fan(weeks, reached, str(row.id), number)
    ]


def _weeks_ahead(row: Row[Any], weeks: Weeks, remaining: float) -> int:
    """Look as far as the goal is likely to be reached even if it goes slowly, and as far as the deadline."""
    latest = forecast.foresee(weeks, remaining, str(row.id)).after(forecast.LATE)
    ends = [day for day in (latest, row.deadline) if day is not None]
    if latest is None or not ends:
        return MOST_WEEKS_AHEAD
    return max(1, min(MOST_WEEKS_AHEAD, -(-((max(ends) - weeks.following).days + 1) // forecast.WEEK)))
