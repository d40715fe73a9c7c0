"""How a week or month is measured against its quota."""

import math
from dataclasses import dataclass
from datetime import date

from daybeat.modules.habits.domain.history import History, days
from daybeat.modules.habits.domain.rules import CheckInState, Mark, Rule, share_of_target
from daybeat.modules.habits.domain.schedules import PerMonth, PerWeek, Quota, WeeklyTotal


@dataclass(frozen=True, slots=True)
class Period:
    """One week or month, cut where the rule or the habit began or ended."""

    first: date
    last: date
    target: float  # effective: 0 when no day of it was available
    done: float
    has_check_ins: bool
    at_most: bool

    @property
    def verdict(self) -> bool | None:
        """Judge the period as if it were over. None: nothing could be asked of it."""
        if self.target == 0 and not self.at_most:
            return None
        if self.at_most:
            return None if self.target == 0 else self.has_check_ins and self.done <= self.target
        return self.done >= self.target

    @property
    def verdict_so_far(self) -> bool | None:
        """Judge the running period: it stays open until met, or until a limit is broken."""
        verdict = self.verdict
        if self.at_most:
            return False if verdict is False and self.done > self.target else None
        return verdict or None


def measure(history: History, rule: Rule, day: date) -> Period:
    """Add up the period around a day. Days still to come are available unless paused."""
    schedule = quota_of(rule)
    whole_first, whole_last = schedule.period(day)
    first, last = _clip(history, rule, whole_first, whole_last)
    marks = {day: history.marks.get(day) for day in days(first, last)}
    available = sum(not history.is_transparent(day, mark) for day, mark in marks.items())
    at_most = isinstance(schedule, WeeklyTotal) and rule.at_most
    if at_most and available:
        available = len(marks)  # skipping a day makes no limit tighter
    length = (whole_last - whole_first).days + 1
    return Period(
        first=first,
        last=last,
        target=_effective(schedule.quota, available, length),
        done=sum(rule.counts(mark) for mark in marks.values()),
        has_check_ins=any(map(_is_entry, marks.values())),
        at_most=at_most,
    )


def quota_of(rule: Rule) -> Quota:
    """Narrow a rule's schedule to a quota; asking that of another schedule is a mistake of ours."""
    if not isinstance(rule.schedule, PerWeek | PerMonth | WeeklyTotal):
        raise TypeError(rule.schedule.kind)
    return rule.schedule


def _is_entry(mark: Mark | None) -> bool:
    """Tell whether a day says how much it was; a skip does not."""
    return mark is not None and mark.state is CheckInState.DONE


def _effective(quota: float, available: int, length: int) -> float:
    return min(quota, math.ceil(quota * available / length))


def _clip(history: History, rule: Rule, first: date, last: date) -> tuple[date, date]:
    for candidate, begin, end in history.rule_spans():
        if candidate is rule:
            return max(first, begin), last if end is None else min(last, end)
    return first, last


class RollingWindow:
    """The days just behind, as strength sees them: what was done in the window against what it needed."""

    def __init__(self, history: History, rule: Rule, first: date) -> None:
        schedule = quota_of(rule)
        yes_or_no = not rule.is_numeric and not isinstance(schedule, WeeklyTotal)
        factor = 2 if yes_or_no and schedule.per_day < 1 else 1
        self._marks, self._rule = history.marks, rule
        self._length, self._needed = schedule.window * factor, schedule.quota * factor
        self._at_most = isinstance(schedule, WeeklyTotal) and rule.at_most
        self._begin = first.toordinal() - self._length
        before = [history.marks.get(date.fromordinal(n)) for n in range(self._begin, first.toordinal())]
        self._sum = sum(rule.counts(mark) for mark in before)
        self._said = sum(map(_is_entry, before))

    def share_after(self, mark: Mark | None) -> float:
        """Move one day on and give the share of the need that is met, 0 to 1."""
        leaving = self._marks.get(date.fromordinal(self._begin))
        self._begin += 1
        self._sum += self._rule.counts(mark) - self._rule.counts(leaving)
        self._said += _is_entry(mark) - _is_entry(leaving)
        if self._at_most and not self._said:
            return 0.0
        return share_of_target(self._sum, self._needed, at_most=self._at_most)
