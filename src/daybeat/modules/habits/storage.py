"""How rules and pauses are written into a habit's row, and read from it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from daybeat.modules.habits.domain.history import Pause
from daybeat.modules.habits.domain.rules import Rule
from daybeat.modules.habits.domain.schedules import (
    Avoid,
    Daily,
    EveryNDays,
    PerMonth,
    PerWeek,
    Schedule,
    Weekdays,
    WeeklyTotal,
)


def schedule_from(stored: Mapping[str, Any], *, anchor: date, target: float | None) -> Schedule:
    """Build a schedule from its API form. `anchor` is where every-n-days counts from."""
    makers: Mapping[str, Callable[[], Schedule]] = {
        "daily": Daily,
        "avoid": Avoid,
        "weekdays": lambda: Weekdays(tuple(sorted(stored["days"]))),
        "every_n_days": lambda: EveryNDays(stored["n"], anchor),
        "per_week": lambda: PerWeek(stored["n"], stored["week_start"]),
        "per_month": lambda: PerMonth(stored["n"]),
        "weekly_total": lambda: WeeklyTotal(target or 0.0, stored["week_start"]),
    }
    return makers[stored["kind"]]()


def rule_from(stored: Mapping[str, Any]) -> Rule:
    """Build a rule from a habit's row."""
    target, anchor = stored["target"], date.fromisoformat(stored["anchor"])
    schedule = schedule_from(stored["schedule"], anchor=anchor, target=target)
    is_total = isinstance(schedule, WeeklyTotal)
    return Rule(
        since=date.fromisoformat(stored["since"]),
        schedule=schedule,
        target=None if is_total else target,
        at_most=stored["direction"] == "at_most",
    )


def stored_rule(
    *, since: date, schedule: Mapping[str, Any], target: float | None, direction: str | None, anchor: date
) -> dict[str, Any]:
    """Write a rule into a habit's row."""
    return {
        "since": since.isoformat(),
        "schedule": dict(schedule),
        "target": target,
        "direction": direction,
        "anchor": anchor.isoformat(),
    }


def pauses_from(stored: list[Mapping[str, Any]]) -> tuple[Pause, ...]:
    """Build pauses from a habit's row."""
    return tuple(Pause(date.fromisoformat(each["from"]), date.fromisoformat(each["to"])) for each in stored)


def stored_pause(pause_id: UUID, first: date, last: date) -> dict[str, Any]:
    """Write a pause into a habit's row."""
    return {"id": str(pause_id), "from": first.isoformat(), "to": last.isoformat()}
