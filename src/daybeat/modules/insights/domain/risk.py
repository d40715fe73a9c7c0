"""How likely the next due occurrence is to be missed, and whether that is worth saying.

Two forecasters share the word. One is a logistic on five figures of the past, whose coefficients were learned once
from histories of other people, with an intercept that learns from this habit alone. The other only knows how often it
was done on that weekday; it is right about habits that the calendar rules. The more often one of them saw what came,
the more it is believed. Coefficients are never learned again from the histories that they are applied to.
"""

from dataclasses import dataclass, field
from math import exp

from daybeat.modules.insights.domain.risk_features import Features, Occurrence, Past

CONSTANT = -0.16267
COEFFICIENTS = Features(level=0.36306, weekday=0.31147, last_week=0.35007, misses=-0.40087, streak=0.35218)
DOUBT = 0.5
"""How far a habit's own intercept is supposed to lie from everybody's: one standard deviation, in log-odds."""
RATE, START, SHARE = 0.3, 0.85, 0.01
"""How fast belief follows success, what the logistic begins with, and what returns to that after every occurrence."""
ENOUGH = 10
"""Closed occurrences before anything is said."""
WORTH_SAYING = 0.6


@dataclass(frozen=True, slots=True)
class Forecaster:
    """What is known about one habit once its closed occurrences were seen.

    `own` is the intercept that the habit adds to everybody's, `certainty` the precision of it (1 / variance).
    `belief` is the weight of the logistic, 0 to 1; the weekday has the rest. `error` and `error_of_mean` are sums of
    squared errors over all occurrences, of these forecasts and of the habit's mean so far.
    """

    past: Past = field(default_factory=Past)
    own: float = 0.0
    certainty: float = 1 / DOUBT**2
    belief: float = START
    error: float = 0.0
    error_of_mean: float = 0.0

    def chance(self, occurrence: Occurrence) -> float:
        """Give the chance that it will be done, 0 to 1."""
        return self._mixed(self._logistic(occurrence), self.past.rate_at(occurrence))

    @property
    def has_earned_trust(self) -> bool:
        """Say whether the forecasts were better so far than always telling the mean."""
        return self.error < self.error_of_mean

    def after(self, occurrence: Occurrence, *, done: bool) -> "Forecaster":
        """Close an occurrence and learn from how it was foreseen. They come in the order of their days."""
        logistic, weekday, mean = self._logistic(occurrence), self.past.rate_at(occurrence), self.past.mean
        chance, certainty = self._mixed(logistic, weekday), self.certainty + logistic * (1 - logistic)
        return Forecaster(
            past=self.past.after(occurrence, done=done),
            # One step of Newton's method: large while little is known of this habit, and ever smaller.
            own=self.own + (done - logistic) / certainty,
            certainty=certainty,
            belief=self._belief_after(logistic, weekday, done=done),
            error=self.error + (done - chance) ** 2,
            error_of_mean=self.error_of_mean + (done - mean) ** 2,
        )

    def _mixed(self, logistic: float, weekday: float) -> float:
        return self.belief * logistic + (1 - self.belief) * weekday

    def _logistic(self, occurrence: Occurrence) -> float:
        log_odds = CONSTANT + self.own + sum(contributions(self.past.before(occurrence)))
        return 1 / (1 + exp(-log_odds))

    def _belief_after(self, logistic: float, weekday: float, *, done: bool) -> float:
        """Weigh both by exp(-RATE · log loss), the loss for which a mean of chances is the right mixture."""
        logistic_saw, weekday_saw = (logistic, weekday) if done else (1 - logistic, 1 - weekday)
        ours, theirs = self.belief * pow(logistic_saw, RATE), (1 - self.belief) * pow(weekday_saw, RATE)
        # Nobody is forgotten for good: habits change, and who was wrong for a year may be right tomorrow.
        return float((1 - SHARE) * ours / (ours + theirs) + SHARE * START)


@dataclass(frozen=True, slots=True)
class Risk:
    """What is expected of the next occurrence. `miss` is 0 to 1; `flagged` says that it should be told."""

    miss: float
    flagged: bool


@dataclass(frozen=True, slots=True)
class TooEarly:
    """Too few occurrences are closed for a word about the next one; `missing` is how many more it takes."""

    missing: int


def risk(known: Forecaster, occurrence: Occurrence) -> Risk | TooEarly:
    """Judge the next due occurrence: the open one, or the first one to come.

    For a running week or month this is what could be said on its first day; what was done in it since is not in it.
    """
    if known.past.closed < ENOUGH:
        return TooEarly(ENOUGH - known.past.closed)
    miss = 1 - known.chance(occurrence)
    return Risk(miss=miss, flagged=miss >= WORTH_SAYING and known.has_earned_trust)


def contributions(features: Features) -> Features:
    """Give what each figure adds to the log-odds of done."""
    return Features(*(weight * value for weight, value in zip(COEFFICIENTS, features, strict=True)))
