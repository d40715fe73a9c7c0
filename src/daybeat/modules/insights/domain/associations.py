"""Which habits go with better or worse moods: said only where it would hold among people for whom nothing is true.

Two tests look at each habit, since each is fooled by something else, and the less impressed one decides:

* A regression of the day's mood on the habit, with yesterday's mood, the weekend and a line through time held still.
* The correlation of both after weekend and line are taken out, with the days counted for what they are worth.

Both have to point the same way. Then all habits of the person are judged together (Benjamini-Hochberg). Nothing here
says what causes what: it goes with, not because of.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, isinf, sqrt
from typing import Literal

from daybeat.modules.insights.domain.backgrounds import Moods
from daybeat.modules.insights.domain.false_discovery import q_values
from daybeat.modules.insights.domain.regression import Slope

Verdict = Literal["finding", "hint", "nothing", "too little data"]

FEWEST_DAYS, FEWEST_A_SIDE = 30, 8
FINDING, HINT = 0.05, 0.10
TAU = 0.3
"""Mood points by which a habit's days usually differ, before anything is known of this one."""
WINDOW = 365
"""Days looked back upon: a line through time is no description of ten years."""
PACE = 28
"""Days of which it is told how soon there will be enough."""
SURE = 1.96


@dataclass(frozen=True, slots=True)
class Day:
    """A habit day that is over. `mood` is its mean (1 to 5), None without any.

    `done` tells of each habit whether it was done; None where it was not due, skipped, paused or is unknown.
    """

    date: date
    mood: float | None
    done: Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Effect:
    """Mood points by which days with the habit differ, held back towards 0, and the range that holds it in 95 %."""

    points: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Association:
    """What can be said of one habit. `done` and `not_done` count its days with a mood, `n` is their sum.

    With too little data there is no effect, p or q, and `enough_on` is the day on which there will be enough, if the
    last four weeks go on; None when they would never bring it.
    """

    habit: str
    verdict: Verdict
    done: int
    not_done: int
    enough_on: date | None = None
    effect: Effect | None = None
    p: float | None = None
    q: float | None = None

    @property
    def n(self) -> int:
        return self.done + self.not_done


@dataclass(frozen=True, slots=True)
class _Known:
    """One habit on the days that have a mood: True where it was done, None where nothing is known."""

    days: Sequence[date]
    done: tuple[bool | None, ...]

    def sides(self, since: date = date.min) -> tuple[int, int]:
        """Count the days on which it was done, and those on which it was not."""
        counted = self.done[bisect_right(self.days, since) :]
        return counted.count(True), counted.count(False)


def associations(days: Sequence[Day], today: date) -> tuple[Association, ...]:
    """Judge all habits of one person together, in the order in which they come up. One entry a date, any order."""
    recent = sorted((day for day in days if day.date > today - timedelta(WINDOW)), key=lambda day: day.date)
    known = _known(recent)
    moods = Moods({day.date: day.mood for day in recent if day.mood is not None})
    tests = {habit: _test(lived.done, moods) for habit, lived in known.items() if _is_enough(*lived.sides())}
    qs = dict(zip(tests, q_values([p for _, p in tests.values()]), strict=True))
    began = recent[0].date if recent else today
    return tuple(
        _judged(habit, lived, *tests[habit], qs[habit]) if habit in tests else _too_little(habit, lived, began, today)
        for habit, lived in known.items()
    )


def _known(days: Sequence[Day]) -> dict[str, _Known]:
    habits = dict.fromkeys(habit for day in days for habit in day.done)
    told = [day for day in days if day.mood is not None]
    dates = [day.date for day in told]
    return {habit: _Known(dates, tuple(day.done.get(habit) for day in told)) for habit in habits}


def _is_enough(done: int, not_done: int) -> bool:
    return done + not_done >= FEWEST_DAYS and min(done, not_done) >= FEWEST_A_SIDE


def _test(done: Sequence[bool | None], moods: Moods) -> tuple[Slope, float]:
    """Ask both tests; the larger p counts, and 1 when they point to different sides."""
    habit = [float(each) for each in done if each is not None]
    regressed, correlated = moods.on(tuple(each is not None for each in done)).beside(habit)
    agree = regressed.estimate * correlated.r > 0
    return regressed, max(regressed.p, correlated.p) if agree else 1.0


def _judged(habit: str, known: _Known, regressed: Slope, p: float, q: float) -> Association:
    verdict: Verdict = "finding" if q <= FINDING else "hint" if q <= HINT else "nothing"
    return Association(habit, verdict, *known.sides(), effect=shrunk(regressed), p=p, q=q)


def shrunk(found: Slope) -> Effect:
    """Hold a slope back by how little is known: tau^2/(tau^2 + se^2) of it is left, and its range narrows likewise."""
    if isinf(found.error):
        return Effect(0.0, -SURE * TAU, SURE * TAU)
    kept = TAU**2 / (TAU**2 + found.error**2)
    points, reach = kept * found.estimate, _sure(found.freedom) * sqrt(kept) * found.error
    return Effect(points, points - reach, points + reach)


def _sure(freedom: int) -> float:
    """Give the standard errors to either side that hold 95 %: a few more than 1.96 while days are few."""
    return SURE + (SURE**3 + SURE) / (4 * freedom)


def _too_little(habit: str, known: _Known, began: date, today: date) -> Association:
    done, not_done = known.sides()
    span = min(PACE, (today - began).days + 1)
    lately = known.sides(today - timedelta(span))
    short = (FEWEST_DAYS - done - not_done, FEWEST_A_SIDE - done, FEWEST_A_SIDE - not_done)
    waits = [_wait(missing, came, span) for missing, came in zip(short, (sum(lately), *lately), strict=True)]
    never = any(wait is None for wait in waits)
    enough_on = None if never else today + timedelta(max(wait for wait in waits if wait is not None))
    return Association(habit, "too little data", done, not_done, enough_on)


def _wait(missing: int, came: int, span: int) -> int | None:
    """Give the days until the missing ones have come, if so many come in a span; None when none come."""
    if missing <= 0:
        return 0
    return ceil(missing * span / came) if came else None
