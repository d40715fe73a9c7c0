"""How much moods jump. Level, trend and the pattern of the week are what any daily value has (`kit/patterns.py`).

Everything works on daily moods, the mean of a day's entries, so that a day with many entries speaks once.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean

from daybeat.kit.patterns import Days

FEWEST_STEPS = 7


@dataclass(frozen=True, slots=True)
class Volatility:
    """Root mean square of successive differences over 30 days, beside the person's own 90."""

    recent: float
    usual: float


def volatility(days: Days, today: date) -> Volatility | None:
    """Compare how much mood jumps from day to day with how much it usually does; None while days are few."""
    recent, usual = (_rmssd(days, today - timedelta(days=span), today) for span in (30, 90))
    return None if recent is None or usual is None else Volatility(recent, usual)


def _rmssd(days: Days, after: date, until: date) -> float | None:
    moods = [days[day] for day in sorted(days) if after < day <= until]
    if len(moods) <= FEWEST_STEPS:
        return None
    return sqrt(fmean((later - sooner) ** 2 for sooner, later in pairwise(moods)))
