"""Strength: an exponential average that forgives. Thirteen daily check-ins in a row reach one half.

    s = m·s + (1 − m)·c        m = 0.5^(√f / 13)

f is how many times a day the habit is due, c how much of it was done (0 to 1). Where only due days are counted
(weekday sets, every n days) m = 0.5^(1 / (13·√f)) so that both kinds fade equally fast by the calendar.
The formula is Loop Habit Tracker's.
"""

from functools import lru_cache
from math import sqrt

from daybeat.modules.habits.domain.schedules import Daily, Quota, Schedule

HALF_LIFE = 13


@lru_cache(maxsize=1024)
def keeping(schedule: Schedule) -> float:
    """Give m: the part of the old strength that one update keeps."""
    root = sqrt(schedule.per_day)
    on_every_day = isinstance(schedule, Daily | Quota)
    return float(0.5 ** (root / HALF_LIFE if on_every_day else 1 / (HALF_LIFE * root)))
