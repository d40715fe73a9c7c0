"""What the composition root hands to the doors of devices."""

from dataclasses import dataclass
from typing import Protocol

from daybeat.infra.mqtt.address import BrokerAddress
from daybeat.infra.mqtt.figures import MqttFigures
from daybeat.modules.devices.schemas import MqttStatus


class Broker(Protocol):
    """The broker as a device will find it."""

    def status(self, reached_as: str) -> MqttStatus:
        """Say how MQTT is, for somebody who reached us under this host name."""
        ...

    @property
    def ours(self) -> BrokerAddress | None:
        """Our own credentials there, None while there is no broker."""
        ...


@dataclass(frozen=True, slots=True)
class DevicesDoor:
    """`hook_secret` is what a broker shows when it asks about rights; None lets only this machine ask."""

    secret: str
    hook_secret: str | None
    broker: Broker
    figures: MqttFigures
