"""Whether the range of days in which a goal will be reached holds what then happens.

What the worlds assume of people, written down before anything was measured in them:

* A habit is done with a chance of 30 to 90 % on working days and 10 to 90 % at weekends, give or take a tenth a day of
  the week. Half of the habits are counted, half bring an amount, spread by 20 to 80 % of its mean.
* In the second world up to a fifth of the weeks are bad ones, in which all chances are a quarter. In the third one the
  chance also drifts, by about one percent a week in one direction, for good.
* The goal was set three to thirty weeks ago, and between a fifth of what was done since and twice that is missing.

Twelve weeks and a doubt of a twentieth were chosen with people of other seeds than those shown.

Nine in ten futures should lie in the range, as the page says; four of five to nineteen of twenty are good enough.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from random import Random
from statistics import median

from bench.table import Figure, print_table
from daybeat.modules.goals.domain.forecast import EARLY, LATE, LEAST_WEEKS, WEEK, Futures, foresee, recent_weeks

FUTURES = 500
START = date(2026, 1, 5)
LONGEST = 4000  # days
LEAST, MOST = 0.80, 0.95
BAD_WEEK = 0.25


@dataclass(frozen=True, slots=True)
class World:
    """How bad weeks and drift are, and how many weeks ago goals were set."""

    bad_weeks: float = 0.0
    drift: float = 0.0
    weeks: tuple[int, int] = (LEAST_WEEKS, 30)
    seed: int = 7


WORLDS = {
    "steady people": World(),
    "bad weeks": World(bad_weeks=0.2),
    "bad weeks and drift": World(bad_weeks=0.2, drift=0.008),
    "goals of three weeks": World(bad_weeks=0.2, weeks=(LEAST_WEEKS, LEAST_WEEKS)),
    "goals of half a year": World(bad_weeks=0.2, weeks=(26, 26)),
    "other people": World(bad_weeks=0.2, seed=2026),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was foreseen and what came: days from now, and how wide the range was beside the truth."""

    early: bool
    late: bool
    width: float


def run() -> None:
    """Print how often the truth lay in the range."""
    figures = [each for name, world in WORLDS.items() for each in _figures(name, list(_outcomes(world)))]
    print_table(f"When a goal is reached ({FUTURES} simulated futures a line)", figures, NOTES)


NOTES = (
    "In the range: the day on which the goal was reached lay between the earliest and the latest day foreseen.",
    "Width: the range in days, of the days it really took; the median of all.",
)


def _figures(name: str, outcomes: list[Outcome]) -> list[Figure]:
    early, late = (sum(getattr(each, side) for each in outcomes) / len(outcomes) for side in ("early", "late"))
    share, width = 1 - early - late, median(each.width for each in outcomes)
    aim, met = f"{LEAST:.0%} to {MOST:.0%}", LEAST <= share <= MOST
    sides = f"{early:.1%} sooner, {late:.1%} later"
    return [
        Figure(f"{name}: in the range", f"{share:.1%}", sides, "", aim, met),
        Figure(f"{name}: width", f"{width:.2f}"),
    ]


def _outcomes(world: World) -> Iterator[Outcome]:
    """Let people live until enough of them had something to foresee."""
    number = found = 0
    while found < FUTURES:
        outcome = _outcome(world, Random(f"{world.seed}/{number}"), f"goal {number}")
        number += 1
        if outcome is not None:
            found += 1
            yield outcome


def _outcome(world: World, dice: Random, goal: str) -> Outcome | None:
    live = _person(world, dice)
    lived = dice.randint(*world.weeks) * WEEK + dice.randrange(WEEK)
    amounts = [live(day) for day in range(lived)]
    added = {START + timedelta(day): amount for day, amount in enumerate(amounts) if amount}
    weeks = recent_weeks(added, START, START + timedelta(lived))
    remaining = sum(amounts) * dice.uniform(0.2, 2)
    if weeks is None:
        return None
    return _compared(foresee(weeks, remaining, goal), _days_needed(live, lived, remaining))


def _compared(futures: Futures, truth: int) -> Outcome:
    came = futures.first + timedelta(truth - 1)
    earliest, latest = futures.after(EARLY), futures.after(LATE)
    end = latest or date.max
    begin = earliest or date.max
    width = (min(end, futures.first + timedelta(LONGEST)) - min(begin, came)).days / truth
    return Outcome(came < begin, came > end, width)


def _days_needed(live: Callable[[int], float], day: int, remaining: float) -> int:
    for number in range(1, LONGEST):
        remaining -= live(day + number - 1)
        if remaining <= 0:
            return number
    return LONGEST


def _person(world: World, dice: Random) -> Callable[[int], float]:
    """Give what somebody does on each day, asked for in order."""
    working, weekend = dice.uniform(0.3, 0.9), dice.uniform(0.1, 0.9)
    chances = [min(0.98, max(0.05, dice.gauss(mean, 0.1))) for mean in [working] * 5 + [weekend] * 2]
    counted, mean, spread = dice.random() < 0.5, dice.uniform(2, 30), dice.uniform(0.2, 0.8)
    bad, drift = dice.uniform(0, world.bad_weeks), dice.gauss(0, world.drift)
    bad_weeks: dict[int, bool] = {}

    def live(day: int) -> float:
        week = day // WEEK
        is_bad = bad_weeks.setdefault(week, dice.random() < bad)
        chance = min(0.98, chances[day % WEEK] * exp(drift * week)) * (BAD_WEEK if is_bad else 1)
        if dice.random() >= chance:
            return 0.0
        return 1.0 if counted else max(0.5, dice.gauss(mean, mean * spread))

    return live
