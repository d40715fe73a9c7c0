"""Whether a difference or a trend is more than chance would make. What is not sure is not said."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import erfc, sqrt

from daybeat.modules.insights.domain.spans import Day
from daybeat.modules.insights.domain.student import two_sided_p


def differ(one: Sequence[Day], other: Sequence[Day]) -> float:
    """Give the chance that shares as different as those of two groups of days mean nothing.

    Two proportions, with continuity. What is done on one day hangs together, so that whole days are what scatters: the
    larger of two variances counts, that of single things times how much more days scatter than these would, and that
    of each group's days around their own share.
    """
    if min(len(one), len(other)) < 2 or not (_due(one) and _due(other)):  # noqa: PLR2004 - one day does not scatter
        return 1.0
    pooled, each = (_done(one) + _done(other)) / (_due(one) + _due(other)), 1 / _due(one) + 1 / _due(other)
    apart = abs(_share(one) - _share(other)) - each / 2
    alone = pooled * (1 - pooled) * each * max(1.0, _scatter_beyond_chance(one, other))
    spread = max(alone, sum(_rests(group) / _due(group) ** 2 for group in (one, other)))
    return two_sided_p(apart / sqrt(spread), min(len(one), len(other)) - 1) if apart > 0 and spread > 0 else 1.0


def mann_kendall(values: Sequence[float]) -> float:
    """Give the chance of so many steps in one direction (all pairs compared) where there is no trend."""
    n = len(values)
    rises = sum((later > sooner) - (later < sooner) for sooner, later in combinations(values, 2))
    ties = sum(_pairs(same) for same in Counter(values).values())
    spread = (_pairs(n) - ties) / 18
    return erfc(max(0, abs(rises) - 1) / sqrt(2 * spread)) if spread > 0 else 1.0


def _pairs(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


def _scatter_beyond_chance(one: Sequence[Day], other: Sequence[Day]) -> float:
    """Give how much more days scatter around their group's share than single things would; 0 where nothing scatters."""
    by_chance = sum(_due(group) * _share(group) * (1 - _share(group)) for group in (one, other))
    return (_rests(one) + _rests(other)) / by_chance if by_chance else 0.0


def _rests(days: Sequence[Day]) -> float:
    """Add up the squares by which days miss their group's share."""
    share, n = _share(days), len(days)
    return sum((min(day.done, day.due) - share * day.due) ** 2 for day in days) * n / (n - 1)


def _share(days: Sequence[Day]) -> float:
    return _done(days) / _due(days)


def _due(days: Sequence[Day]) -> int:
    return sum(day.due for day in days)


def _done(days: Sequence[Day]) -> int:
    return sum(min(day.done, day.due) for day in days)
