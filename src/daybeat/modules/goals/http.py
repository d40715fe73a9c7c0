"""The HTTP door of goals."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Response

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.idempotency import RunOnce
from daybeat.infra.web.identity import CurrentReader, CurrentUser
from daybeat.infra.web.paging import Cursor, Limit, page, reach
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.goals import entries, handlers, queries
from daybeat.modules.goals.commands import AddEntry, ChangeGoal, CreateGoal
from daybeat.modules.goals.domain.states import State
from daybeat.modules.goals.door import Door
from daybeat.modules.goals.schemas import (
    EntryIn,
    EntryList,
    EntryOut,
    Goal,
    GoalChange,
    GoalHistory,
    GoalIn,
    GoalList,
)

router = APIRouter(prefix="/goals", tags=["goals"], route_class=StrictRoute, responses=documented(401, 403, 422))

GoalId = Annotated[UUID, Path()]
WHICH: dict[str, tuple[State, ...]] = {
    "open": ("active", "completed"),
    "active": ("active",),
    "completed": ("completed",),
    "archived": ("archived",),
    "all": ("active", "completed", "archived"),
}


@router.post("", status_code=201, responses=documented(404, 409))
async def create_goal(
    body: GoalIn, response: Response, user: CurrentUser, work: WorkNow, once: RunOnce, door: Door
) -> Goal:
    """Set a goal: a number, and the habits that count towards it."""
    today = user.calendar.habit_day(work.now)
    command = CreateGoal(
        user_id=user.user_id,
        calendar=user.calendar,
        name=body.name,
        target=body.target,
        unit=body.unit,
        start=body.start,
        deadline=body.deadline,
        milestones=[each.model_dump() for each in body.milestones],
        habits=[each.link() for each in body.habits],
    )

    def change(uow: UnitOfWork) -> Goal:
        def begin() -> Goal:
            goal_id = handlers.create_goal(command, door.habits, uow=uow)
            return queries.goal(uow.connection, user.user_id, goal_id, today)

        return once.run(uow, user.user_id, Goal, begin)

    goal = await work.write(change)
    response.headers["Location"] = f"/api/v1/goals/{goal.id}"
    return goal


@router.get("")
async def list_goals(
    user: CurrentReader,
    work: WorkNow,
    state: Literal["open", "active", "completed", "archived", "all"] = "open",
    limit: Limit = 200,
    cursor: Cursor = None,
) -> GoalList:
    """List goals, the newest first: those that are not archived, or those in one state."""
    today = user.calendar.habit_day(work.now)
    goals = await work.read(lambda connection: queries.goal_list(connection, user.user_id, today, WHICH[state]))
    items, next_cursor = page(goals, limit, cursor)
    return GoalList(items=items, next_cursor=next_cursor)


@router.get("/{goal_id}", responses=documented(404))
async def show_goal(goal_id: GoalId, user: CurrentReader, work: WorkNow) -> Goal:
    """Show one goal: how far it is, its pace, and when it will be reached."""
    today = user.calendar.habit_day(work.now)
    return await work.read(lambda connection: queries.goal(connection, user.user_id, goal_id, today))


@router.patch("/{goal_id}", responses=documented(404))
async def change_goal(goal_id: GoalId, body: GoalChange, user: CurrentUser, work: WorkNow, door: Door) -> Goal:
    """Change a goal. Its progress is added up anew."""
    today = user.calendar.habit_day(work.now)
    command = ChangeGoal(
        user_id=user.user_id,
        calendar=user.calendar,
        goal_id=goal_id,
        changes=body.changes(),
        habits=None if body.habits is None else [each.link() for each in body.habits],
    )

    def change(uow: UnitOfWork) -> Goal:
        handlers.change_goal(command, door.habits, uow=uow)
        return queries.goal(uow.connection, user.user_id, goal_id, today)

    return await work.write(change)


@router.delete("/{goal_id}", status_code=204, responses=documented(404))
async def delete_goal(goal_id: GoalId, user: CurrentUser, work: WorkNow) -> None:
    """Erase a goal, what was added to it and the rules that feed it. Its habits stay as they are."""
    await work.write(lambda uow: handlers.delete_goal(user.user_id, goal_id, uow=uow))


@router.post("/{goal_id}/complete", responses=documented(404))
async def complete_goal(goal_id: GoalId, user: CurrentUser, work: WorkNow) -> Goal:
    """Call a goal done, reached or not. What comes on later days does not count."""
    today = user.calendar.habit_day(work.now)

    def change(uow: UnitOfWork) -> Goal:
        handlers.complete_goal(user.user_id, goal_id, today, uow=uow)
        return queries.goal(uow.connection, user.user_id, goal_id, today)

    return await work.write(change)


@router.post("/{goal_id}/archive", responses=documented(404))
async def archive_goal(goal_id: GoalId, user: CurrentUser, work: WorkNow) -> Goal:
    """Put a goal away. What comes on later days does not count."""
    today = user.calendar.habit_day(work.now)

    def change(uow: UnitOfWork) -> Goal:
        handlers.archive_goal(user.user_id, goal_id, today, uow=uow)
        return queries.goal(uow.connection, user.user_id, goal_id, today)

    return await work.write(change)


@router.post("/{goal_id}/reopen", responses=documented(404))
async def reopen_goal(goal_id: GoalId, user: CurrentUser, work: WorkNow) -> Goal:
    """Take a goal up again, also one that is reached. What was done meanwhile counts."""
    today = user.calendar.habit_day(work.now)

    def change(uow: UnitOfWork) -> Goal:
        handlers.reopen_goal(user.user_id, goal_id, uow=uow)
        return queries.goal(uow.connection, user.user_id, goal_id, today)

    return await work.write(change)


@router.get("/{goal_id}/history", responses=documented(404))
async def show_goal_history(goal_id: GoalId, user: CurrentReader, work: WorkNow) -> GoalHistory:
    """Show the way a goal has come, day by day, and the ways it may go on."""
    today = user.calendar.habit_day(work.now)
    return await work.read(lambda connection: queries.history(connection, user.user_id, goal_id, today))


@router.get("/{goal_id}/entries", responses=documented(404))
async def list_entries(
    goal_id: GoalId, user: CurrentReader, work: WorkNow, limit: Limit = 100, cursor: Cursor = None
) -> EntryList:
    """List what was added by hand or by rules, the newest first."""
    most = reach(limit, cursor)
    rows = await work.read(lambda connection: queries.entries(connection, user.user_id, goal_id, most))
    items, next_cursor = page(rows, limit, cursor)
    return EntryList(items=[queries.entry_of(row) for row in items], next_cursor=next_cursor)


@router.post("/{goal_id}/entries", status_code=201, responses=documented(404, 409))
async def add_entry(goal_id: GoalId, body: EntryIn, user: CurrentUser, work: WorkNow, once: RunOnce) -> EntryOut:
    """Add an amount by hand, today or on a day since the goal's start."""
    command = AddEntry(
        user_id=user.user_id,
        calendar=user.calendar,
        goal_id=goal_id,
        amount=body.amount,
        day=body.date,
        note=body.note or None,
        entry_id=body.id,
    )

    def change(uow: UnitOfWork) -> EntryOut:
        def add() -> EntryOut:
            entry_id = entries.add_entry(command, uow=uow)
            return queries.entry(uow.connection, user.user_id, goal_id, entry_id)

        return once.run(uow, user.user_id, EntryOut, add)

    return await work.write(change)


@router.delete("/{goal_id}/entries/{entry_id}", status_code=204, responses=documented(404))
async def remove_entry(goal_id: GoalId, entry_id: Annotated[UUID, Path()], user: CurrentUser, work: WorkNow) -> None:
    """Take an entry back."""
    await work.write(lambda uow: entries.remove_entry(user.user_id, goal_id, entry_id, uow=uow))
