"""Whether two series go together beyond their trends, when a day resembles the day before it.

Series that wander slowly meet by chance far more often than their number of days says: sixty days of a mood that lasts
a week are worth a dozen. Bartlett's formula says how many independent days would be as uncertain.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import copysign, inf, sqrt

from daybeat.modules.insights.domain.regression import NOTHING_LEFT, Series, basis, dot, residual
from daybeat.modules.insights.domain.student import two_sided_p

LONGEST = 7
"""Days apart up to which days may resemble each other. In simulation a fortnight found up to two in a hundred less of
what was there, since sixty days tell more noise than resemblance; false findings had 2 % of people instead of 3 %."""
FEWEST = 3.0


@dataclass(frozen=True, slots=True)
class Correlation:
    """How two series go together (-1 to 1), and how many independent days that is worth."""

    r: float
    effective_n: float
    removed: int

    @property
    def p(self) -> float:
        """Give the chance of a correlation this far from 0 if there is none. What was taken out costs days."""
        freedom = self.effective_n - 1 - self.removed
        left = 1 - self.r**2
        t = self.r * sqrt(max(freedom, 0.0) / left) if left > 0 else copysign(inf, self.r)
        return two_sided_p(t, freedom)


class Days:
    """Days by their numbers, ascending, with any gaps, and which of them lie so many days apart."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.total = len(numbers)
        first = numbers[0] if numbers else 0
        self._places = [number - first for number in numbers]
        self._apart = range(1, min(LONGEST, self.total // 4) + 1)
        self.pairs = self._beside([1.0] * self.total)

    def resemblances(self, series: Series) -> list[float]:
        """Give how much days resemble those one, two and more days later (-1 to 1); the series has mean 0."""
        spread = dot(series, series) / self.total if self.total else 0.0
        together = zip(self._beside(series), self.pairs, strict=True)
        return [both / pairs / spread if pairs and spread else 0.0 for both, pairs in together]

    def worth(self, one: Sequence[float], other: Sequence[float]) -> float:
        """Give how many independent days these are worth to two series that resemble themselves like this."""
        shared = sum(pairs * first * second for pairs, first, second in zip(self.pairs, one, other, strict=True))
        if not self.total:
            return FEWEST
        return max(FEWEST, min(float(self.total), self.total / max(1 + 2 * shared / self.total, 1.0)))

    def _beside(self, series: Series) -> list[float]:
        """Multiply the values of days one, two and more days apart, and sum; days between are worth nothing."""
        calendar = [0.0] * (self._places[-1] + 1 if self._places else 0)
        for place, value in zip(self._places, series, strict=True):
            calendar[place] = value
        return [dot(calendar, calendar[apart:]) for apart in self._apart]


@dataclass(frozen=True)
class Detrended:
    """A series without its trends, for being correlated with others. `removed` directions were taken out of it."""

    days: Days
    values: Series
    removed: int

    def correlation(self, other: Series, rest: Series) -> Correlation:
        """Correlate with another series, of which the trends leave the `rest`."""
        scaled = _scaled(other, rest)
        worth = self.days.worth(self._resemblances, self.days.resemblances(scaled))
        return Correlation(max(-1.0, min(1.0, dot(self.values, scaled))), worth, self.removed)

    @cached_property
    def _resemblances(self) -> list[float]:
        return self.days.resemblances(self.values)


def detrended(days: Days, series: Series, rest: Series, removed: int) -> Detrended:
    """Prepare a series, of which the trends leave the `rest`."""
    return Detrended(days, _scaled(series, rest), removed)


def correlation(days: Sequence[int], one: Series, other: Series, trends: Iterable[Series]) -> Correlation:
    """Correlate what the trends leave of two series. `days` are their day numbers, ascending, with any gaps.

    Put a column of ones among the trends. Where nothing is left of a series the correlation is 0.
    """
    span = basis(trends)
    without = detrended(Days(days), one, residual(one, span), len(span))
    return without.correlation(other, residual(other, span))


def effective_n(days: Sequence[int], one: Series, other: Series) -> float:
    """Give how many independent days these are worth (Bartlett), between 3 and the number of days.

    Both series have mean 0. Never more than there are: series that alternate could earn a bonus, but on a few
    dozen days that is mostly the noise of the estimate.
    """
    known = Days(days)
    return known.worth(known.resemblances(one), known.resemblances(other))


def _scaled(series: Series, rest: Series) -> list[float]:
    """Scale what is left of a series to length 1; all zeros when nothing is."""
    size = sqrt(dot(rest, rest))
    if size <= NOTHING_LEFT * sqrt(dot(series, series)):
        return [0.0] * len(rest)
    return [value / size for value in rest]
