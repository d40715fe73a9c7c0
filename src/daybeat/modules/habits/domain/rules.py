"""One version of a habit's rule, and how it judges a single day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from daybeat.modules.habits.domain.schedules import Avoid, Quota, Schedule, WeeklyTotal


class CheckInState(StrEnum):
    """What somebody can say about a day."""

    DONE = "done"
    SKIP = "skip"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Mark:
    """What all check-ins of one day come to: `amount` is their sum, None where none was given."""

    state: CheckInState
    amount: float | None = None
    count: int = 1

    @property
    def total(self) -> float:
        return self.amount or 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A schedule with its target, lived under from `since` until the next version."""

    since: date
    schedule: Schedule
    target: float | None = None
    at_most: bool = False

    @property
    def is_quota(self) -> bool:
        return isinstance(self.schedule, Quota)

    @property
    def avoids(self) -> bool:
        return isinstance(self.schedule, Avoid)

    @property
    def is_numeric(self) -> bool:
        return self.target is not None

    def judge_closed(self, mark: Mark | None) -> bool:
        """Judge a due day that is over. Silence is a miss, except where there was something to avoid."""
        if self.avoids:
            return mark is None
        if mark is None or mark.state is CheckInState.NO:
            return False
        return self._meets_target(mark.total)

    def judge_open(self, mark: Mark | None) -> bool | None:
        """Judge today, which is not over: None while it can still go either way."""
        if mark is None:
            return None
        if self.avoids or mark.state is CheckInState.NO:
            return False
        met = self._meets_target(mark.total)
        undecided = self.is_numeric and met == self.at_most
        return None if undecided else met

    def score(self, mark: Mark | None) -> float:
        """How much of what was due was done, 0 to 1: the `c` of the strength formula."""
        if self.avoids:
            return float(mark is None)
        if mark is None or mark.state is CheckInState.NO:
            return 0.0
        return 1.0 if self.target is None else share_of_target(mark.total, self.target, at_most=self.at_most)

    def counts(self, mark: Mark | None) -> float:
        """What the day adds to a quota: one for a day that was done, or its amount where a total is asked."""
        if mark is None or mark.state is not CheckInState.DONE:
            return 0.0
        if isinstance(self.schedule, WeeklyTotal):
            return mark.total
        return float(self._meets_target(mark.total))

    def _meets_target(self, amount: float) -> bool:
        if self.target is None:
            return True
        return amount <= self.target if self.at_most else amount >= self.target


def share_of_target(amount: float, target: float, *, at_most: bool) -> float:
    """Give 0..1. A limit falls from 1 at the target to 0 at twice the target."""
    if not at_most:
        return min(1.0, amount / target)
    if amount <= target:
        return 1.0
    return max(0.0, 2.0 - amount / target) if target else 0.0
