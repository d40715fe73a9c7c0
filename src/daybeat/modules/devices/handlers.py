"""Adding and removing devices. The broker is told after the commit, by whoever keeps its rights."""

from uuid import UUID

from sqlalchemy import bindparam, delete, insert, update

from daybeat.contracts.devices import DeviceAdded, DeviceRemoved
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.mqtt.retained import begin_listening, stop_listening
from daybeat.kit.errors import NotFound
from daybeat.kit.ids import new_id
from daybeat.modules.devices.domain.credentials import new_client_id, new_username
from daybeat.modules.devices.errors import TooManyDevices
from daybeat.modules.devices.models import devices
from daybeat.modules.devices.queries import count_of

MOST_DEVICES = 20
NEWS = "mqtt.devices"
"""The hint that the broker does not know yet how things are."""

_APPLIED = update(devices).where(devices.c.id == bindparam("device")).values(applied_at=bindparam("now"))
_GONE = delete(devices).where(devices.c.id == bindparam("device"), devices.c.removed_at.is_not(None))


def add_device(user_id: UUID, name: str, *, uow: UnitOfWork) -> UUID:
    """Give a device credentials of its own. With the first one the user begins to listen."""
    count = count_of(uow.connection, user_id)
    if count >= MOST_DEVICES:
        raise TooManyDevices
    device_id = new_id()
    uow.connection.execute(
        insert(devices).values(
            id=device_id,
            user_id=user_id,
            name=name,
            username=new_username(),
            client_id=new_client_id(),
            created_at=uow.now,
        )
    )
    begin_listening(uow, user_id)
    uow.record(DeviceAdded(user_id=user_id, device_id=device_id, label=name, first=count == 0))
    uow.hint(NEWS)
    return device_id


def remove_device(user_id: UUID, device_id: UUID, *, uow: UnitOfWork) -> None:
    """Take a device's rights. With the last one the user stops listening."""
    own = (devices.c.id == device_id) & (devices.c.user_id == user_id) & devices.c.removed_at.is_(None)
    if uow.connection.execute(update(devices).where(own).values(_removed(uow))).rowcount == 0:
        raise NotFound
    last = count_of(uow.connection, user_id) == 0
    if last:
        stop_listening(uow, user_id)
    uow.record(DeviceRemoved(user_id=user_id, device_id=device_id, last=last))
    uow.hint(NEWS)


def remove_all(user_id: UUID, *, uow: UnitOfWork) -> None:
    """Take the rights of all devices of an account that is gone; nothing is told about it any more."""
    uow.connection.execute(update(devices).where(devices.c.user_id == user_id).values(name="", **_removed(uow)))
    stop_listening(uow, user_id)
    uow.hint(NEWS)


def note_applied(uow: UnitOfWork, known: list[UUID], gone: list[UUID]) -> None:
    """Remember what the broker knows now; what it has forgotten we forget as well."""
    if known:
        uow.connection.execute(_APPLIED, [{"device": each, "now": uow.now} for each in known])
    if gone:
        uow.connection.execute(_GONE, [{"device": each} for each in gone])


def _removed(uow: UnitOfWork) -> dict[str, object]:
    return {"removed_at": uow.now, "applied_at": None}
