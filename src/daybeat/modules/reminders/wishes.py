"""What a user wants of prompts, between its row and the rules."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from daybeat.modules.reminders.domain.cadence import Cadence, QuietHours
from daybeat.modules.reminders.domain.patience import FRESH, Fatigue, Patience

Wishes: TypeAlias = Row[Any]
"""A row of prompt_settings."""

DEFAULTS: Mapping[str, Any] = {
    "enabled": False,
    "every_seconds": 4 * 3600,
    "times": [],
    "quiet_from": "22:00",
    "quiet_to": "08:00",
    "follow_up_seconds": 30 * 60,
    "max_follow_ups": 1,
    "channels": ["page", "mqtt"],
    "paused_until": None,
    **asdict(FRESH),
    "due_at": None,
}


def cadence_of(wishes: Wishes) -> Cadence:
    """Build the rule of when to ask."""
    quiet = QuietHours(_time(wishes.quiet_from), _time(wishes.quiet_to)) if wishes.quiet_from else None
    return Cadence(
        zone=ZoneInfo(wishes.zone),
        every=timedelta(seconds=wishes.every_seconds) if wishes.every_seconds else None,
        times=tuple(_time(each) for each in wishes.times),
        quiet=quiet,
    )


def patience_of(row: Row[Any]) -> Patience:
    """Build the rule of how long to wait, from wishes or from a prompt that was asked under them."""
    return Patience(timedelta(seconds=row.follow_up_seconds), row.max_follow_ups)


def fatigue_of(wishes: Wishes) -> Fatigue:
    return Fatigue(wishes.silences, wishes.rests, wishes.resting_until, wishes.doubted)


def why_not(wishes: Wishes, cadence: Cadence, slot: datetime) -> str | None:
    """Name what forbids asking at a slot, None when nothing does."""
    never = datetime.min.replace(tzinfo=UTC)
    if slot < (wishes.paused_until or never):
        return "paused"
    if slot < (wishes.resting_until or never):
        return "resting"
    return "quiet" if cadence.is_quiet(slot) else None


def _time(text: str) -> time:
    return time.fromisoformat(text)
