"""Least squares for one thing that matters, beside others that are only held still.

The standard error is White's in the form HC2: right on average when all days are equally uncertain, and nearly right
when they are not. The classical one takes days with and without a habit for equally uncertain, and finds too much where
the rarer side is more spread out; HC3 is more cautious still, and finds a little less of what is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from operator import mul

from daybeat.modules.insights.domain.student import two_sided_p

Series = Sequence[float]

NOTHING_LEFT = 1e-9
"""A series of which less than this part is left beside the others only repeats them."""
ALONE = 1e-12
"""What is left to miss for a day that alone decides about one of the columns."""


@dataclass(frozen=True, slots=True)
class Slope:
    """How much the outcome differs for one unit more, its standard error, and the degrees of freedom of both."""

    estimate: float
    error: float
    freedom: int

    @property
    def p(self) -> float:
        """Give the chance of a slope this far from 0 if there is none."""
        if self.error > 0:
            return two_sided_p(self.estimate / self.error, self.freedom)
        return 0.0 if self.estimate else 1.0


UNKNOWN = Slope(0.0, inf, 0)
"""Nothing can be told: one of both never differs, but with the other things."""


def slope(outcome: Series, asked: Series, others: Iterable[Series]) -> Slope:
    """Regress the outcome on what is asked about and the others; put a column of ones among them.

    What the others explain is taken out of both series first: the slope that is left is that of the whole regression.
    """
    span = basis(others)
    own, rest = residual(asked, span), residual(outcome, span)
    size, freedom = dot(own, own), len(own) - len(span) - 1
    if freedom <= 0 or _is_spent(own, asked) or _is_spent(rest, outcome):
        return UNKNOWN
    estimate = dot(own, rest) / size
    misses = [value - estimate * along for value, along in zip(rest, own, strict=True)]
    return Slope(estimate, _error(own, misses, [*span, [along / sqrt(size) for along in own]]) / size, freedom)


def _error(own: Series, misses: Series, span: Sequence[Series]) -> float:
    """Sum up what every day's miss does to the slope; a day that pulls the line to itself misses by too little."""
    pulls = [sum(part**2 for part in parts) for parts in zip(*span, strict=True)]
    terms = ((along * miss) ** 2 / max(1 - pull, ALONE) for along, miss, pull in zip(own, misses, pulls, strict=True))
    return sqrt(sum(terms))


def _is_spent(rest: Series, series: Series) -> bool:
    return dot(rest, rest) <= NOTHING_LEFT**2 * dot(series, series)


def basis(columns: Iterable[Series]) -> list[list[float]]:
    """Give directions at right angles, of length 1, that reach all columns. One that repeats others adds none."""
    found: list[list[float]] = []
    for column in columns:
        rest = residual(column, found)
        if not _is_spent(rest, column):
            rest = residual(rest, found)  # once more: what little is left still leans towards the others by rounding
            size = sqrt(dot(rest, rest))
            found.append([value / size for value in rest])
    return found


def residual(series: Series, span: Iterable[Series]) -> list[float]:
    """Give what the directions do not explain of the series."""
    rest = list(series)
    for direction in span:
        part = dot(rest, direction)
        rest = [value - part * along for value, along in zip(rest, direction, strict=True)]
    return rest


def dot(one: Series, other: Series) -> float:
    """Multiply value by value, and sum."""
    return float(sum(map(mul, one, other)))
