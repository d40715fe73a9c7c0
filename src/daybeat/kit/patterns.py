"""What a history of daily values tells: its level, its trend, and whether its weekdays differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import exp
from statistics import fmean, median

HALF_LIFE = 7
FEWEST_WEEKS = 6
FEWEST_PER_WEEKDAY = 8
SURE = 0.01

Days = Mapping[date, float]
"""One value a day; days without any are not in it."""


@dataclass(frozen=True, slots=True)
class WeekPattern:
    """Mean value by weekday (0 Monday), and the chance that weekdays as different as these mean nothing."""

    means: tuple[float, ...]
    p: float

    @property
    def is_sure(self) -> bool:
        return self.p < SURE


def week_number(day: date) -> int:
    """Number the weeks, which begin on Monday, without a gap from year to year."""
    return (day.toordinal() - 1) // 7


def level(days: Days, today: date) -> float | None:
    """Weigh daily values by age, a day half as much as one a week younger; None without any."""
    weights = [(0.5 ** ((today - day).days / HALF_LIFE), value) for day, value in days.items() if day <= today]
    total = sum(weight for weight, _ in weights)
    return sum(weight * value for weight, value in weights) / total if total else None


def weekly_means(days: Days) -> list[tuple[int, float]]:
    """Average the days of each week, the oldest first: (week number, mean)."""
    weeks: dict[int, list[float]] = {}
    for day, value in days.items():
        weeks.setdefault(week_number(day), []).append(value)
    return sorted((week, fmean(values)) for week, values in weeks.items())


def trend(days: Days) -> float | None:
    """Give the change a week (Theil-Sen: the median of all slopes between weekly means), None under six weeks."""
    means = weekly_means(days)
    if len(means) < FEWEST_WEEKS:
        return None
    return median((later[1] - sooner[1]) / (later[0] - sooner[0]) for sooner, later in combinations(means, 2))


def week_pattern(days: Days, entries: Mapping[int, int]) -> WeekPattern | None:
    """Compare the weekdays (Kruskal-Wallis). `entries` counts entries by weekday; None under eight on any of them."""
    if any(entries.get(weekday, 0) < FEWEST_PER_WEEKDAY for weekday in range(7)):
        return None
    groups = [[value for day, value in days.items() if day.weekday() == weekday] for weekday in range(7)]
    return WeekPattern(tuple(fmean(group) for group in groups), kruskal_wallis(groups))


def kruskal_wallis(groups: Sequence[Sequence[float]]) -> float:
    """Give p that seven groups come from one distribution: rank sums, corrected for ties, chi-squared with six."""
    values = sorted(value for group in groups for value in group)
    n = len(values)
    ranks = _mean_ranks(values)
    spread = sum(sum(ranks[value] for value in group) ** 2 / len(group) for group in groups)
    ties = sum(count**3 - count for count in Counter(values).values())
    correction = 1 - ties / (n**3 - n)
    if correction <= 0:
        return 1.0
    return _chi_squared_above((12 / (n * (n + 1)) * spread - 3 * (n + 1)) / correction)


def _mean_ranks(ascending: Sequence[float]) -> dict[float, float]:
    ranks, before = {}, 0
    for value, count in Counter(ascending).items():
        ranks[value] = before + (count + 1) / 2
        before += count
    return ranks


def _chi_squared_above(x: float) -> float:
    """The upper tail with six degrees of freedom has a closed form."""
    half = max(x, 0.0) / 2
    return exp(-half) * (1 + half + half**2 / 2)
