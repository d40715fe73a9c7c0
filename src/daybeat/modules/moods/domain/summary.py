"""What a history of moods tells: level, trend, volatility and the pattern of the week.

Everything works on daily moods, the mean of a day's entries, so that a day with many entries speaks once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import exp, sqrt
from statistics import fmean, median

HALF_LIFE = 7
FEWEST_WEEKS = 6
FEWEST_STEPS = 7
FEWEST_PER_WEEKDAY = 8
SURE = 0.01

Days = Mapping[date, float]
"""Daily mood by habit day; days without an entry are not in it."""


@dataclass(frozen=True, slots=True)
class Volatility:
    """Root mean square of successive differences over 30 days, beside the person's own 90."""

    recent: float
    usual: float


@dataclass(frozen=True, slots=True)
class WeekPattern:
    """Mean mood by weekday (0 Monday), and the chance that weekdays as different as these mean nothing."""

    means: tuple[float, ...]
    p: float

    @property
    def is_sure(self) -> bool:
        return self.p < SURE


def level(days: Days, today: date) -> float | None:
    """Weigh daily moods by age, a day half as much as one a week younger; None without any."""
    weights = [(0.5 ** ((today - day).days / HALF_LIFE), mood) for day, mood in days.items() if day <= today]
    total = sum(weight for weight, _ in weights)
    return sum(weight * mood for weight, mood in weights) / total if total else None


def trend(days: Days) -> float | None:
    """Give the change a week (Theil-Sen: the median of all slopes between weekly means), None under six weeks."""
    weeks: dict[int, list[float]] = {}
    for day, mood in days.items():
        weeks.setdefault(day.toordinal() // 7, []).append(mood)
    means = sorted((week, fmean(moods)) for week, moods in weeks.items())
    if len(means) < FEWEST_WEEKS:
        return None
    return median((later[1] - sooner[1]) / (later[0] - sooner[0]) for sooner, later in combinations(means, 2))


def volatility(days: Days, today: date) -> Volatility | None:
    """Compare how much mood jumps from day to day with how much it usually does; None while days are few."""
    recent, usual = (_rmssd(days, today - timedelta(days=span), today) for span in (30, 90))
    return None if recent is None or usual is None else Volatility(recent, usual)


def _rmssd(days: Days, after: date, until: date) -> float | None:
    moods = [days[day] for day in sorted(days) if after < day <= until]
    if len(moods) <= FEWEST_STEPS:
        return None
    return sqrt(fmean((later - sooner) ** 2 for sooner, later in pairwise(moods)))


def week_pattern(days: Days, entries: Mapping[int, int]) -> WeekPattern | None:
    """Compare the weekdays (Kruskal-Wallis). `entries` counts entries by weekday; None under eight on any of them."""
    if any(entries.get(weekday, 0) < FEWEST_PER_WEEKDAY for weekday in range(7)):
        return None
    groups = [[mood for day, mood in days.items() if day.weekday() == weekday] for weekday in range(7)]
    return WeekPattern(tuple(fmean(group) for group in groups), kruskal_wallis(groups))


def kruskal_wallis(groups: Sequence[Sequence[float]]) -> float:
    """Give p that seven groups come from one distribution: rank sums, corrected for ties, chi-squared with six."""
    values = sorted(value for group in groups for value in group)
    n = len(values)
    ranks = _mean_ranks(values)
    spread = sum(sum(ranks[value] for value in group) ** 2 / len(group) for group in groups)
    ties = sum(count**3 - count for count in _counts(values).values())
    correction = 1 - ties / (n**3 - n)
    if correction <= 0:
        return 1.0
    return _chi_squared_above((12 / (n * (n + 1)) * spread - 3 * (n + 1)) / correction)


def _counts(values: Sequence[float]) -> dict[float, int]:
    counts: dict[float, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def _mean_ranks(ascending: Sequence[float]) -> dict[float, float]:
    ranks, before = {}, 0
    for value, count in _counts(ascending).items():
        ranks[value] = before + (count + 1) / 2
        before += count
    return ranks


def _chi_squared_above(x: float) -> float:
    """The upper tail with six degrees of freedom has a closed form."""
    half = max(x, 0.0) / 2
    return exp(-half) * (1 + half + half**2 / 2)
