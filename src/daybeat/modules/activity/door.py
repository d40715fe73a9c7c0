"""What the composition root hands to the doors of activity."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from daybeat.modules.activity.rules_port import Targets
from daybeat.modules.activity.store import ActivityStore


@dataclass(frozen=True, slots=True)
class ActivityDoor:
    """Where the events are, and whom rules ask about habits and goals."""

    store: ActivityStore
    targets: Targets


async def _door(request: Request) -> ActivityDoor:
    door: ActivityDoor = request.app.state.activity
    return door


DoorNow = Annotated[ActivityDoor, Depends(_door)]
