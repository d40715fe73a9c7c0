"""The HTTP door of notifications: where you are told, whether it works, and what you were told."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import CurrentReader, CurrentUser
from daybeat.infra.web.paging import Cursor, Limit, page, reach
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.notifications import handlers, queries
from daybeat.modules.notifications.door import Door
from daybeat.modules.notifications.handlers import AddChannel
from daybeat.modules.notifications.schemas import (
    ChannelChange,
    ChannelIn,
    ChannelList,
    ChannelMade,
    ChannelOut,
    Delivery,
    DeliveryList,
    DeliveryState,
    TestIn,
)

router = APIRouter(
    prefix="/notifications", tags=["notifications"], route_class=StrictRoute, responses=documented(401, 403, 422)
)

ChannelId = Annotated[UUID, Path()]


@router.get("/channels")
async def list_channels(user: CurrentReader, work: WorkNow, door: Door) -> ChannelList:
    """List where you are told, and what else there is."""
    items, bot = await work.read(lambda c: (queries.channel_list(c, user.user_id, door.channels), door.bot(c)))
    return ChannelList(items=items, available=queries.available(door.channels), push_key=door.push_key(), bot=bot)


@router.post("/channels", status_code=201, responses=documented(409))
async def add_channel(body: ChannelIn, user: CurrentUser, work: WorkNow, door: Door) -> ChannelMade:
    """Add a place to be told at."""
    address = await asyncio.to_thread(handlers.checked, body.kind, body.address, door.channels)
    command = AddChannel(user_id=user.user_id, **{**body.model_dump(), "address": address})

    def change(uow: UnitOfWork) -> ChannelMade:
        channel_id = handlers.add_channel(command, uow=uow)
        made = queries.channel(uow.connection, user.user_id, channel_id, door.channels)
        return ChannelMade(**made.model_dump(), secret=address.get("secret"))

    return await work.write(change)


@router.patch("/channels/{channel_id}", responses=documented(404))
async def change_channel(
    channel_id: ChannelId, body: ChannelChange, user: CurrentUser, work: WorkNow, door: Door
) -> ChannelOut:
    """Change a channel. Switching it on, or giving it another address, lets a blocked one be tried again."""
    values = body.values()
    if body.address is not None:
        known = await work.read(lambda c: queries.channel(c, user.user_id, channel_id, door.channels))
        values["address"] = await asyncio.to_thread(handlers.checked, known.kind, body.address, door.channels)

    def change(uow: UnitOfWork) -> ChannelOut:
        handlers.change_channel(user.user_id, channel_id, values, uow=uow)
        return queries.channel(uow.connection, user.user_id, channel_id, door.channels)

    return await work.write(change)


@router.delete("/channels/{channel_id}", status_code=204, responses=documented(404))
async def remove_channel(channel_id: ChannelId, user: CurrentUser, work: WorkNow) -> None:
    """Remove a channel, with what was told there."""
    await work.write(lambda uow: handlers.remove_channel(user.user_id, channel_id, uow=uow))


@router.post("/test", status_code=201, responses=documented(404, 409))
async def try_channel(body: TestIn, user: CurrentUser, work: WorkNow, door: Door) -> Delivery:
    """Send a message that only says that it came. How it went is in the delivery, a moment later."""

    def change(uow: UnitOfWork) -> Delivery:
        delivery_id = handlers.try_channel(user.user_id, body.channel, door.channels, uow=uow)
        return queries.delivery(uow.connection, user.user_id, delivery_id)

    return await work.write(change)


@router.get("/deliveries")
async def list_deliveries(
    user: CurrentReader,
    work: WorkNow,
    channel: Annotated[UUID | None, Query()] = None,
    state: Annotated[DeliveryState | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> DeliveryList:
    """List what you were told, and what not and why, the newest first."""
    most = reach(limit, cursor)
    look = partial(queries.deliveries, user_id=user.user_id, channel_id=channel, state=state, most=most)
    items, next_cursor = page(await work.read(look), limit, cursor)
    return DeliveryList(items=[Delivery.model_validate(row) for row in items], next_cursor=next_cursor)


@router.get("/deliveries/{delivery_id}", responses=documented(404))
async def show_delivery(delivery_id: Annotated[UUID, Path()], user: CurrentReader, work: WorkNow) -> Delivery:
    """Show how one delivery went."""
    return await work.read(lambda connection: queries.delivery(connection, user.user_id, delivery_id))
