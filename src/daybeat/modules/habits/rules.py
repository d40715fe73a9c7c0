"""Versions of a habit's rule, as they stand in its row."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from daybeat.kit.errors import DomainError
from daybeat.modules.habits.storage import stored_rule

StoredRule = dict[str, Any]


class TargetNeeded(DomainError):
    """A weekly total needs a target above zero."""


class NoTargetHere(DomainError):
    """A habit to avoid has no target."""


class DirectionWithoutTarget(DomainError):
    """A limit (`at_most`) needs a target."""


class TargetTooSmall(DomainError):
    """A target that has to be reached is above zero."""


def first_rules(
    start: date, schedule: Mapping[str, Any], *, target: float | None, direction: str | None
) -> list[StoredRule]:
    """Give the rules of a new habit."""
    return [_rule(start, schedule, target, direction, anchor=start)]


def changed_rules(rules: Sequence[StoredRule], since: date, wishes: Mapping[str, Any]) -> list[StoredRule]:
    """Let a changed rule hold from a day on. Changing it twice on one day leaves one version."""
    newest = rules[-1]
    schedule = wishes.get("schedule", newest["schedule"])
    anchor = date.fromisoformat(newest["anchor"]) if schedule == newest["schedule"] else since
    target = wishes.get("target", newest["target"])
    direction = wishes.get("direction", newest["direction"])
    rule = _rule(since, schedule, target, direction, anchor=anchor)
    if {**rule, "since": newest["since"]} == newest:
        return list(rules)
    return [*(each for each in rules if each["since"] < since.isoformat()), rule]


def _rule(
    since: date, schedule: Mapping[str, Any], target: float | None, direction: str | None, *, anchor: date
) -> StoredRule:
    kind = schedule["kind"]
    if kind == "avoid" and target is not None:
        raise NoTargetHere
    if kind == "weekly_total" and not target:
        raise TargetNeeded
    if target is None and direction == "at_most" and kind != "avoid":
        raise DirectionWithoutTarget
    limit = direction == "at_most"
    if target is not None and not limit and target <= 0:
        raise TargetTooSmall
    if target is None:
        direction = None
    elif direction is None:
        direction = "at_least"
    return stored_rule(since=since, schedule=schedule, target=target, direction=direction, anchor=anchor)
