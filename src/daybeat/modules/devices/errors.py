"""What can be wrong with a request about a device."""

from daybeat.kit.errors import DomainError, Kind


class TooManyDevices(DomainError):
    """An account can have 20 devices. Remove one first."""

    kind = Kind.CONFLICT


class MqttOff(DomainError):
    """MQTT is off here."""

    kind = Kind.CONFLICT
