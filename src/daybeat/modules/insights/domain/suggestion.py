"""What a suggestion is: what could help, why, and the change that one tap makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["weekdays", "split", "lower", "pause", "move_reminder", "raise", "celebrate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something that could help with one habit.

    `basis` names what it rests on: as long as that is the same, it is the same suggestion, however the figures move.
    `change` is what a tap does: fields of the habit as in the API, or {"pause": days}; empty where there is nothing to
    do but to know, and then there is no `button`. `weight` orders suggestions of one kind, the heaviest first.
    """

    kind: Kind
    basis: str
    text: str
    evidence: tuple[str, ...]
    button: str | None = None
    change: Mapping[str, Any] = field(default_factory=dict)
    weight: float = 0.0
