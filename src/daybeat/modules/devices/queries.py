"""Reading devices: a user's own, those the broker does not know yet, and whose a user name is."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, select

from daybeat.modules.devices.models import devices

_OWN = (devices.c.user_id == bindparam("user")) & devices.c.removed_at.is_(None)
_COUNT = select(func.count()).select_from(devices).where(_OWN)
_OF_USER = select(devices).where(_OWN).order_by(devices.c.created_at, devices.c.id)
_BY_NAME = select(devices).where(devices.c.username == bindparam("username"), devices.c.removed_at.is_(None))
_BY_ID = select(devices).where(devices.c.id == bindparam("device"))
_NEWS = select(devices).where(devices.c.applied_at.is_(None)).order_by(devices.c.id).limit(bindparam("most"))
_ALL = select(devices).where(devices.c.id > bindparam("after")).order_by(devices.c.id).limit(bindparam("most"))


def count_of(connection: Connection, user_id: UUID) -> int:
    return int(connection.execute(_COUNT, {"user": user_id}).scalar_one())


def devices_of(connection: Connection, user_id: UUID) -> Sequence[Row[Any]]:
    """List a user's devices, the oldest first."""
    return connection.execute(_OF_USER, {"user": user_id}).all()


def device_named(connection: Connection, username: str) -> Row[Any] | None:
    """Find the device that signs in with a name, unless its rights were taken."""
    return connection.execute(_BY_NAME, {"username": username}).one_or_none()


def device(connection: Connection, device_id: UUID) -> Row[Any]:
    return connection.execute(_BY_ID, {"device": device_id}).one()


def is_applied(connection: Connection, device_id: UUID) -> bool:
    """Tell whether the broker knows a device; one that is gone is known to be gone."""
    row = connection.execute(_BY_ID, {"device": device_id}).one_or_none()
    return row is None or row.applied_at is not None


def not_applied(connection: Connection, most: int) -> Sequence[Row[Any]]:
    """List devices of which the broker does not know yet that they came or went."""
    return connection.execute(_NEWS, {"most": most}).all()


def all_devices(connection: Connection, after: UUID, most: int) -> Sequence[Row[Any]]:
    """List the devices of all users, a page at a time."""
    return connection.execute(_ALL, {"after": after, "most": most}).all()
