"""MQTT: a message to whatever of the user's listens at the broker, now. A device that is away does not hear it."""

import asyncio
import json
from typing import Any, Protocol

from daybeat.contracts.topics import NOTIFICATION, ROOT
from daybeat.modules.notifications.channels.port import Address, Later, Message, Pace, Readiness
from daybeat.modules.notifications.channels.text import one_line, plain, shortened

WITHIN = 10.0
LONGEST_TITLE, LONGEST_BODY = 1_000, 8_000  # bytes


class Sending(Protocol):
    """A broker to publish at, QoS 1 and not retained."""

    async def publish(self, topic: str, payload: bytes) -> None:
        """Return when the broker has the message; ConnectionError when it cannot get there."""
        ...


class MqttChannel:
    """Publishes to the user's own topic. There is nothing to enter: the topic follows from the user."""

    kind = "mqtt"
    pace = Pace(each=10.0, together=200.0)

    def __init__(self, sending: Sending | None, *, within: float = WITHIN) -> None:
        self._sending, self._within = sending, within

    def readiness(self) -> Readiness:
        if self._sending is None:
            return Readiness(ready=False, how_to="Connect Daybeat to an MQTT broker: set DAYBEAT_MQTT_URL.")
        return Readiness(ready=True)

    def check(self, address: Address) -> dict[str, Any]:  # noqa: ARG002 - nothing in it is used
        return {}

    def shown(self, address: Address) -> str:  # noqa: ARG002
        return f"{ROOT}/…/{NOTIFICATION}"

    async def send(self, address: Address, message: Message) -> str | None:  # noqa: ARG002
        if self._sending is None:
            raise Later("This Daybeat is not connected to an MQTT broker.")
        payload = json.dumps(_said(message), ensure_ascii=False).encode()
        try:
            async with asyncio.timeout(self._within):
                await self._sending.publish(f"{ROOT}/{message.user_id}/{NOTIFICATION}", payload)
        except (ConnectionError, TimeoutError):
            raise Later("The MQTT broker cannot be reached at the moment.") from None
        return None


def _said(message: Message) -> dict[str, Any]:
    actions = [{"name": each.name, "label": each.label, "url": each.url, "form": each.form} for each in message.actions]
    return {
        "id": str(message.id),
        "kind": message.kind,
        "subject": None if message.subject is None else str(message.subject),
        "title": shortened(one_line(message.title), LONGEST_TITLE),
        "body": shortened(plain(message.body), LONGEST_BODY),
        "link": message.link,
        "language": message.language,
        "actions": actions,
    }
