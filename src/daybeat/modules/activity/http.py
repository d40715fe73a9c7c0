"""The HTTP door to what was recorded: lists, counts, exports, and what was set aside. The way in is the collector."""

from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import StreamingResponse

from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.fields import Moment
from daybeat.infra.web.identity import AdminInPerson, EventReader, Principal
from daybeat.infra.web.paging import Cursor, Limit, number_after, write_number
from daybeat.infra.web.problems import documented
from daybeat.modules.activity import queries
from daybeat.modules.activity.door import DoorNow
from daybeat.modules.activity.exporting import MEDIA_TYPES, lines_of
from daybeat.modules.activity.queries import Wanted
from daybeat.modules.activity.refused import count_refused, refused_events, take_refused
from daybeat.modules.activity.schemas import (
    EventCount,
    EventCounts,
    EventList,
    EventOut,
    RefusedEvent,
    RefusedEvents,
    Stored,
)
from daybeat.modules.activity.trying_again import store_again

router = APIRouter(prefix="/events", tags=["events"], route_class=StrictRoute, responses=documented(401, 403, 422))

SHOWN = 2000  # characters of something that is no event
From = Annotated[Moment | None, Query(alias="from")]
To = Annotated[Moment | None, Query(alias="to")]


async def _wanted(
    user: EventReader,
    user_id: Annotated[int | None, Query(ge=-(2**63), le=2**63 - 1)] = None,
    event_type: Annotated[str | None, Query(max_length=50)] = None,
    first: From = None,
    last: To = None,
    account: Literal["me", "all"] = "all",
) -> Wanted:
    """Say which events are meant: one's own; admins see all accounts' unless they ask for their own."""
    return Wanted(account=_account(user, account), user_id=user_id, event_type=event_type, first=first, last=last)


WantedNow = Annotated[Wanted, Depends(_wanted)]


@router.get("")
async def list_events(wanted: WantedNow, door: DoorNow, limit: Limit = 100, cursor: Cursor = None) -> EventList:
    """List events, the newest first."""
    before = number_after(cursor)
    rows = await door.store.read(lambda c: queries.events_before(c, wanted, before, limit + 1))
    shown = rows[:limit]
    following = write_number(shown[-1].id) if len(rows) > limit else None
    return EventList(items=[EventOut.of(row) for row in shown], next_cursor=following)


@router.get("/counts")
async def count_events(
    user: EventReader, door: DoorNow, first: From = None, last: To = None, account: Literal["me", "all"] = "all"
) -> EventCounts:
    """Count events by type and hour."""
    whose = _account(user, account)
    rows = await door.store.read(lambda c: queries.counts_between(c, whose, first, last))
    return EventCounts(items=[EventCount(event_type=row.event_type, hour=row.hour, n=int(row.n)) for row in rows])


@router.get("/export", response_class=StreamingResponse)
async def export_events(
    wanted: WantedNow,
    door: DoorNow,
    format: Literal["csv", "ndjson"] = "ndjson",  # noqa: A002 - the name in the address
) -> StreamingResponse:
    """Give every event that is meant, the oldest first, as CSV or as a line of JSON each."""
    await door.store.read(queries.newest)  # a database that is away is said before the answer has begun
    name = f'attachment; filename="events.{format}"'
    return StreamingResponse(
        lines_of(door.store, wanted, format), media_type=MEDIA_TYPES[format], headers={"Content-Disposition": name}
    )


@router.get("/refused")
async def list_refused(_admin: AdminInPerson, door: DoorNow, limit: Limit = 50) -> RefusedEvents:
    """List what came over the queue and is no event."""
    rows = await door.store.read(partial(refused_events, limit=limit))
    items = [RefusedEvent(id=row.id, body=_readable(row.body), reason=row.reason, since=row.since) for row in rows]
    return RefusedEvents(items=items, total=await door.store.read(count_refused))


@router.post("/refused/{refused_id}/retry", responses=documented(404))
async def try_refused_again(refused_id: Annotated[UUID, Path()], _admin: AdminInPerson, door: DoorNow) -> Stored:
    """Look at it again: by now it may be an event."""
    await store_again(door.store, refused_id)
    return Stored()


@router.delete("/refused/{refused_id}", status_code=204, responses=documented(404))
async def drop_refused(refused_id: Annotated[UUID, Path()], _admin: AdminInPerson, door: DoorNow) -> None:
    """Forget it."""
    await door.store.write(partial(take_refused, refused_id=refused_id))


def _account(user: Principal, account: str) -> UUID | None:
    return None if user.is_admin and account == "all" else user.user_id


def _readable(body: bytes) -> str:
    text = body[:SHOWN].decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text + "…" if len(body) > SHOWN else text
