"""Events for tests: the activity tracker's example and its kin."""

from datetime import UTC, datetime
from typing import Any

from daybeat.kit.ids import new_id
from daybeat.modules.activity.event import NOBODY, ActivityEvent

EXAMPLE: dict[str, Any] = {
    "user_id": 101,
    "event_type": "login",
    "timestamp": "2025-01-03T08:30:00Z",
    "metadata": {"source": "web"},
}


def said(**wishes: Any) -> dict[str, Any]:
    """Give what a client sends."""
    return {**EXAMPLE, **wishes}


def event(**wishes: Any) -> ActivityEvent:
    """Give an event that was taken."""
    fields = {
        "user_id": 101,
        "event_type": "login",
        "timestamp": datetime(2025, 1, 3, 8, 30, tzinfo=UTC),
        "metadata": {"source": "web"},
        "event_id": new_id(),
        "account": NOBODY,
        "received_at": datetime(2026, 3, 2, 12, tzinfo=UTC),
    }
    return ActivityEvent(**{**fields, **wishes})
