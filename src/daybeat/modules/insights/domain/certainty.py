"""Whether a difference or a trend is more than chance would make. What is not sure is not said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import erfc, sqrt

from daybeat.modules.insights.domain.spans import Day
from daybeat.modules.insights.domain.student import two_sided_p


@dataclass(frozen=True, slots=True)
class _Group:
    """Days added up once: what was due and done, and the squares and products that tell how much they scatter."""

    n: int
    due: int
    done: int
    done_squared: int
    done_times_due: int
    due_squared: int

    @classmethod
    def of(cls, days: Sequence[Day]) -> "_Group":
        pairs = [(day.due, min(day.done, day.due)) for day in days]
        due, done = (sum(column) for column in zip(*pairs, strict=True)) if pairs else (0, 0)
        return cls(
            n=len(pairs),
            due=due,
            done=done,
            done_squared=sum(done * done for _, done in pairs),
            done_times_due=sum(due * done for due, done in pairs),
            due_squared=sum(due * due for due, _ in pairs),
        )

    @property
    def share(self) -> float:
        return self.done / self.due

    @property
    def rests(self) -> float:
        """Give the sum of the squares by which days miss their group's share."""
        squares = self.done_squared - 2 * self.share * self.done_times_due + self.share**2 * self.due_squared
        return squares * self.n / (self.n - 1)


def differ(these: Sequence[Day], those: Sequence[Day]) -> float:
    """Give the chance that shares as different as those of two groups of days mean nothing.

    Two proportions, with continuity. What is done on one day hangs together, so that whole days are what scatters: the
    larger of two variances counts, that of single things times how much more days scatter than these would, and that
    of each group's days around their own share.
    """
    one, other = _Group.of(these), _Group.of(those)
    if min(one.n, other.n) < 2 or not (one.due and other.due):  # noqa: PLR2004 - one day does not scatter
        return 1.0
    pooled, each = (one.done + other.done) / (one.due + other.due), 1 / one.due + 1 / other.due
    apart = abs(one.share - other.share) - each / 2
    alone = pooled * (1 - pooled) * each * max(1.0, _scatter_beyond_chance(one, other))
    spread = max(alone, one.rests / one.due**2 + other.rests / other.due**2)
    return two_sided_p(apart / sqrt(spread), min(one.n, other.n) - 1) if apart > 0 and spread > 0 else 1.0


def mann_kendall(values: Sequence[float]) -> float:
    """Give the chance of so many steps in one direction (all pairs compared) where there is no trend."""
    n = len(values)
    rises = sum((later > sooner) - (later < sooner) for sooner, later in combinations(values, 2))
    ties = sum(_pairs(same) for same in Counter(values).values())
    spread = (_pairs(n) - ties) / 18
    return erfc(max(0, abs(rises) - 1) / sqrt(2 * spread)) if spread > 0 else 1.0


def _pairs(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


def _scatter_beyond_chance(one: _Group, other: _Group) -> float:
    """Give how much more days scatter around their group's share than single things would; 0 where nothing scatters."""
    by_chance = sum(group.due * group.share * (1 - group.share) for group in (one, other))
    return (one.rests + other.rests) / by_chance if by_chance else 0.0
