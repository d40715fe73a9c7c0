"""What some days asked for and what was done on them: what reports ask of habits."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from daybeat.kit.calendar import UserCalendar
from daybeat.modules.habits.domain.faces import face_of, went_well
from daybeat.modules.habits.domain.history import DAY, History, days
from daybeat.modules.habits.domain.quotas import Period, measure
from daybeat.modules.habits.domain.rules import Rule
from daybeat.modules.habits.domain.schedules import Quota, WeeklyTotal
from daybeat.modules.habits.domain.streaks import LOOK_BACK
from daybeat.modules.habits.repository import HabitRepository


def asked_and_done(
    repository: HabitRepository, row: Row[Any], calendar: UserCalendar, first: date, last: date, today: date
) -> tuple[int, int]:
    """Count what was asked from the first day to the last and what was done, each part by the rule that held then.

    A quota asks for its share of the days. Only these days and some before them are read, however long ago they were.
    """
    history = repository.history_between(row, calendar, first - LOOK_BACK * DAY, last)
    counted = _on_one_day if first == last else _counted
    parts = [counted(history, rule, begin, end, today) for rule, begin, end in history.segments(first, last)]
    return sum(asked for asked, _ in parts), sum(done for _, done in parts)


def _counted(history: History, rule: Rule, first: date, last: date, today: date) -> tuple[int, int]:
    if isinstance(rule.schedule, WeeklyTotal):
        return _reached(list(_periods(history, rule, first, last)), last)
    asked, done = _days(history, rule, first, last, today)
    if isinstance(rule.schedule, Quota):
        share = _share(list(_periods(history, rule, first, last)), first, last)
        return max(min(share, (last - first).days + 1), done), done
    return asked, done


def _on_one_day(history: History, rule: Rule, first: date, last: date, today: date) -> tuple[int, int]:
    """Count a single day: a quota asks it for nothing in particular, and an amount is not reached on a day."""
    if isinstance(rule.schedule, WeeklyTotal):
        return 0, 0
    asked, done = _days(history, rule, first, last, today)
    return (done if isinstance(rule.schedule, Quota) else asked), done


def _days(history: History, rule: Rule, first: date, last: date, today: date) -> tuple[int, int]:
    faces = [face_of(history, day, today) for day in days(first, last)]
    return sum(face.due for face in faces), sum(went_well(face, rule) for face in faces)


def _share(periods: Sequence[Period], first: date, last: date) -> int:
    """Give what the days of weeks or months that fall between two days are asked for."""
    return round(sum(period.target * _inside(period, first, last) for period in periods))


def _inside(period: Period, first: date, last: date) -> float:
    inside = (min(period.last, last) - max(period.first, first)).days + 1
    return inside / ((period.last - period.first).days + 1)


def _reached(periods: Sequence[Period], last: date) -> tuple[int, int]:
    """Count the weeks that ended, and those that came to what was asked."""
    judged = [period.verdict for period in periods if period.last <= last and period.verdict is not None]
    return len(judged), sum(judged)


def _periods(history: History, rule: Rule, first: date, last: date) -> Iterator[Period]:
    day = first
    while day <= last:
        period = measure(history, rule, day)
        yield period
        day = period.last + DAY
