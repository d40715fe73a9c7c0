"""When an event counts, and how much."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any

MOST = 1_000_000_000
DECIMALS = 6  # so that a tenth and two tenths are three tenths


@dataclass(frozen=True, slots=True)
class Rule:
    """An event of this type, whose metadata has all these values, counts.

    With it comes `amount`, or the number that stands in the metadata under `amount_from`; neither: once.
    """

    event_type: str
    metadata: Mapping[str, Any]
    amount: float | None = None
    amount_from: str | None = None


def matches(rule: Rule, event_type: str, metadata: Mapping[str, Any] | None) -> bool:
    """Tell whether the rule speaks of this event. What the rule does not name may be anything."""
    if event_type != rule.event_type:
        return False
    said = metadata or {}
    return all(name in said and _same(said[name], value) for name, value in rule.metadata.items())


def amount_of(rule: Rule, metadata: Mapping[str, Any] | None) -> float | None:
    """Give the amount that comes with an event; None when the rule names none.

    ValueError: the rule wants a number from the metadata, and there is none above 0, or one that nobody could type in.
    """
    if rule.amount_from is None:
        return rule.amount
    said = (metadata or {}).get(rule.amount_from)
    if isinstance(said, bool) or not isinstance(said, int | float) or not said > 0:
        raise ValueError(f"the event has no number above 0 in {rule.amount_from!r}")
    if said > MOST:
        raise ValueError(f"the number in {rule.amount_from!r} is above {MOST:,}")
    return float(said)


def adds_up_to(rule: Rule, said: Iterable[Mapping[str, Any] | None]) -> float:
    """Add up what matching events bring: 1 each where no amount is named, and nothing without the number wanted."""
    return round(fsum(_brought(rule, metadata) for metadata in said), DECIMALS)


def _brought(rule: Rule, metadata: Mapping[str, Any] | None) -> float:
    try:
        amount = amount_of(rule, metadata)
    except ValueError:
        return 0.0
    return 1.0 if amount is None else amount


def _same(said: Any, wanted: Any) -> bool:
    """Compare as JSON does: 1 and 1.0 are the same, 1 and true are not."""
    return said == wanted and isinstance(said, bool) == isinstance(wanted, bool)
