"""Whether two series go together beyond their trends, when a day resembles the day before it.

Series that wander slowly meet by chance far more often than their number of days says: sixty days of a mood that lasts
a week are worth a dozen. Bartlett's formula says how many independent days would be as uncertain.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


def correlation(days: Sequence[int], one: Series, other: Series, trends: Iterable[Series]) -> Correlation:
    """Correlate what the trends leave of two series. `days` are their day numbers, ascending, with any gaps.

    Put a column of ones among the trends. Where nothing is left of a series the correlation is 0.
    """
    span = basis(trends)
    first, second = _scaled(one, span), _scaled(other, span)
    n_effective = effective_n(days, first, second)
    return Correlation(max(-1.0, min(1.0, dot(first, second))), n_effective, len(span))


def effective_n(days: Sequence[int], one: Series, other: Series) -> float:
    """Give how many independent days these are worth (Bartlett), between 3 and the number of days.

    Both series have mean 0. Never more than there are: series that alternate could earn a bonus, but on a few
    dozen days that is mostly the noise of the estimate.
    """
    place = {day: at for at, day in enumerate(days)}
    total = len(days)
    shared = sum(_shared(place, one, other, apart) for apart in range(1, min(LONGEST, total // 4) + 1))
    return max(FEWEST, min(float(total), total / max(1 + 2 * shared / total, 1.0)))


def _shared(place: Mapping[int, int], one: Series, other: Series, apart: int) -> float:
    """Multiply both resemblances of days so far apart, and weigh by how many such pairs of days there are."""
    pairs = [(at, place[day + apart]) for day, at in place.items() if day + apart in place]
    if not pairs:
        return 0.0
    return len(pairs) * _resemblance(one, pairs) * _resemblance(other, pairs)


def _resemblance(series: Series, pairs: Sequence[tuple[int, int]]) -> float:
    together = sum(series[sooner] * series[later] for sooner, later in pairs) / len(pairs)
    spread = dot(series, series) / len(series)
    return together / spread if spread else 0.0


def _scaled(series: Series, span: Sequence[Series]) -> list[float]:
    """Take the trends out and scale to length 1; all zeros when nothing is left."""
    rest = residual(series, span)
    size = sqrt(dot(rest, rest))
    if size <= NOTHING_LEFT * sqrt(dot(series, series)):
        return [0.0] * len(rest)
    return [value / size for value in rest]
