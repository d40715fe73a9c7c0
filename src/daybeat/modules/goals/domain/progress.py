"""What a goal adds up to. Amounts are in the goal's unit, by the habit day they belong to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import accumulate
from math import fsum

PACE_DAYS = 28
DECIMALS = 6  # so that a tenth and two tenths are three tenths
Added = Mapping[date, float]


def total(amounts: Iterable[float]) -> float:
    """Add up; in which order things came makes no difference."""
    return round(fsum(amounts), DECIMALS)


def by_day(sources: Iterable[Iterable[tuple[date, float]]]) -> Added:
    """Add up what several sources added on each day."""
    days: dict[date, list[float]] = defaultdict(list)
    for amounts in sources:
        for day, amount in amounts:
            days[day].append(amount)
    return {day: total(amounts) for day, amounts in days.items()}


def pace(added: Added, start: date, today: date) -> float:
    """Give the progress per day over the last 28 days, today among them, or over all days of a younger goal.

    Whoever travels west can be back on the day before a goal's first one: it has no pace yet.
    """
    days = min(PACE_DAYS, (today - start).days + 1)
    if days < 1:
        return 0.0
    first = today - timedelta(days=days - 1)
    return total(amount for day, amount in added.items() if first <= day <= today) / days


def running(added: Added) -> list[tuple[date, float]]:
    """Give what the goal had come to at the end of each day on which something was added, the oldest first."""
    days = sorted(added)
    return [
        (day, round(sum_, DECIMALS)) for day, sum_ in zip(days, accumulate(added[day] for day in days), strict=True)
    ]


def reached_on(added: Added, at: float) -> date | None:
    """Give the day on which the goal first came as far as `at`; None while it is not there (any more)."""
    if total(added.values()) < at:
        return None
    return next((day for day, so_far in running(added) if so_far >= at), None)
