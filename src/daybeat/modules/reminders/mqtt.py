"""The prompt that waits on a user's MQTT topic: retained while it can be answered, cleared when it is over."""

import json
from typing import Any

from sqlalchemy import Connection, Row

from daybeat.contracts.devices import DeviceAdded
from daybeat.contracts.event import Event
from daybeat.contracts.moods import MOOD_WORDS
from daybeat.contracts.reminders import PromptAnswered, PromptAsked, PromptExpired, PromptFollowedUp
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.mqtt.retained import want
from daybeat.modules.reminders.queries import QUESTION
from daybeat.modules.reminders.repository import PromptRepository

TOPIC = "mood/prompt"
CHANGES = (PromptAsked, PromptFollowedUp, PromptAnswered, PromptExpired, DeviceAdded)


def _keeps_nothing(_connection: Connection) -> None:
    """What the broker holds follows from the prompts; a replay says it again."""


prompts_on_mqtt = Subscriber("reminders.mqtt", forget=_keeps_nothing)


def show_open_prompt(event: Event, uow: UnitOfWork) -> None:
    """Keep the topic as the prompts are, whichever change brought us here."""
    rows = PromptRepository(uow.connection).open_of(event.user_id)
    asked = next((row for row in rows if "mqtt" in row.channels), None)
    want(uow, event.user_id, TOPIC, payload_of(asked) if asked is not None else b"")


for kind in CHANGES:
    prompts_on_mqtt.on(kind)(show_open_prompt)


def payload_of(prompt: Row[Any]) -> bytes:
    """Write a prompt as devices read it."""
    said = {
        "prompt_id": str(prompt.id),
        "question": QUESTION,
        "scale": MOOD_WORDS,
        "asked_at": prompt.asked_at.isoformat(),
        "expires_at": prompt.expires_at.isoformat(),
        "follow_up": prompt.follow_ups if prompt.state == "followed_up" else 0,
    }
    return json.dumps(said, separators=(",", ":")).encode()
