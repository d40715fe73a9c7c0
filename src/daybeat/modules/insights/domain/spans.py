"""What a span of days comes to: shares, best and worst days, and days on which nothing was left undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, quantiles

DAYS_FOR_PATTERNS = 14
FEWEST_IN_BAND = 3
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """What a day came to over all habits."""

    date: date
    due: int
    done: int

    @property
    def share(self) -> float:
        """Give what was done of what was due, 0 to 1; only for days on which something was due."""
        return self.done / self.due

    @property
    def is_perfect(self) -> bool:
        return self.due > 0 and self.done >= self.due


@dataclass(frozen=True, slots=True)
class Run:
    """Perfect days in a row, from the first to the last; `length` leaves out the days that asked for nothing."""

    first: date
    last: date
    length: int


def rate(done: float, due: float) -> float | None:
    """Give the share of what was due, 0 to 1; None where nothing was."""
    return done / due if due else None


def extremes(days: Iterable[Day]) -> tuple[Day | None, Day | None]:
    """Name the best and the worst day, of equals the one that asked more, or the newer; None when all are alike."""
    asked = [day for day in days if day.due]
    if len({day.share for day in asked}) < 2:  # noqa: PLR2004 - one share has no best and no worst
        return None, None
    best = max(asked, key=lambda day: (day.share, day.due, day.date))
    worst = min(asked, key=lambda day: (day.share, -day.due, -day.date.toordinal()))
    return best, worst


def longest_perfect_run(days: Iterable[Day]) -> Run | None:
    """Find the longest run of perfect days, the first of equals; days come in order."""
    best, running = None, None
    for day in days:
        if not day.due:
            continue
        if not day.is_perfect:
            running = None
            continue
        running = Run(running.first, day.date, running.length + 1) if running else Run(day.date, day.date, 1)
        best = running if best is None or running.length > best.length else best
    return best


def ready_on(began: date | None, today: date) -> date | None:
    """Give the day on which two weeks are known and patterns begin to show, None when that has come."""
    ready = (began or today) + timedelta(days=DAYS_FOR_PATTERNS)
    return ready if ready > today else None


def mean_mood(counts: Sequence[int]) -> float | None:
    """Give the mean of moods that are counted by score, 1 first; None without any."""
    n = sum(counts)
    return sum(score * count for score, count in enumerate(counts, 1)) / n if n else None


def middle_half(counts: Sequence[int]) -> tuple[float | None, float | None]:
    """Give the quartiles of moods that are counted by score; None while they are few."""
    if sum(counts) < FEWEST_IN_BAND:
        return None, None
    moods = [score for score, count in enumerate(counts, 1) for _ in range(count)]
    low, _, high = quantiles(moods, n=4, method="inclusive")
    return low, high


def mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return fmean(known) if known else None
