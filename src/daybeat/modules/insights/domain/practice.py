"""How one habit was lived lately beside what it asks for: all that suggestions rest on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from math import ceil, floor
from typing import Any

from daybeat.modules.insights.domain.report import Unit
from daybeat.modules.insights.domain.wording import amount, counted, plain, weekdays

WEEK = 7
WINDOW = 93
"""Days looked back upon: two whole months, wherever in the third one today is."""
SHORTEST = {"day": 1, "week": 7, "month": 28}
AWAY = frozenset({"paused", "skipped"})
SOMETHING = ("done", "partial", "over")
MOSTLY = 0.7
"""The part of what is due in a span that has to be closed before the span is judged."""
TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a habit asks for by its newest rule, which holds since a day, and when it reminds.

    `schedule` is as in the API. `reminders` are times like `07:30` or `mon,fri 18:00`. `week_start` is the user's own,
    for a quota that would be new. `paused` tells of a pause that lasts or is to come, `quiet` gives the quiet hours as
    two minutes of the day.
    """

    schedule: Mapping[str, Any]
    target: float | None = None
    direction: str | None = None
    unit: str | None = None
    since: date = date.min
    reminders: tuple[str, ...] = ()
    week_start: int = 0
    paused: bool = False
    quiet: tuple[int, int] | None = None

    @property
    def kind(self) -> str:
        return str(self.schedule["kind"])

    @property
    def span(self) -> Unit:
        """Say what one occurrence is."""
        return {"per_week": "week", "weekly_total": "week", "per_month": "month"}.get(self.kind, "day")  # type: ignore[return-value]

    @property
    def is_to_be_reached(self) -> bool:
        """Tell habits of which more can be done from limits and from things to avoid."""
        return self.kind != "avoid" and self.direction != "at_most"

    @property
    def adds_up(self) -> bool:
        return self.kind == "weekly_total"

    @property
    def a_week(self) -> float:
        """Give how many days are due in a week."""
        each: Mapping[str, float] = {
            "weekdays": len(self.schedule.get("days", ())),
            "every_n_days": WEEK / self.schedule.get("n", 1),
            "per_week": self.schedule.get("n", 0),
        }
        return each.get(self.kind, WEEK)

    @property
    def basis(self) -> str:
        """Name the rule, so that another one is known to be another."""
        detail = self.schedule.get("n", "".join(map(str, self.schedule.get("days", ()))))
        return f"{self.kind} {detail} {self.target} {self.direction or ''}".strip()

    @property
    def words(self) -> str:
        """Say how often it is due: every day, every 3 days, Mondays and Fridays, 3 a week."""
        if self.adds_up:
            return f"{amount(self.target or 0, self.unit)} a week"
        if self.kind == "weekdays":
            return weekdays(sorted(self.schedule["days"]))
        if self.kind in {"per_week", "per_month"}:
            return f"{self.schedule['n']} a {self.span}"
        return every(self.schedule.get("n", 1))

    def in_unit(self, value: float) -> str:
        return amount(value, self.unit)


def every(n: int) -> str:
    return "every day" if n == 1 else f"every {counted(n, 'day')}"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a habit as `habit_days` keeps it, with the sum of its amounts (0 where nothing was said)."""

    date: dt.date
    state: str
    done: bool
    verdict: bool | None
    since: dt.date | None
    strength: float
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Period:
    """A closed week or month: whether it was met, on how many days it was done, and what the amounts add up to."""

    met: bool
    done: int
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A habit and its last days, the oldest first; the last one is today, which is open.

    `streak` counts the closed occurrences up to now. `minutes` are (day, minute) of what was checked in on the day
    itself without a reminder. `stopped_on` is the day on which something was done last, where that is a while ago and
    the habit's strength was once 30 % or more.
    """

    asked: Asked
    today: date
    days: Sequence[Day]
    streak: int = 0
    minutes: Sequence[tuple[date, int]] = ()
    stopped_on: date | None = None

    @property
    def strength(self) -> float:
        return self.days[-1].strength if self.days else 0.0

    @property
    def over(self) -> Sequence[Day]:
        """Give the days that are over."""
        return [day for day in self.days if day.date < self.today]

    def holds_for(self, length: int) -> bool:
        """Tell whether the newest rule was lived under for so many days."""
        return self.asked.since <= self.first(length)

    def first(self, length: int) -> date:
        return self.today - timedelta(days=length)

    def closed(self, length: int) -> Sequence[Day]:
        """Give the due days of the last so many days; none when the rule is younger or much of it was free."""
        if not self.holds_for(length):
            return ()
        first, last = self.first(length), self.days[-1 - length :]
        due = [day for day in last if first <= day.date < self.today and day.verdict is not None]
        return due if len(due) >= self.asked.a_week * length / WEEK * MOSTLY else ()

    def periods(self, number: int) -> Sequence[Period]:
        """Give the last whole weeks or months under the rule, the oldest first; none when there are fewer."""
        found = (self._period(day.since, day) for day in reversed(self.over) if self._is_whole(day))
        whole = list(islice((period for period in found if period is not None), number))
        return whole[::-1] if len(whole) == number else ()

    def weeks(self, number: int) -> Sequence[int]:
        """Count the met days in the last so many times seven days, the oldest first."""
        counts = [0] * number
        for day in self.over:
            age = (self.today - day.date).days - 1
            if day.verdict and age < number * WEEK:
                counts[number - 1 - age // WEEK] += 1
        return counts

    def missed_since(self, day: date) -> int:
        """Count the due occurrences that closed after a day, as far back as days are known."""
        return sum(each.verdict is not None and each.date > day for each in self.over)

    def _is_whole(self, day: Day) -> bool:
        if day.verdict is None or day.since is None or day.since < self.asked.since:
            return False
        return (day.date - day.since).days + 1 >= SHORTEST[self.asked.span]

    def _period(self, first: date | None, last: Day) -> Period | None:
        """Add a period up; None when some of it was paused or skipped, or is not known any more."""
        days = [day for day in self.days if first is not None and first <= day.date <= last.date]
        if first is None or len(days) != (last.date - first).days + 1 or any(day.state in AWAY for day in days):
            return None
        return Period(bool(last.verdict), sum(day.done for day in days), sum(day.amount for day in days))


def rounded_down(value: float, like: float) -> float:
    """Round to two digits, downwards, and to whole numbers where the old target is one."""
    step = _step(value, like)
    return round(floor(value / step + TINY) * step, 6)


def rounded_up(value: float, like: float) -> float:
    """Round to two digits, upwards, and to whole numbers where the old target is one."""
    step = _step(value, like)
    return round(ceil(value / step - TINY) * step, 6)


def _step(value: float, like: float) -> float:
    digits = len(str(int(value)))
    step = 10.0 ** (digits - 2) if value >= 1 else 0.01
    return max(step, 1.0) if float(like).is_integer() and value >= 1 else step


def per_week(counts: Sequence[float]) -> str:
    """Show what weeks came to: 1, 2, 1, 1."""
    return ", ".join(map(plain, counts))
