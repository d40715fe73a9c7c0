"""What daily moods tell by themselves: where they are, where they go, how much they jump, and whether weekdays differ.

A daily mood is the mean of a day's entries, 1 to 5. Days without an entry are not among them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, combinations, pairwise
from math import exp, sqrt
from statistics import fmean, median

HALF_LIFE = 7
FEWEST_WEEKS = 6
FEWEST_STEPS = 7
FEWEST_A_WEEKDAY = 8
SURE = 0.01

Moods = Mapping[date, float]


@dataclass(frozen=True, slots=True)
class Volatility:
    """Mood points from one day with a mood to the next (root mean square): in the last 30 days, and in 90."""

    recent: float
    usual: float


def level(moods: Moods, today: date) -> float | None:
    """Average up to today; a day counts half as much as one a week younger. None without any."""
    weights = {day: 0.5 ** ((today - day).days / HALF_LIFE) for day in moods if day <= today}
    total = sum(weights.values())
    return sum(weight * moods[day] for day, weight in weights.items()) / total if total else None


def trend(moods: Moods) -> float | None:
    """Give mood points a week: the median slope between two weekly means (Theil-Sen). None under six weeks."""
    weeks: dict[int, list[float]] = defaultdict(list)
    for day, mood in moods.items():
        weeks[day.toordinal() // 7].append(mood)  # Sunday to Saturday, as the Mood page has them
    if len(weeks) < FEWEST_WEEKS:
        return None
    means = sorted((week, fmean(of)) for week, of in weeks.items())
    return median((later - sooner) / (then - before) for (before, sooner), (then, later) in combinations(means, 2))


def volatility(moods: Moods, today: date) -> Volatility | None:
    """Compare the jumps of 30 days with the person's own 90. None until there are seven jumps in the 30."""
    recent, usual = (_jumps(moods, today - timedelta(span), today) for span in (30, 90))
    return Volatility(_root_mean_square(recent), _root_mean_square(usual)) if len(recent) >= FEWEST_STEPS else None


def weekdays_differ(moods: Moods, entries: Mapping[int, int]) -> bool | None:
    """Say whether weekdays differ for sure. `entries` by weekday (0 Monday); None under eight on any of the seven."""
    if any(entries.get(weekday, 0) < FEWEST_A_WEEKDAY for weekday in range(7)):
        return None
    groups = [[mood for day, mood in moods.items() if day.weekday() == weekday] for weekday in range(7)]
    return kruskal_wallis_p(groups) < SURE


def kruskal_wallis_p(groups: Sequence[Sequence[float]]) -> float:
    """Give the chance of seven groups this different if they are alike; no group is empty. Ties are allowed for."""
    counts = Counter(value for group in groups for value in group)
    total = counts.total()
    ties = 1 - sum(count**3 - count for count in counts.values()) / (total**3 - total)
    if ties <= 0:
        return 1.0
    ranks = _ranks(counts)
    middle = (total + 1) / 2
    apart = sum(len(group) * (fmean(ranks[value] for value in group) - middle) ** 2 for group in groups)
    return _chi_squared_above(12 * apart / (total * (total + 1)) / ties)


def _ranks(counts: Counter[float]) -> dict[float, float]:
    """Give each value the middle of the ranks it takes."""
    values = sorted(counts)
    upto = accumulate(counts[value] for value in values)
    return {value: last - (counts[value] - 1) / 2 for value, last in zip(values, upto, strict=True)}


def _chi_squared_above(x: float) -> float:
    """Seven groups leave six degrees of freedom, and an even number of them makes the tail a short sum."""
    half = x / 2
    return exp(-half) * (1 + half + half**2 / 2)


def _jumps(moods: Moods, after: date, until: date) -> list[float]:
    inside = [moods[day] for day in sorted(moods) if after < day <= until]
    return [later - sooner for sooner, later in pairwise(inside)]


def _root_mean_square(values: Iterable[float]) -> float:
    return sqrt(fmean(value**2 for value in values))
