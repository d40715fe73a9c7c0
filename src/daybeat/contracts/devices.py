"""What can have happened to a device that speaks MQTT. Published by `devices`."""

from dataclasses import dataclass
from uuid import UUID

from daybeat.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class DeviceAdded(Event, name="devices.device.added"):
    """A device was given a name and credentials of its own; `first` when the user had none before."""

    device_id: UUID
    label: str
    first: bool


@dataclass(frozen=True, kw_only=True)
class DeviceRemoved(Event, name="devices.device.removed"):
    """A device lost its rights; `last` when the user has none any more."""

    device_id: UUID
    last: bool
