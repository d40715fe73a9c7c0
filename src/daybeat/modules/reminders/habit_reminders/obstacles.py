"""What forbids telling a slot: nothing at all means that it is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from daybeat.modules.reminders.habit_reminders.planning import NUDGED, TIME, Planner
from daybeat.modules.reminders.habit_reminders.ports import Standing
from daybeat.modules.reminders.habit_reminders.wishes import fatigue_of

FOLLOWED_UP_AFTER = timedelta(minutes=75)
MOST_NUDGES = 4
"""A user's nudges in a day, follow-ups among them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder that a user was told lately, and the habit day it was about."""

    habit_id: UUID
    day: date
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A slot that has come, with all that decides on it: how its habit stands, its nudge, and what was told lately."""

    slot: Row[Any]
    standing: Standing
    planner: Planner
    nudge: Row[Any] | None
    told: Sequence[Told]
    now: datetime


def obstacles(asked: Asked) -> Iterator[str]:
    """Name everything that forbids telling a slot now, the plainest reason first."""
    slot, planner = asked.slot, asked.planner
    yield from forbidden(planner, slot.due_at, slot.why)
    if slot.tell_before <= asked.now:
        yield "missed"
    if planner.peace(slot.why).holds(asked.now):
        yield "quiet"
    if asked.standing.state != "open":
        yield asked.standing.state
    if slot.why == TIME and not planner.has_slot(slot.due_at):
        yield "off"
    if slot.why in NUDGED:
        yield from _of_nudges(asked)


def forbidden(planner: Planner, slot: datetime, why: str) -> Iterator[str]:
    """Name what forbids a slot whenever it is told."""
    if not planner.settings["enabled"]:
        yield "off"
    if planner.habit.archived:
        yield "archived"
    vacation = planner.settings["vacation_until"]
    if vacation is not None and planner.habit.calendar.habit_day(slot) <= vacation:
        yield "vacation"
    if planner.peace(why).holds(slot):
        yield "quiet"


def _of_nudges(asked: Asked) -> Iterator[str]:
    if asked.nudge is None or not asked.nudge.enabled:
        yield "off"
        return
    fatigue = fatigue_of(asked.nudge)
    if fatigue.doubted or (fatigue.resting_until is not None and asked.now < fatigue.resting_until):
        yield "resting"
    if _had_enough(asked):
        yield "enough"


def _had_enough(asked: Asked) -> bool:
    """Tell whether the user was nudged enough today, or reminded of this very habit a moment ago."""
    nudges = [each for each in asked.told if each.why in NUDGED and each.day == asked.standing.date]
    own = [each for each in asked.told if each.habit_id == asked.slot.habit_id]
    lately = asked.now - FOLLOWED_UP_AFTER
    return (
        len(nudges) >= MOST_NUDGES
        or any(each.why == asked.slot.why and each.day == asked.standing.date for each in own)
        or any(each.why not in NUDGED and each.at > lately for each in own)
    )
