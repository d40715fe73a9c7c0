"""When a nudge comes: at the user's own time, and from there towards the time at which they do it by themselves.

Minutes count from midnight, 0 to 1439, and the day is a circle: 23:50 and 00:10 are near.

A nudge aims `LEAD` minutes before the time at which somebody usually does it. Afterwards the good days are done
already and the nudge is left with those on which little helps; long before, nobody is ready. The study
(`python -m bench nudges`) finds hardly a difference from the usual time itself to a quarter of an hour before it, and
fewer answers beyond either end: so it is a little before.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import exp

DAY = 24 * 60
DECAY = 0.96
"""What a check-in is worth after a day, against one of today."""
ENOUGH = 6
"""Unprompted check-ins before anything moves."""
STEP = 8
"""Minutes a day, so that a week moves 56 at most: less than an hour, without remembering the week."""
LEAD = 5
"""Minutes between a nudge and the time at which it is usually done."""
PRIOR = 1.0
"""What the user's own wish weighs: as much as one check-in of today, but it never ages."""
WIDTH = 60
"""Standard deviation of the kernel, in minutes: wide, since a dozen check-ins or two are all there is."""
GRID = 24
"""Minutes between the places where weight is kept. 60 of them, so that what is kept never grows."""
GRAIN = 2**20
"""Weights are multiples of 1/GRAIN. Such sums are exact, so the order of a day's check-ins cannot matter."""
_KERNEL = tuple(exp(-((min(apart, DAY - apart) / WIDTH) ** 2) / 2) for apart in range(DAY))
"""How much a check-in speaks for a time so many minutes apart from it, the circle closed."""
LEAST = 0.01
"""Weight that is not worth keeping after a day."""
LONGEST = 365
"""Days without settling after which weights stop growing: numbers have an end."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known about one habit's time of day.

    `own` is the minute the user chose, `at` the minute nudged at now. `weights` are (minute, weight) of unprompted
    check-ins by minute, as they count on the day `moved_on`, the last one on which `at` could move. `count` is how
    many there were.
    """

    own: int
    at: int
    weights: tuple[tuple[int, float], ...] = ()
    moved_on: date | None = None
    count: int = 0


def begin(own: int) -> Learned:
    """Start at the time the user chose, knowing nothing."""
    return Learned(own % DAY, own % DAY)


def learn(learned: Learned, minute: int, day: date) -> Learned:
    """Take in a check-in that no reminder brought about; one that comes late counts by its age."""
    since = learned.moved_on or day
    weight = DECAY ** max((since - day).days, -LONGEST)
    place, beyond = divmod(minute % DAY, GRID)
    here, there = place * GRID, (place + 1) * GRID % DAY
    weights = dict(learned.weights)
    # Between two places each gets its part, so that the middle of what was learned stays where it was.
    for at, part in ((here, GRID - beyond), (there, beyond)):
        weights[at] = weights.get(at, 0.0) + _grains(weight * part / GRID)
    return replace(learned, weights=tuple(sorted(weights.items())), moved_on=since, count=learned.count + 1)


def settle(learned: Learned, day: date, allowed: Callable[[int], bool] = lambda _: True) -> Learned:
    """Let a day pass: older check-ins count less, and the nudge moves at most `STEP` minutes.

    It walks only over minutes that are `allowed`, and never leaps over others. A second call on a day changes
    nothing. Where the nudge stands at a minute that is not allowed (any more) with none near, it stays.
    """
    if learned.moved_on is not None and day <= learned.moved_on:
        return learned
    age = (day - learned.moved_on).days if learned.moved_on else 1
    aged = ((minute, _grains(weight * DECAY**age)) for minute, weight in learned.weights)
    settled = replace(learned, weights=tuple(pair for pair in aged if pair[1] >= LEAST), moved_on=day)
    return replace(settled, at=_next(settled, allowed)) if settled.count >= ENOUGH else settled


def reason(learned: Learned) -> str:
    """Say why the nudge left the user's own time; empty while it has not."""
    if learned.at == learned.own or not learned.weights:
        return ""
    usual = max(range(0, DAY, 5), key=lambda minute: _evidence(learned.weights, minute))
    return f"You usually do this at {usual // 60}:{usual % 60:02}."


def undo(learned: Learned) -> Learned:
    """Go back to the user's own time and forget what was learned."""
    return begin(learned.own)


def _next(learned: Learned, allowed: Callable[[int], bool]) -> int:
    """Give the minute to nudge at from now on: a step towards the best one that can be walked to."""
    ways = [(0, 0)] if allowed(learned.at) else []
    ways += [(n * STEP, STEP) for n in _steps(learned.at, STEP, allowed)]
    ways += [(-n * STEP, -STEP) for n in _steps(learned.at, -STEP, allowed)]
    _, step = max(ways, key=lambda way: _promise(learned, learned.at + way[0]), default=(0, 0))
    return (learned.at + step) % DAY


def _steps(at: int, step: int, allowed: Callable[[int], bool]) -> Iterator[int]:
    """Count the steps in one direction, up to half the day round, while they end on allowed minutes."""
    for n in range(1, DAY // STEP // 2 + 1):
        if not allowed((at + n * step) % DAY):
            return
        yield n


def _promise(learned: Learned, minute: int) -> float:
    """Judge a minute for nudging: how near it is to the user's wish, and what is usually done `LEAD` later."""
    return PRIOR * _KERNEL[(minute - learned.own) % DAY] + _evidence(learned.weights, minute + LEAD)


def _evidence(weights: Iterable[tuple[int, float]], minute: int) -> float:
    return sum(weight * _KERNEL[(minute - at) % DAY] for at, weight in weights)


def _grains(weight: float) -> float:
    return round(weight * GRAIN) / GRAIN
