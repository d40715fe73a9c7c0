"""The HTTP door of the Operations page. Only admins go through it."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from daybeat.bootstrap.core import Core, recurring_tasks
from daybeat.bootstrap.mqtt import doors
from daybeat.bootstrap.notifying import trying_again
from daybeat.bootstrap.operations import quarantined
from daybeat.bootstrap.operations.lookout import Lookout
from daybeat.bootstrap.operations.schemas import Operations, Retried, SetAsideItem, SetAsideList
from daybeat.bootstrap.readers import QUEUE_READERS, SUBSCRIBERS
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.retry import retry
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import AdminInPerson, AdminReading, AdminWriting
from daybeat.infra.web.paging import Cursor, Limit, page, reach
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow, request_origin

router = APIRouter(prefix="/operations", tags=["operations"], route_class=StrictRoute, responses=documented(401, 403))


async def _lookout(request: Request) -> Lookout:
    lookout: Lookout = request.app.state.lookout
    return lookout


LookoutNow = Annotated[Lookout, Depends(_lookout)]


@router.get("")
async def show_operations(_admin: AdminReading, lookout: LookoutNow) -> Operations:
    """Show who is running, what waits, and whether everything that was accepted has arrived."""
    return await lookout.look()


@router.get("/quarantine", responses=documented(422))
async def list_set_aside(_admin: AdminReading, work: WorkNow, limit: Limit = 50, cursor: Cursor = None) -> SetAsideList:
    """List what could not be handled, the newest first, without what is in it."""
    most = reach(limit, cursor)
    rows = await work.read(lambda connection: quarantined.newest_first(connection, most))
    items, next_cursor = page(rows, limit, cursor)
    return SetAsideList(items=[quarantined.in_short(row) for row in items], next_cursor=next_cursor)


@router.get("/quarantine/{item_id}", responses=documented(404, 422))
async def show_set_aside(item_id: UUID, _admin: AdminInPerson, work: WorkNow) -> SetAsideItem:
    """Show one of them with everything in it."""
    return await work.read(lambda connection: quarantined.in_full(connection, item_id))


@router.post("/quarantine/{item_id}/retry", responses=documented(404, 422))
async def retry_set_aside(item_id: UUID, _admin: AdminWriting, request: Request, lookout: LookoutNow) -> Retried:
    """Try to handle one now. What fails again stays, and the answer says why."""
    core: Core = request.app.state.core

    def again(item_id: UUID, uow: UnitOfWork) -> None:
        tasks = {each.name: each for each in recurring_tasks()}
        others = trying_again(core, request.app.state.ways)
        retry(item_id, SUBSCRIBERS, tasks, uow, QUEUE_READERS, doors(request.app.state.moods), others)

    work = partial(quarantined.try_again, item_id, again)
    try:
        return await core.store.write(work, request_origin(request))
    finally:
        lookout.forget()


@router.delete("/quarantine/{item_id}", status_code=204, responses=documented(404, 422))
async def drop_set_aside(item_id: UUID, admin: AdminWriting, request: Request, lookout: LookoutNow) -> None:
    """Forget one without handling it."""
    core: Core = request.app.state.core
    try:
        await core.store.write(partial(quarantined.drop, item_id, admin.user_id), request_origin(request))
    finally:
        lookout.forget()
