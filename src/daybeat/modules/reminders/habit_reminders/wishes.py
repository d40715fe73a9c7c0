"""What a user wants of reminders, between its rows and the rules."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from daybeat.modules.reminders.domain.cadence import QuietHours
from daybeat.modules.reminders.domain.nudging import Learned, begin
from daybeat.modules.reminders.domain.patience import FRESH, Fatigue
from daybeat.modules.reminders.domain.reminder_times import Peace

NUDGES_REST = QuietHours(time(22), time(8))
"""Hours of the night in which nobody is nudged, whatever their own quiet hours are."""
USUAL_NUDGE = 20 * 60  # minutes of the day
DEFAULTS: Mapping[str, Any] = {
    "enabled": True,
    "quiet_from": None,
    "quiet_to": None,
    "vacation_until": None,
    "milestones": True,
    "daily_summary": None,
    "weekly_day": None,
    "weekly_at": None,
    "monthly_day": None,
    "monthly_at": None,
}


def peace_of(settings: Mapping[str, Any], zone: str, *, nudged: bool = False) -> Peace:
    """Give the hours in which somebody is not to be disturbed; nudges leave the night alone too."""
    own = settings["quiet_from"] and QuietHours(_time(settings["quiet_from"]), _time(settings["quiet_to"]))
    night = (NUDGES_REST,) if nudged else ()
    return Peace(ZoneInfo(zone), (*night, own) if own else night)


def learned_of(nudge: Row[Any]) -> Learned:
    """Read what is known about a habit's time of day."""
    weights = tuple((minute, weight) for minute, weight in nudge.weights)
    return Learned(own=nudge.own, at=nudge.at, weights=weights, moved_on=nudge.moved_on, count=nudge.seen)


def learned_columns(learned: Learned) -> dict[str, Any]:
    """Write it as columns of habit_nudges."""
    weights = [list(pair) for pair in learned.weights]
    return {
        "own": learned.own,
        "at": learned.at,
        "weights": weights,
        "moved_on": learned.moved_on,
        "seen": learned.count,
    }


def fatigue_of(nudge: Row[Any]) -> Fatigue:
    return Fatigue(nudge.silences, nudge.rests, nudge.resting_until, nudge.doubted)


def new_nudge(own: int) -> dict[str, Any]:
    """Give the columns of a nudge that knows nothing yet."""
    return {**learned_columns(begin(own)), **asdict(FRESH), "asked_on": None}


def _time(text: str) -> time:
    return time.fromisoformat(text)
