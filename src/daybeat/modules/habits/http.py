"""The HTTP door of habits themselves: begin, change, order, pause, end."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from daybeat.contracts.habits import HabitStats
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.fields import Day
from daybeat.infra.web.idempotency import RunOnce
from daybeat.infra.web.identity import CurrentReader, CurrentUser
from daybeat.infra.web.kept import KeptNow
from daybeat.infra.web.paging import Cursor, Limit, page
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.habits import handlers, queries
from daybeat.modules.habits.answers import Grid, Habit, HabitList, HistoryOut, Pause, Today
from daybeat.modules.habits.commands import ChangeHabit, CreateHabit, PauseHabit
from daybeat.modules.habits.requests import HabitChange, HabitIn, HabitOrder, PauseIn

router = APIRouter(tags=["habits"], route_class=StrictRoute, responses=documented(401, 403, 422))

HabitId = Annotated[UUID, Path()]
From = Annotated[Day | None, Query(alias="from")]
To = Annotated[Day | None, Query(alias="to")]
WHICH = {"false": False, "true": True, "all": None}


@router.post("/habits", status_code=201, responses=documented(409))
async def create_habit(body: HabitIn, response: Response, user: CurrentUser, work: WorkNow, once: RunOnce) -> Habit:
    """Begin a habit."""
    command = CreateHabit(
        user_id=user.user_id,
        calendar=user.calendar,
        name=body.name,
        schedule=body.schedule.model_dump(),
        start=body.start,
        target=body.target,
        direction=body.direction,
        details=body.details(),
    )
    today = user.calendar.habit_day(work.now)

    def change(uow: UnitOfWork) -> Habit:
        def begin() -> Habit:
            habit_id = handlers.create_habit(command, uow=uow)
            return queries.habit(uow.connection, user.user_id, habit_id, user.calendar, today)

        return once.run(uow, user.user_id, Habit, begin)

    habit = await work.write(change)
    response.headers["Location"] = f"/api/v1/habits/{habit.id}"
    return habit


@router.get("/habits")
async def list_habits(
    user: CurrentReader,
    work: WorkNow,
    archived: Literal["false", "true", "all"] = "false",
    limit: Limit = 500,
    cursor: Cursor = None,
) -> HabitList:
    """List habits in the user's order."""
    today = user.calendar.habit_day(work.now)
    habits = await work.read(
        lambda connection: queries.habit_list(connection, user.user_id, user.calendar, today, archived=WHICH[archived])
    )
    items, next_cursor = page(habits, limit, cursor)
    return HabitList(items=items, next_cursor=next_cursor)


@router.put("/habits/order", status_code=204)
async def order_habits(body: HabitOrder, user: CurrentUser, work: WorkNow) -> None:
    """Put the habits into another order."""
    await work.write(lambda uow: handlers.reorder_habits(user.user_id, body.ids, uow=uow))


@router.get("/habits/grid")
async def show_grid(user: CurrentReader, work: WorkNow, days: Annotated[int, Query(ge=1, le=92)] = 14) -> Grid:
    """Show the last days of every habit."""
    today = user.calendar.habit_day(work.now)
    return await work.read(lambda connection: queries.grid(connection, user.user_id, user.calendar, today, length=days))


@router.get("/habits/{habit_id}", responses=documented(404))
async def show_habit(habit_id: HabitId, user: CurrentReader, work: WorkNow) -> Habit:
    """Show one habit and how it is going."""
    today = user.calendar.habit_day(work.now)
    return await work.read(lambda connection: queries.habit(connection, user.user_id, habit_id, user.calendar, today))


@router.patch("/habits/{habit_id}", responses=documented(404, 409))
async def change_habit(habit_id: HabitId, body: HabitChange, user: CurrentUser, work: WorkNow) -> Habit:
    """Change a habit. A new schedule or target holds from today on."""
    command = ChangeHabit(user_id=user.user_id, calendar=user.calendar, habit_id=habit_id, changes=body.changes())
    today = user.calendar.habit_day(work.now)

    def change(uow: UnitOfWork) -> Habit:
        handlers.change_habit(command, uow=uow)
        return queries.habit(uow.connection, user.user_id, habit_id, user.calendar, today)

    return await work.write(change)


@router.delete("/habits/{habit_id}", status_code=204, responses=documented(404))
async def delete_habit(habit_id: HabitId, user: CurrentUser, work: WorkNow) -> None:
    """Erase a habit with all its check-ins."""
    await work.write(lambda uow: handlers.delete_habit(user.user_id, habit_id, uow=uow))


@router.get("/habits/{habit_id}/history", responses=documented(404))
async def show_history(
    habit_id: HabitId, user: CurrentReader, work: WorkNow, first: From = None, last: To = None
) -> HistoryOut:
    """Show every day of a habit with its strength, and the best runs."""
    today = user.calendar.habit_day(work.now)
    return await work.read(
        lambda connection: queries.whole_history(connection, user.user_id, habit_id, user.calendar, today, first, last)
    )


@router.get("/habits/{habit_id}/stats", responses=documented(404))
async def show_stats(habit_id: HabitId, user: CurrentReader, work: WorkNow) -> HabitStats:
    """Show how a habit is going."""
    today = user.calendar.habit_day(work.now)
    habit = await work.read(lambda connection: queries.habit(connection, user.user_id, habit_id, user.calendar, today))
    return habit.stats


@router.post("/habits/{habit_id}/pauses", status_code=201, responses=documented(404, 409))
async def pause_habit(habit_id: HabitId, body: PauseIn, user: CurrentUser, work: WorkNow, once: RunOnce) -> Pause:
    """Ask for nothing for some days, both included."""
    command = PauseHabit(user_id=user.user_id, habit_id=habit_id, first=body.first, last=body.last)

    def change(uow: UnitOfWork) -> Pause:
        def begin() -> Pause:
            return Pause(id=handlers.pause_habit(command, uow=uow), first=body.first, last=body.last)

        return once.run(uow, user.user_id, Pause, begin)

    return await work.write(change)


@router.delete("/habits/{habit_id}/pauses/{pause_id}", status_code=204, responses=documented(404))
async def end_pause(habit_id: HabitId, pause_id: UUID, user: CurrentUser, work: WorkNow) -> None:
    """Take a pause back, as if it had never been."""
    await work.write(lambda uow: handlers.end_pause(user.user_id, habit_id, pause_id, uow=uow))


@router.get("/today", response_model=Today)
async def show_today(
    user: CurrentReader, work: WorkNow, kept: KeptNow, day: Annotated[Day | None, Query(alias="date")] = None
) -> Today | Response:
    """Show what is due on the user's habit day, or on another day."""
    today = user.calendar.habit_day(work.now)

    async def look() -> Today:
        return await work.read(
            lambda connection: queries.today_page(connection, user.user_id, user.calendar, day or today, today)
        )

    return await kept.answer(user, today, look)
