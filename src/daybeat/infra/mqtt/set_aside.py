"""Messages a door stumbled over: kept whole, so that they can be handled when the door is mended."""

import base64
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events import quarantine
from daybeat.infra.mqtt.routes import Arrival, Route, find_door, topic_of
from daybeat.kit.errors import NotFound

DOOR = "mqtt:"


def keep(uow: UnitOfWork, door: str, arrival: Arrival, failure: BaseException) -> None:
    """Put a message into quarantine. Payloads are bytes of any kind, so they are written in base64."""
    quarantine.set_aside(
        uow,
        reader=f"{DOOR}{door}",
        reference=str(arrival.user_id),
        content={"topic": "/".join(arrival.words), "payload": base64.b64encode(arrival.payload).decode()},
        error=failure,
        user_id=arrival.user_id,
    )


def take_again(doors: Sequence[Route], user_id: UUID, content: Any, uow: UnitOfWork) -> None:
    """Handle a kept message. Its sender has been refused already, so nobody is answered."""
    payload = base64.b64decode(content["payload"])
    found = find_door(doors, topic_of(user_id, content["topic"]), payload)
    if found is None:
        raise NotFound
    route, arrival = found
    route.handle(arrival, uow)
