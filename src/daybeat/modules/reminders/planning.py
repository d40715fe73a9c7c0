"""Planning the next prompt of a user. What should have been asked in the meantime is recorded as skipped."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from daybeat.contracts.reminders import PromptSkipped
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.reminders.domain.cadence import Cadence
from daybeat.modules.reminders.models import BY_SCHEDULE
from daybeat.modules.reminders.wishes import Wishes, cadence_of, patience_of, why_not

MOST_SKIPPED = 200
"""Slots passed over in one go; the rest follows in the next unit of work, so that none takes long."""


@dataclass(frozen=True, slots=True)
class Due:
    """A slot at which to ask, and the instant from which it is too late for it."""

    at: datetime
    ask_before: datetime

    def is_over(self, now: datetime) -> bool:
        return self.ask_before <= now


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes next, and what was passed over on the way there (rows of prompts)."""

    due: Due | None
    skipped: list[dict[str, Any]]


def plan(wishes: Wishes, after: datetime, uow: UnitOfWork) -> Plan:
    """Find the next slot later than `after` that can still be asked or lies ahead."""
    cadence = cadence_of(wishes)
    skipped: list[dict[str, Any]] = []
    due = due_after(wishes, cadence, after)
    while due is not None and due.is_over(uow.now) and len(skipped) < MOST_SKIPPED:
        skipped.append(skip(wishes, obstacle(wishes, due, uow.now) or "missed", due.at, uow))
        due = due_after(wishes, cadence, due.at)
    return Plan(due, skipped)


def obstacle(wishes: Wishes, due: Due, now: datetime) -> str | None:
    """Name what forbids asking now for a slot, None when nothing does."""
    if not wishes.enabled or wishes.doubted:
        return "resting" if wishes.enabled else "off"
    cadence = cadence_of(wishes)
    late = "missed" if due.is_over(now) else None
    return why_not(wishes, cadence, due.at) or late or why_not(wishes, cadence, now)


def due_after(wishes: Wishes, cadence: Cadence, after: datetime) -> Due | None:
    """Give the next slot. One that something forbids is over as soon as it comes."""
    if not wishes.enabled or wishes.doubted:
        return None
    slot, *ends = _slot_after(cadence, after)
    if slot is None:
        return None
    if why_not(wishes, cadence, slot):
        return Due(slot, slot)
    return Due(slot, min(end for end in (slot + patience_of(wishes).lifetime, *ends) if end is not None))


@lru_cache(maxsize=4096)
def _slot_after(cadence: Cadence, after: datetime) -> tuple[datetime | None, ...]:
    """Give the next slot, the next quiet hours and the slot after it. Crowds ask this of the same cadence at once."""
    slot = cadence.next_slot(after)
    return (None,) if slot is None else (slot, cadence.quiet_after(slot), cadence.next_slot(slot))


def skip(wishes: Wishes, reason: str, slot: datetime, uow: UnitOfWork) -> dict[str, Any]:
    """Record that a slot was not asked, and why; gives the row to keep."""
    prompt_id = new_id()
    uow.record(PromptSkipped(user_id=wishes.user_id, prompt_id=prompt_id, due_at=slot, reason=reason))
    return prompt_row(wishes, slot, id=prompt_id, state="skipped", reason=reason)


def prompt_row(wishes: Wishes, slot: datetime, **known: Any) -> dict[str, Any]:
    """Make a row of prompts for a slot, under the wishes as they are now."""
    return {
        "user_id": wishes.user_id,
        "due_at": slot,
        "request_id": BY_SCHEDULE,
        "asked_at": None,
        "expires_at": None,
        "step_at": None,
        "follow_ups": 0,
        "follow_up_seconds": wishes.follow_up_seconds,
        "max_follow_ups": wishes.max_follow_ups,
        "channels": wishes.channels,
        "reason": None,
        "answered_at": None,
        "late": False,
        "mood_id": None,
        **known,
    }
