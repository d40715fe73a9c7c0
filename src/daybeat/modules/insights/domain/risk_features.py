"""What a habit's past says about its next occurrence: five figures, kept as it goes.

One more occurrence costs the same after ten years as after ten days. Days that ask for nothing (skipped, paused, not
due) are no occurrences: they are left out by whoever knows what was due, and the past does not see them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log, log1p
from typing import NamedTuple

from daybeat.modules.insights.domain.report import Unit

SEED, HALF_LIFE = 0.6, 10
KEEPS = 0.5 ** (1 / HALF_LIFE)
"""What one occurrence leaves of the level before it."""
LEAST, MOST = 0.02, 0.98
PRIOR_DONE, PRIOR_ALL = 1.2, 2
"""What is supposed of a habit before it was seen: two occurrences, with the seed's share of them done."""
BORROWED = 6
"""Occurrences at the habit's mean that every weekday begins with."""
LONGEST_MISSES, LONGEST_STREAK = 14, 60
LATELY = 28
"""Occurrences that are kept one by one. Their middle is as old as what the level speaks of."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that was due once: a day, or a whole week or month, which is then told by its first day.

    Habits that are due on days have one for each due day, done when its target was met. Those that ask for so many
    times or so much in a week or month have one for each of these, done when it was met.
    """

    day: date
    unit: Unit = "day"

    @property
    def place(self) -> int:
        """Give the weekday, 0 to 6 from Monday; all weeks share one place, and so do all months."""
        return {"day": self.day.weekday(), "week": 7, "month": 8}[self.unit]


class Features(NamedTuple):
    """The five figures that chances are made of, or anything else that there is one of for each."""

    level: float
    weekday: float
    last_week: float
    misses: float
    streak: float


@dataclass(frozen=True, slots=True)
class Past:
    """The closed occurrences of one habit so far.

    `level` is 0 to 1. `misses` and `streak` are the current runs; one of them is 0. `places` holds (closed, done) by
    place. `recent` are the last 28 occurrences with what came of them.
    """

    closed: int = 0
    done: int = 0
    level: float = SEED
    misses: int = 0
    streak: int = 0
    places: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    recent: tuple[tuple[date, bool], ...] = ()

    @property
    def mean(self) -> float:
        """Give how often it was done in all, 0.02 to 0.98."""
        return within((self.done + PRIOR_DONE) / (self.closed + PRIOR_ALL))

    def rate_at(self, occurrence: Occurrence) -> float:
        """Give how often it was done on that weekday, 0.02 to 0.98, nearer to the mean the less is known."""
        closed, done = self.places.get(occurrence.place, (0, 0))
        return within((done + BORROWED * self.mean) / (closed + BORROWED))

    def a_week_before(self, occurrence: Occurrence) -> bool | None:
        """Tell what came seven days earlier; None where nothing was due then."""
        week_ago = occurrence.day - WEEK
        return next((done for day, done in reversed(self.recent) if day == week_ago), None)

    def before(self, occurrence: Occurrence) -> Features:
        """Describe the moment before an occurrence; nothing in it knows what will come of it."""
        week_ago = self.a_week_before(occurrence)
        return Features(
            level=logit(within(self.level)),
            weekday=logit(self.rate_at(occurrence)),
            last_week=self.mean if week_ago is None else float(week_ago),
            misses=log1p(min(self.misses, LONGEST_MISSES)),
            streak=log1p(min(self.streak, LONGEST_STREAK)),
        )

    def after(self, occurrence: Occurrence, *, done: bool) -> "Past":
        """Close an occurrence. They come in the order of their days."""
        closed_here, done_here = self.places.get(occurrence.place, (0, 0))
        return Past(
            closed=self.closed + 1,
            done=self.done + done,
            level=KEEPS * self.level + (1 - KEEPS) * done,
            misses=0 if done else self.misses + 1,
            streak=self.streak + 1 if done else 0,
            places={**self.places, occurrence.place: (closed_here + 1, done_here + done)},
            recent=(*self.recent, (occurrence.day, done))[-LATELY:],
        )


def within(chance: float) -> float:
    """Keep a chance away from certainty."""
    return min(max(chance, LEAST), MOST)


def logit(chance: float) -> float:
    """Give the log-odds of a chance between 0 and 1, both excluded."""
    return log(chance / (1 - chance))
