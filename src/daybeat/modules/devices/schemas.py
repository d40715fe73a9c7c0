"""What devices take and answer over HTTP."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from daybeat.infra.web.fields import Body, Text, length

State = Literal["own", "external", "off"]


class DeviceIn(Body):
    """Adds a device."""

    name: Annotated[Text, length(100, least=1)]


class Device(BaseModel):
    """A device, without its password."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    username: str
    client_id: str
    created_at: datetime


class DeviceMade(Device):
    """A new device with everything it needs to connect. The password is shown this once."""

    url: str
    password: str


class DeviceList(BaseModel):
    """The user's devices, the oldest first."""

    items: list[Device]
    next_cursor: str | None = None


class MqttStatus(BaseModel):
    """Whether there is a broker, where, and what to do when there is none."""

    state: State
    url: str | None
    connected: bool
    how_to: str
