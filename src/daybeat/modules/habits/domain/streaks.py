"""Streak, best streak, progress and strength, folded over the days of a habit.

A `Tally` is the fold after some day. It is small and can be kept: continuing from a kept tally gives what starting
at the first day gives, so today's check-in costs the same after ten years as after ten days.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from daybeat.modules.habits.domain.history import DAY, History, days
from daybeat.modules.habits.domain.quotas import Period, RollingWindow, measure, quota_of
from daybeat.modules.habits.domain.rules import CheckInState, Mark, Rule
from daybeat.modules.habits.domain.schedules import Quota, StreakUnit, streak_unit
from daybeat.modules.habits.domain.strength import keeping

LOOK_BACK = 62
"""Days before a tally whose marks are needed to continue from it: the longest rolling window, the longest month."""

_LAST_30 = (1 << 30) - 1


@dataclass(slots=True)
class Tally:
    """Running totals after every day up to and including `through` is closed."""

    through: date
    streak: int = 0
    best: int = 0
    successes: int = 0
    due: int = 0
    total: int = 0  # days with a check-in that was done, bonus ones too
    strength: float = 0.0
    due_days: int = 0  # the last 30 days as bits, the newest lowest: something fell due
    met_days: int = 0  # and it was met

    def pass_day(self, mark: Mark | None) -> None:
        self.due_days = self.due_days << 1 & _LAST_30
        self.met_days = self.met_days << 1 & _LAST_30
        if mark is not None and mark.state is CheckInState.DONE:
            self.total += 1

    def count(self, verdict: bool | None) -> None:  # noqa: FBT001 - the verdict is all there is to say
        if verdict is None:
            return
        self.due += 1
        self.due_days |= 1
        if not verdict:
            self.streak = 0
            return
        self.successes += 1
        self.met_days |= 1
        self.streak += 1
        self.best = max(self.best, self.streak)

    def grow(self, share: float, keep: float) -> None:
        self.strength = keep * self.strength + (1 - keep) * share


@dataclass(frozen=True, slots=True)
class Stats:
    """How a habit is going, as of one day. `rate_30d` is None while nothing was due."""

    streak: int
    best_streak: int
    unit: StreakUnit
    strength: float
    successes: float
    due: float
    rate_30d: float | None
    total: int
    period: Period | None = None


def seed(history: History) -> Tally:
    """Give the tally before the first day."""
    return Tally(through=history.start - DAY)


def close_days(tally: Tally, history: History, until: date) -> Iterator[date]:
    """Close day after day up to and including `until`, changing the tally; yields each day when it is closed."""
    for rule, first, last in history.segments(tally.through + DAY, until):
        walk = _close_quota_days if isinstance(rule.schedule, Quota) else _close_occurrences
        for day in walk(tally, history, rule, first, last):
            tally.through = day
            yield day


def closed(tally: Tally, history: History, until: date) -> Tally:
    """Give a new tally that reaches `until`."""
    tally = replace(tally)
    for _ in close_days(tally, history, until):
        pass
    return tally


def stats_on(history: History, today: date, tally: Tally | None = None) -> Stats:
    """Say how the habit is going today, which is still open, continuing from a kept tally where there is one."""
    tally = closed(tally or seed(history), history, today - DAY)
    period = look_at(tally, history, today) if today >= history.start else None
    return _summary(tally, history.rule_on(today), period)


def look_at(tally: Tally, history: History, today: date) -> Period | None:
    """Add to a tally what the open day has decided so far; gives the running week or month of a quota."""
    rule, mark = history.rule_on(today), history.marks.get(today)
    tally.pass_day(mark)
    period = measure(history, rule, today) if isinstance(rule.schedule, Quota) else None
    if period is None:
        _look_at_today(tally, history, rule, today, mark)
    else:
        _look_at_period(tally, history, rule, today, mark, period)
    return period


def _close_occurrences(tally: Tally, history: History, rule: Rule, first: date, last: date) -> Iterator[date]:
    schedule, keep = rule.schedule, keeping(rule.schedule)
    for day in days(first, last):
        mark = history.marks.get(day)
        tally.pass_day(mark)
        if schedule.is_due(day) and not history.is_transparent(day, mark):  # type: ignore[union-attr]
            tally.count(rule.judge_closed(mark))
            tally.grow(rule.score(mark), keep)
        yield day


def _close_quota_days(tally: Tally, history: History, rule: Rule, first: date, last: date) -> Iterator[date]:
    window, keep = RollingWindow(history, rule, first), keeping(rule.schedule)
    following = next((later.since for later in history.rules if later.since > rule.since), None)
    cut = following and following - timedelta(days=1)
    for day in days(first, last):
        mark = history.marks.get(day)
        tally.pass_day(mark)
        share = window.share_after(mark)
        if not history.is_transparent(day, mark):
            tally.grow(share, keep)
        if day == cut or day == quota_of(rule).period(day)[1]:
            tally.count(measure(history, rule, day).verdict)
        yield day


def _look_at_today(tally: Tally, history: History, rule: Rule, today: date, mark: Mark | None) -> None:
    if not rule.schedule.is_due(today) or history.is_transparent(today, mark):  # type: ignore[union-attr]
        return
    verdict = rule.judge_open(mark)
    tally.count(verdict)
    if verdict is not None:
        tally.grow(rule.score(mark), keeping(rule.schedule))


def _look_at_period(tally: Tally, history: History, rule: Rule, today: date, mark: Mark | None, period: Period) -> None:
    tally.count(period.verdict_so_far)
    decided = rule.judge_open(mark)
    if decided and period.at_most:
        decided = period.verdict_so_far  # more can still be added, until the limit is broken
    if decided is not None and not history.is_transparent(today, mark):
        tally.grow(RollingWindow(history, rule, today).share_after(mark), keeping(rule.schedule))


def _summary(tally: Tally, rule: Rule, period: Period | None) -> Stats:
    fell_due = tally.due_days.bit_count()
    successes: float = tally.successes
    due: float = tally.due
    if period is not None:
        successes = period.done if period.at_most else min(period.done, period.target)
        due = period.target
    return Stats(
        streak=tally.streak,
        best_streak=tally.best,
        unit=streak_unit(rule.schedule),
        strength=tally.strength,
        successes=successes,
        due=due,
        rate_30d=tally.met_days.bit_count() / fell_due if fell_due else None,
        total=tally.total,
        period=period,
    )
