"""Asking at other times: leaving weekdays out that never work, and reminding when it is really done."""

from bisect import bisect_left, bisect_right
from collections import Counter
from datetime import date
from statistics import fmean

from daybeat.modules.insights.domain.practice import Practice
from daybeat.modules.insights.domain.suggestion import Suggestion
from daybeat.modules.insights.domain.wording import clock, counted, weekdays

EIGHT_WEEKS, SIX_WEEKS = 56, 42
OFTEN_ENOUGH = 6
"""Times that a weekday was due before it is said that it never works."""
MOST_LEFT_OUT = 2
FINE = 0.8
FEWEST_DAYS = 10
NEAR, APART = 45, 60
"""Minutes that are around the same time, and that are another one."""
MOSTLY = 0.7
LEAD, GRAIN = 5, 5
"""A reminder comes a little before the usual time, at a time that a clock face has."""
DAY = 24 * 60


def leave_out_weekdays(practice: Practice) -> Suggestion | None:
    """Leave one or two weekdays out on which it was never met, where the others are fine."""
    asked = practice.asked
    if asked.kind not in {"daily", "weekdays"} or not asked.is_to_be_reached:
        return None
    closed = practice.closed(EIGHT_WEEKS) or practice.closed(SIX_WEEKS)
    due, met = (
        Counter(day.date.weekday() for day in closed),
        Counter(day.date.weekday() for day in closed if day.verdict),
    )
    never = [day for day in sorted(due) if not met[day]]
    left = [day for day in sorted(due) if met[day]]
    rest_due, rest_met = sum(due[day] for day in left), sum(met.values())
    if not (1 <= len(never) <= MOST_LEFT_OUT and left and all(due[day] >= OFTEN_ENOUGH for day in never)):
        return None
    if rest_met < FINE * rest_due:
        return None
    missed = sum(due[day] for day in never)
    return Suggestion(
        kind="weekdays",
        basis=f"{asked.basis} without {never}",
        text=f"{weekdays(never)} never work out, the other days do. Leave them out.",
        evidence=(
            f"Done on 0 of the last {missed} due {weekdays(never)}.",
            f"Done on {rest_met} of {counted(rest_due, 'other due day')}.",
        ),
        button=f"Leave out {weekdays(never)}",
        change={"schedule": {"kind": "weekdays", "days": left}},
        weight=missed,
    )


def move_reminder(practice: Practice) -> Suggestion | None:
    """Remind when it is really done, where all reminders come at other times."""
    asked, minutes = practice.asked, _first_of_each_day(practice)
    if asked.kind == "avoid" or not asked.reminders or len(minutes) < FEWEST_DAYS:
        return None
    usual = _usual(minutes)
    near = sum(_apart(minute, usual) <= NEAR for minute in minutes)
    nearest = min(asked.reminders, key=lambda text: _apart(_minute_of(text), usual))
    at = (usual - LEAD) % DAY
    if near < max(FEWEST_DAYS, MOSTLY * len(minutes)) or _apart(_minute_of(nearest), usual) <= APART:
        return None
    if asked.quiet is not None and _is_within(at, *asked.quiet):
        return None
    days = nearest.rpartition(" ")[0]
    moved = f"{days} {clock(at)}".strip()
    return Suggestion(
        kind="move_reminder",
        basis=f"reminders {' '.join(asked.reminders)}",
        text=f"You usually do this around {clock(usual)}. A reminder at {clock(at)} comes when you can use it.",
        evidence=(
            f"Done within {NEAR} minutes of {clock(usual)} on {near} of {counted(len(minutes), 'day')} in six weeks.",
            f"The reminder nearest to that comes at {clock(_minute_of(nearest))}.",
        ),
        button=f"Remind me at {clock(at)}",
        change={"reminders": [moved if text == nearest else text for text in asked.reminders]},
        weight=_apart(_minute_of(nearest), usual),
    )


def _first_of_each_day(practice: Practice) -> list[int]:
    """Give the minute of the first check-in of each day of six weeks; a habit day may begin before midnight."""
    first = practice.first(SIX_WEEKS)
    days: dict[date, int] = {}
    for day, minute in practice.minutes:
        if day >= first:
            days.setdefault(day, minute)
    return list(days.values())


def _usual(minutes: list[int]) -> int:
    """Find the time around which most lie: the mean of those near the one that has most neighbours."""
    around = sorted(minute + turn for minute in minutes for turn in (-DAY, 0, DAY))
    neighbours = {at: bisect_right(around, at + NEAR) - bisect_left(around, at - NEAR) for at in sorted(minutes)}
    crowded = max(neighbours, key=lambda minute: neighbours[minute])
    near = [_signed(minute, crowded) for minute in minutes if _apart(minute, crowded) <= NEAR]
    return round((crowded + fmean(near)) / GRAIN) * GRAIN % DAY


def _signed(minute: int, other: int) -> int:
    """Give how far a time lies after another one, the shorter way round the clock."""
    return (minute - other + DAY // 2) % DAY - DAY // 2


def _apart(minute: int, other: int) -> int:
    return abs(_signed(minute, other))


def _minute_of(reminder: str) -> int:
    hours, minutes = reminder.rpartition(" ")[2].split(":")
    return int(hours) * 60 + int(minutes)


def _is_within(minute: int, begin: int, end: int) -> bool:
    return begin <= minute < end if begin <= end else minute >= begin or minute < end
