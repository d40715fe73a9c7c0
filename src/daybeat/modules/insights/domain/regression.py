"""Least squares for one thing that matters, beside others that are only held still.

The standard error is White's in the form HC2: right on average when all days are equally uncertain, and nearly right
when they are not. The classical one takes days with and without a habit for equally uncertain, and finds too much where
the rarer side is more spread out; HC3 is more cautious still, and finds a little less of what is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, sqrt
from operator import add, mul

from daybeat.modules.insights.domain.student import two_sided_p

Series = Sequence[float]

NOTHING_LEFT = 1e-9
"""A series of which less than this part is left beside the others only repeats them."""
LITTLE_LEFT = 0.1
"""A series of which less than this part is left still leans towards the others by rounding."""
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


@dataclass(frozen=True)
class Explained:
    """An outcome, the directions of what is held still, and the `rest` of it that these leave.

    It is worked out once for everything that is asked of the same days.
    """

    outcome: Series
    span: Sequence[Series]
    rest: Series

    def slope(self, asked: Series, own: Series) -> Slope:
        """Regress the outcome on what is asked about; `own` is what the directions leave of that."""
        size, freedom = dot(own, own), len(own) - len(self.span) - 1
        if freedom <= 0 or is_spent(own, asked) or self._is_certain:
            return UNKNOWN
        estimate = dot(own, self.rest) / size
        return Slope(estimate, self._error(own, size, estimate) / size, freedom)

    def _error(self, own: Series, size: float, estimate: float) -> float:
        """Sum up what every day's miss does to the slope; a day that pulls the line to itself misses by too little."""
        terms = (
            (along * (value - estimate * along)) ** 2 / max(1 - pull - along * along / size, ALONE)
            for along, value, pull in zip(own, self.rest, self._pulls, strict=True)
        )
        return sqrt(sum(terms))

    @cached_property
    def _is_certain(self) -> bool:
        return is_spent(self.rest, self.outcome)

    @cached_property
    def _pulls(self) -> Series:
        """Give how much each day pulls the directions to itself, 0 to 1."""
        pulls = [0.0] * len(self.rest)
        for direction in self.span:
            pulls = list(map(add, pulls, map(mul, direction, direction)))
        return pulls


def slope(outcome: Series, asked: Series, others: Iterable[Series]) -> Slope:
    """Regress the outcome on what is asked about and the others; put a column of ones among them.

    What the others explain is taken out of both series first: the slope that is left is that of the whole regression.
    """
    span = basis(others)
    return Explained(outcome, span, residual(outcome, span)).slope(asked, residual(asked, span))


def is_spent(rest: Series, series: Series) -> bool:
    """Tell whether nothing but rounding is left of a series."""
    return dot(rest, rest) <= NOTHING_LEFT**2 * dot(series, series)


def basis(columns: Iterable[Series], known: Sequence[Series] = ()) -> list[Series]:
    """Give directions at right angles, of length 1, that reach all columns and begin with those known already.

    A column that repeats others adds none.
    """
    found = list(known)
    for column in columns:
        rest = residual(column, found)
        left = sqrt(dot(rest, rest) / (dot(column, column) or 1.0))
        if left > NOTHING_LEFT:
            rest = residual(rest, found) if left < LITTLE_LEFT else rest
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
