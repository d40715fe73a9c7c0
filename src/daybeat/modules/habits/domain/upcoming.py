"""What a habit asks for next: the day, week or month that is still open, or else the first one to come."""

from dataclasses import dataclass
from datetime import date, timedelta

from daybeat.modules.habits.domain.history import DAY, History
from daybeat.modules.habits.domain.quotas import measure
from daybeat.modules.habits.domain.rules import Rule
from daybeat.modules.habits.domain.schedules import Quota, StreakUnit, streak_unit

LOOK_AHEAD = timedelta(days=400)
"""How far is looked: beyond the longest interval of a schedule, so that only a long pause finds nothing."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """An occurrence that can still be done, from its first day to its last; a due day is both.

    `asks_today` tells that it has begun, that today is neither skipped nor paused, and that a week or month had nothing
    of it today.
    """

    first: date
    last: date
    unit: StreakUnit
    asks_today: bool


def next_open(history: History, today: date) -> Upcoming | None:
    """Find the occurrence that is open today, else the next one; None where nothing comes within a year."""
    day = max(today, history.start)
    while day <= today + LOOK_AHEAD:
        rule = history.rule_on(day)
        first, last, is_open = _around(history, rule, day)
        if is_open:
            asks = first <= today and _asks(history, rule, today)
            return Upcoming(first, last, streak_unit(rule.schedule), asks_today=asks)
        day = last + DAY
    return None


def _around(history: History, rule: Rule, day: date) -> tuple[date, date, bool]:
    """Give the first and last day of what a day belongs to, and whether it asks for something that is undecided."""
    if isinstance(rule.schedule, Quota):
        period = measure(history, rule, day)
        return period.first, period.last, period.target > 0 and period.verdict_so_far is None
    mark = history.marks.get(day)
    is_due = rule.schedule.is_due(day) and not history.is_transparent(day, mark)
    return day, day, is_due and rule.judge_open(mark) is None


def _asks(history: History, rule: Rule, today: date) -> bool:
    mark = history.marks.get(today)
    had_its_share = rule.is_quota and rule.counts(mark) > 0
    return not had_its_share and not history.is_transparent(today, mark)
