"""The HTTP door of devices: what lets something that speaks MQTT in, and out again."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import CurrentReader, SignedInUser
from daybeat.infra.web.paging import Cursor, Limit, page
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import Work, WorkNow
from daybeat.modules.devices import handlers, queries
from daybeat.modules.devices.domain.credentials import password_of
from daybeat.modules.devices.door import DevicesDoor
from daybeat.modules.devices.errors import MqttOff
from daybeat.modules.devices.schemas import Device, DeviceIn, DeviceList, DeviceMade, MqttStatus

router = APIRouter(prefix="/mqtt", tags=["mqtt"], route_class=StrictRoute, responses=documented(401, 403))

LOOKS, LOOK_EVERY = 100, 0.02  # two seconds at most


async def _door(request: Request) -> DevicesDoor:
    door: DevicesDoor = request.app.state.devices
    return door


async def _status(request: Request, door: Annotated[DevicesDoor, Depends(_door)]) -> MqttStatus:
    return door.broker.status(request.url.hostname or "localhost")


Door = Annotated[DevicesDoor, Depends(_door)]
Status = Annotated[MqttStatus, Depends(_status)]


@router.get("")
async def show_status(_user: CurrentReader, status: Status) -> MqttStatus:
    """Say whether MQTT is on, where the broker is, and how to get one."""
    return status


@router.post("/devices", status_code=201, responses=documented(409, 422))
async def add_device(body: DeviceIn, user: SignedInUser, door: Door, status: Status, work: WorkNow) -> DeviceMade:
    """Give a device its own credentials. They are shown this once and work at once."""
    if status.url is None:
        raise MqttOff(status.how_to)

    def change(uow: UnitOfWork) -> Device:
        device_id = handlers.add_device(user.user_id, body.name, uow=uow)
        return Device.model_validate(queries.device(uow.connection, device_id))

    device = await work.write(change)
    await _until_known(work, device.id)
    password = password_of(door.secret, device.id)
    return DeviceMade(**device.model_dump(), url=status.url, password=password)


@router.get("/devices", responses=documented(422))
async def list_devices(user: CurrentReader, work: WorkNow, limit: Limit = 100, cursor: Cursor = None) -> DeviceList:
    """List the devices that may connect."""

    def look(connection: Connection) -> list[Device]:
        return [Device.model_validate(row) for row in queries.devices_of(connection, user.user_id)]

    items, next_cursor = page(await work.read(look), limit, cursor)
    return DeviceList(items=items, next_cursor=next_cursor)


@router.delete("/devices/{device_id}", status_code=204, responses=documented(404, 422))
async def remove_device(device_id: UUID, user: SignedInUser, work: WorkNow) -> None:
    """Throw a device out and take its rights."""
    await work.write(lambda uow: handlers.remove_device(user.user_id, device_id, uow=uow))
    await _until_known(work, device_id)


async def _until_known(work: Work, device_id: UUID) -> None:
    """Wait until the broker knows, so that the answer is true there as well; a broker that is away learns later."""
    for _ in range(LOOKS):
        if await work.read(partial(queries.is_applied, device_id=device_id)):
            return
        await asyncio.sleep(LOOK_EVERY)
