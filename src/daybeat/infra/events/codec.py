"""Events to JSON and back, by their own type hints."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from daybeat.contracts.event import Event

_ADAPTERS: dict[type[Event], TypeAdapter[Event]] = {}


def _adapter(kind: type[Event]) -> TypeAdapter[Event]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def encode(event: Event) -> dict[str, Any]:
    """Give the event's own fields as plain JSON values; the user stands in the envelope."""
    data: dict[str, Any] = _adapter(type(event)).dump_python(event, mode="json")
    del data["user_id"]
    return data


def decode(name: str, version: int, user_id: UUID, data: dict[str, Any]) -> Event:
    """Rebuild an event. Unknown names raise KeyError, data that does not fit raises ValueError."""
    return _adapter(Event.known[name, version]).validate_python({**data, "user_id": user_id})
