"""When a goal will be reached: a range, from futures made of the weeks that were.

Each future draws whole weeks from the last twelve, weekdays where they were, until the goal is reached. How well a few
weeks tell what is usual is not known either, so each future also has a level of its own: Student's t around 1, as wide
as the mean of so few weeks is uncertain, and never surer than a twentieth. Of all futures nine in ten lie in the range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf, sqrt
from random import Random
from statistics import fmean, stdev
from typing import Literal

from daybeat.modules.goals.domain.progress import Added, total

Verdict = Literal["reached", "on pace", "behind", "too early to say"]
Quantiles = tuple[float, float, float]

WEEK = 7
LEAST_WEEKS, MOST_WEEKS = 3, 12
FUTURES = 300
FARTHEST = 5 * 365  # days; what takes longer is not foreseen
EARLY, MIDDLE, LATE = 0.05, 0.5, 0.95
DOUBT = 0.05
LOWEST_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Weeks:
    """The amounts of recent whole weeks, day by day, and the day that follows them."""

    days: Sequence[Sequence[float]]
    following: date

    @property
    def sums(self) -> list[float]:
        return [sum(week) for week in self.days]


@dataclass(frozen=True, slots=True)
class Futures:
    """In how many days, counted from `first`, the goal is reached in each future, the shortest first."""

    first: date
    days: Sequence[float]

    def after(self, share: float) -> date | None:
        """Give the day by which this share of the futures has got there; None: farther than anybody sees."""
        days = self.days[min(len(self.days) - 1, int(share * len(self.days)))]
        return None if days == inf else self.first + timedelta(days=days - 1)

    def chance(self, deadline: date) -> float:
        """Give the share of the futures that get there by the deadline."""
        within = (deadline - self.first).days + 1
        return sum(days <= within for days in self.days) / len(self.days)


def recent_weeks(added: Added, start: date, today: date) -> Weeks | None:
    """Cut out the last whole weeks; None while there are too few, or nothing in them."""
    following = _following(added, today)
    number = min((following - start).days // WEEK, MOST_WEEKS)
    if number < LEAST_WEEKS:
        return None
    first = following - timedelta(days=number * WEEK)
    amounts = [added.get(first + timedelta(days=day), 0.0) for day in range(number * WEEK)]
    if total(amounts) <= 0:
        return None
    return Weeks([amounts[day : day + WEEK] for day in range(0, len(amounts), WEEK)], following)


def foresee(weeks: Weeks, remaining: float, seed: str) -> Futures:
    """Live through futures until what remains is added. The same seed gives the same ones."""
    dice, sums = Random(seed), weeks.sums  # noqa: S311 - a forecast, not a secret
    spread = _spread(sums)
    days = (_days_until(weeks, sums, remaining / _level(spread, len(sums), dice), dice) for _ in range(FUTURES))
    return Futures(weeks.following, sorted(days))


def fan(weeks: Weeks, progress: float, seed: str, number: int) -> list[tuple[date, Quantiles]]:
    """Give where the goal stands after each of so many coming weeks: low, middle and high of the futures."""
    dice, sums = Random(seed), weeks.sums  # noqa: S311 - a forecast, not a secret
    spread = _spread(sums)
    levels = (_level(spread, len(sums), dice) for _ in range(FUTURES))
    heights = [_heights(sums, progress, level, number, dice) for level in levels]
    ends = (weeks.following + timedelta(days=WEEK * (week + 1) - 1) for week in range(number))
    return [(end, _quantiles(column)) for end, column in zip(ends, zip(*heights, strict=True), strict=True)]


def verdict(futures: Futures | None, deadline: date | None, today: date, *, early: bool) -> Verdict | None:
    """Say whether the deadline will be kept, more likely than not; None without a deadline."""
    if deadline is not None and deadline < today:
        return "behind"
    if early:
        return "too early to say"
    if deadline is None:
        return None
    return "on pace" if futures is not None and futures.chance(deadline) >= MIDDLE else "behind"


def is_early(added: Added, start: date, today: date) -> bool:
    """Tell whether there are too few whole weeks to say anything."""
    return (_following(added, today) - start).days < LEAST_WEEKS * WEEK


def _following(added: Added, today: date) -> date:
    """Give the first day of the future: today, as long as nothing is known of it."""
    return today + timedelta(days=1) if today in added else today


def _spread(sums: Sequence[float]) -> float:
    """Give how uncertain the mean of these weeks is, as a share of it."""
    return sqrt((stdev(sums) / fmean(sums)) ** 2 / len(sums) + DOUBT**2)


def _level(spread: float, number: int, dice: Random) -> float:
    freedom = number - 1
    student = dice.gauss(0, 1) / sqrt(dice.gammavariate(freedom / 2, 2 / freedom))
    return max(LOWEST_LEVEL, 1 + student * spread)


def _days_until(weeks: Weeks, sums: Sequence[float], remaining: float, dice: Random) -> float:
    draw, number = dice.random, len(sums)
    for days in range(0, FARTHEST, WEEK):
        week = int(draw() * number)
        if sums[week] >= remaining:
            return days + _day_in(weeks.days[week], remaining)
        remaining -= sums[week]
    return inf


def _day_in(week: Sequence[float], remaining: float) -> int:
    """Give the day of the week, counted from 1, on which it is enough."""
    so_far = 0.0
    for number, amount in enumerate(week, 1):
        so_far += amount
        if so_far >= remaining:
            return number
    return len(week)


def _heights(sums: Sequence[float], progress: float, level: float, number: int, dice: Random) -> list[float]:
    heights = []
    for week in dice.choices(sums, k=number):
        progress += week * level
        heights.append(progress)
    return heights


def _quantiles(values: Sequence[float]) -> Quantiles:
    ordered = sorted(values)
    low, middle, high = (ordered[int(share * len(ordered))] for share in (EARLY, MIDDLE, LATE))
    return low, middle, high
