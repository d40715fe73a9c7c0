"""The figures of a habit worked out the slow way, straight from their definitions, to judge the fast way by.

Nothing here is kept from day to day: every unit is judged on its own, every window is added up anew, streaks are read
off the finished list of verdicts. It shares no code with Daybeat.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from math import ceil, sqrt

QUOTAS = {"per_week": 7, "per_month": 30, "weekly_total": 7}


@dataclass(frozen=True)
class Wish:
    """What somebody asked of themselves from a day on. `anchor` is where every-n-days counts from."""

    since: date
    kind: str
    n: int = 1
    days: tuple[int, ...] = ()
    week_start: int = 0
    target: float | None = None
    at_most: bool = False

    @property
    def is_quota(self) -> bool:
        return self.kind in QUOTAS

    @property
    def quota(self) -> float:
        return (self.target or 0) if self.kind == "weekly_total" else self.n

    @property
    def day_target(self) -> float | None:
        return None if self.kind == "weekly_total" else self.target


@dataclass(frozen=True)
class Life:
    """A habit's days: what was wished, what was said (a state and an amount), and which days do not count."""

    start: date
    today: date
    wishes: tuple[Wish, ...]
    said: Mapping[date, tuple[str, float | None]] = field(default_factory=dict)
    pauses: tuple[tuple[date, date], ...] = ()
    short: frozenset[date] = frozenset()

    def wish(self, day: date) -> Wish:
        return [wish for wish in self.wishes if wish.since <= day][-1]

    def as_of(self, today: date) -> "Life":
        """Give the life as it was lived up to a day."""
        said = {day: saying for day, saying in self.said.items() if day <= today}
        wishes = tuple(wish for wish in self.wishes if wish.since <= today)
        return replace(self, today=today, said=said, wishes=wishes)

    def days(self) -> list[date]:
        return [self.start + timedelta(n) for n in range((self.today - self.start).days + 1)]

    def state(self, day: date) -> str | None:
        return self.said[day][0] if day in self.said else None

    def amount(self, day: date) -> float:
        return self.said[day][1] or 0.0 if day in self.said else 0.0

    def counts_for_nothing(self, day: date) -> bool:
        if day in self.said:
            return self.state(day) == "skip"
        return day in self.short or any(first <= day <= last for first, last in self.pauses)


@dataclass(frozen=True)
class Figures:
    """What there is to compare."""

    streak: int
    best: int
    successes: float
    due: float
    strength: float
    total: int


def judge(life: Life) -> Figures:
    """Work out every figure."""
    verdicts = [verdict for _, verdict in verdicts_of(life) if verdict is not None]
    runs = [len(list(run)) for success, run in groupby(verdicts) if success]
    successes, due = _progress(life, verdicts)
    return Figures(
        streak=runs[-1] if verdicts and verdicts[-1] else 0,
        best=max(runs, default=0),
        successes=successes,
        due=due,
        strength=_strength(life),
        total=sum(life.state(day) == "done" for day in life.days()),
    )


def verdicts_of(life: Life) -> Iterator[tuple[date, bool | None]]:
    """Judge unit after unit on the day that ends it: True, False, or None where nothing was asked or it is open."""
    for day in life.days():
        wish = life.wish(day)
        if not wish.is_quota:
            yield day, _day_verdict(life, day)
        elif day == life.today or day == _period(life, day)[-1]:
            yield day, _period_verdict(life, day)


def _day_verdict(life: Life, day: date) -> bool | None:
    if not _due(life, day) or life.counts_for_nothing(day):
        return None
    wish, state, is_open = life.wish(day), life.state(day), day == life.today
    if state is None:
        return None if is_open else wish.kind == "avoid"
    if wish.kind == "avoid" or state == "no":
        return False
    met = _meets(wish, life.amount(day))
    if is_open and wish.day_target is not None and met == wish.at_most:
        return None
    return met


def _due(life: Life, day: date) -> bool:
    wish = life.wish(day)
    if wish.kind == "weekdays":
        return day.isoweekday() - 1 in wish.days
    if wish.kind == "every_n_days":
        return (day - wish.since) % timedelta(wish.n) == timedelta(0)
    return True


def _meets(wish: Wish, amount: float) -> bool:
    if wish.day_target is None:
        return True
    return amount <= wish.day_target if wish.at_most else amount >= wish.day_target


def _same_period(wish: Wish, one: date, other: date) -> bool:
    if wish.kind == "per_month":
        return (one.year, one.month) == (other.year, other.month)
    # Turned so that the week begins on a Monday, the calendar's own week number tells weeks apart.
    turn = timedelta(wish.week_start)
    return (one - turn).isocalendar()[:2] == (other - turn).isocalendar()[:2]


def _whole_period(wish: Wish, day: date) -> list[date]:
    around = (day + timedelta(n) for n in range(-31, 32))
    return [each for each in around if _same_period(wish, day, each)]


def _period(life: Life, day: date) -> list[date]:
    """Give the days of the period on which this very wish holds."""
    wish = life.wish(day)
    return [each for each in _whole_period(wish, day) if each >= life.start and life.wish(each) is wish]


def _period_sum(life: Life, day: date) -> float:
    return sum(_adds(life.wish(day), life, each) for each in _period(life, day))


def _period_target(life: Life, day: date) -> float:
    wish = life.wish(day)
    period = _period(life, day)
    available = sum(not life.counts_for_nothing(each) for each in period)
    if wish.at_most and wish.kind == "weekly_total" and available:
        # A limit that fell with every skip would let a skip end a streak.
        available = len(period)
    share = Fraction(wish.quota) * available / len(_whole_period(wish, day))
    # A whole target is never asked to be more than was asked of the whole period.
    return min(wish.quota, ceil(share))


def _period_verdict(life: Life, day: date) -> bool | None:
    wish, target, done = life.wish(day), _period_target(life, day), _period_sum(life, day)
    is_open = day == life.today
    if target == 0:
        return None
    if wish.kind == "weekly_total" and wish.at_most:
        if done > target:
            return False
        return None if is_open else any(life.state(each) == "done" for each in _period(life, day))
    return True if done >= target else None if is_open else False


def _adds(wish: Wish, life: Life, day: date) -> float:
    if life.state(day) != "done":
        return 0.0
    return life.amount(day) if wish.kind == "weekly_total" else float(_meets(wish, life.amount(day)))


def _progress(life: Life, verdicts: list[bool]) -> tuple[float, float]:
    wish = life.wish(life.today)
    if not wish.is_quota:
        return sum(verdicts), len(verdicts)
    done, target = _period_sum(life, life.today), _period_target(life, life.today)
    if wish.kind == "weekly_total" and wish.at_most:
        return done, target
    return min(done, target), target


def _strength(life: Life) -> float:
    strength = 0.0
    for day in life.days():
        if _moves_strength(life, day):
            keep = _keeping(life.wish(day))
            strength = keep * strength + (1 - keep) * _share(life, day)
    return strength


def _moves_strength(life: Life, day: date) -> bool:
    if life.counts_for_nothing(day) or not _due(life, day):
        return False
    return day < life.today or _is_closed_already(life, day)


def _is_closed_already(life: Life, today: date) -> bool:
    wish = life.wish(today)
    if not wish.is_quota:
        return _day_verdict(life, today) is not None
    if today not in life.said or life.state(today) == "no":
        return today in life.said
    if wish.kind == "weekly_total" and wish.at_most:
        return _period_verdict(life, today) is False
    return wish.day_target is None or _meets(wish, life.amount(today)) != wish.at_most


def _keeping(wish: Wish) -> float:
    times_a_day = {
        "weekdays": len(wish.days) / 7,
        "every_n_days": 1 / wish.n,
        "per_week": wish.n / 7,
        "per_month": wish.n / 30,
        "weekly_total": 1 / 7,
    }.get(wish.kind, 1.0)
    only_on_due_days = wish.kind in {"weekdays", "every_n_days"}
    exponent = 1 / (13 * sqrt(times_a_day)) if only_on_due_days else sqrt(times_a_day) / 13
    return float(0.5**exponent)


def _share(life: Life, day: date) -> float:
    wish, state = life.wish(day), life.state(day)
    if wish.is_quota:
        return _window_share(life, day)
    if wish.kind == "avoid":
        return float(state is None)
    if state != "done":
        return 0.0
    return 1.0 if wish.target is None else _part(life.amount(day), wish.target, at_most=wish.at_most)


def _window_share(life: Life, day: date) -> float:
    wish = life.wish(day)
    length, needed = QUOTAS[wish.kind], wish.quota
    if wish.target is None and wish.n < length:
        length, needed = 2 * length, 2 * needed
    window = [day - timedelta(n) for n in range(length)]
    limit = wish.kind == "weekly_total" and wish.at_most
    if limit and not any(life.state(each) == "done" for each in window):
        return 0.0
    return _part(sum(_adds(wish, life, each) for each in window), needed, at_most=limit)


def _part(amount: float, target: float, *, at_most: bool) -> float:
    if not at_most:
        return min(1.0, amount / target)
    if amount <= target:
        return 1.0
    return max(0.0, 1 - (amount - target) / target) if target else 0.0
