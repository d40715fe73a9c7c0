"""The HTTP door of moods."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.fields import FIRST_YEAR, LAST_YEAR, Day
from daybeat.infra.web.idempotency import RunOnce
from daybeat.infra.web.identity import CurrentReader, CurrentUser
from daybeat.infra.web.paging import Cursor, Limit, page, reach
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.moods import handlers, queries
from daybeat.modules.moods.commands import ChangeMood
from daybeat.modules.moods.door import Door
from daybeat.modules.moods.schemas import (
    Mood,
    MoodChange,
    MoodIn,
    MoodList,
    MoodSettings,
    MoodSettingsIn,
    MoodSummary,
    MoodYear,
    ReplyIn,
)
from daybeat.modules.moods.summary import summary

router = APIRouter(tags=["moods"], route_class=StrictRoute, responses=documented(401, 403, 422))

MoodId = Annotated[UUID, Path()]
From = Annotated[Day | None, Query(alias="from")]
To = Annotated[Day | None, Query(alias="to")]


@router.post("/moods", status_code=201, responses=documented(404, 409))
async def record_mood(
    body: MoodIn, response: Response, user: CurrentUser, work: WorkNow, once: RunOnce, door: Door
) -> Mood:
    """Say how you feel, 1 to 5 or in a word. It answers the open prompt, if there is one."""

    def change(uow: UnitOfWork) -> Mood:
        def record() -> Mood:
            return queries.mood(uow.connection, user.user_id, door.record(body, user.user_id, user.calendar, uow))

        return once.run(uow, user.user_id, Mood, record)

    mood = await work.write(change)
    response.headers["Location"] = f"/api/v1/moods/{mood.id}"
    return mood


@router.post("/mood-prompts/{prompt_id}/reply", status_code=201, responses=documented(404, 409))
async def answer_prompt(
    prompt_id: Annotated[UUID, Path()], body: ReplyIn, user: CurrentUser, work: WorkNow, once: RunOnce, door: Door
) -> Mood:
    """Answer a prompt. One answer wins; an answer that comes after the prompt has expired is kept."""
    said = MoodIn(**body.model_dump(), prompt_id=prompt_id)

    def change(uow: UnitOfWork) -> Mood:
        def record() -> Mood:
            return queries.mood(uow.connection, user.user_id, door.record(said, user.user_id, user.calendar, uow))

        return once.run(uow, user.user_id, Mood, record)

    return await work.write(change)


@router.get("/moods")
async def list_moods(
    user: CurrentReader,
    work: WorkNow,
    first: From = None,
    last: To = None,
    tag: Annotated[str | None, Query(max_length=30)] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> MoodList:
    """List moods, the newest first."""
    most = reach(limit, cursor)
    rows = await work.read(
        lambda connection: queries.mood_list(connection, user.user_id, first, last, tag=tag, most=most)
    )
    items, next_cursor = page(rows, limit, cursor)
    return MoodList(items=[queries.mood_of(row) for row in items], next_cursor=next_cursor)


@router.get("/moods/summary")
async def show_summary(
    user: CurrentReader, work: WorkNow, days: Annotated[int, Query(ge=1, le=366)] = 90
) -> MoodSummary:
    """Sum up the last days: level, trend, volatility, weekdays and hours."""
    today = user.calendar.habit_day(work.now)
    return await work.read(lambda connection: summary(connection, user.user_id, today, days))


@router.get("/moods/year")
async def show_mood_year(
    user: CurrentReader, work: WorkNow, year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None
) -> MoodYear:
    """Show a year, day by day."""
    wanted = year or user.calendar.habit_day(work.now).year
    return await work.read(lambda connection: queries.year_of_moods(connection, user.user_id, wanted))


@router.get("/moods/settings")
async def show_mood_settings(user: CurrentReader, work: WorkNow) -> MoodSettings:
    """Show your faces, and whether your moods may count on the wall."""
    return await work.read(lambda connection: queries.settings(connection, user.user_id))


@router.put("/moods/settings")
async def choose_mood_settings(body: MoodSettingsIn, user: CurrentUser, work: WorkNow) -> MoodSettings:
    """Choose your faces and labels, and whether your moods may count on the wall, without a name."""

    def change(uow: UnitOfWork) -> MoodSettings:
        handlers.change_settings(user.user_id, body.wanted(), uow=uow)
        return queries.settings(uow.connection, user.user_id)

    return await work.write(change)


@router.get("/moods/{mood_id}", responses=documented(404))
async def show_mood(mood_id: MoodId, user: CurrentReader, work: WorkNow) -> Mood:
    """Show one mood."""
    return await work.read(lambda connection: queries.mood(connection, user.user_id, mood_id))


@router.patch("/moods/{mood_id}", responses=documented(404))
async def change_mood(mood_id: MoodId, body: MoodChange, user: CurrentUser, work: WorkNow) -> Mood:
    """Correct a mood."""
    command = ChangeMood(user_id=user.user_id, calendar=user.calendar, mood_id=mood_id, changes=body.changes())

    def change(uow: UnitOfWork) -> Mood:
        handlers.change_mood(command, uow=uow)
        return queries.mood(uow.connection, user.user_id, mood_id)

    return await work.write(change)


@router.delete("/moods/{mood_id}", status_code=204, responses=documented(404))
async def delete_mood(mood_id: MoodId, user: CurrentUser, work: WorkNow) -> None:
    """Take a mood back."""
    await work.write(lambda uow: handlers.delete_mood(user.user_id, mood_id, uow=uow))
