"""What sentences are made from, and what a sentence is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from daybeat.modules.insights.domain.report import Unit
from daybeat.modules.insights.domain.spans import Day


@dataclass(frozen=True, slots=True)
class Sentence:
    """One whole sentence or two, and how it was found out."""

    kind: str
    text: str
    detail: str
    habit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """An occurrence of a habit that is closed: its last day, and whether it was met."""

    day: date
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """A living habit: its run, its strength at the end of the span and of the span before (None: it was not there yet).

    `closed` are its occurrences of the last nine days, the oldest first, `strengths` its strength after each of these
    days.
    """

    habit_id: UUID
    name: str
    unit: Unit
    streak: int = 0
    best_streak: int = 0
    strength: float | None = None
    strength_before: float | None = None
    closed: Sequence[Closed] = ()
    strengths: Mapping[date, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known about a span of `length` days up to today, and before it.

    `days` reach back over the span before this one and 90 days at least, the oldest first. `hours` counts what was
    checked in on the day itself by hour. `moods` are the days' means over 90 days or the span, if that is longer, and
    `mood_entries` counts moods by weekday. `began` is the first day of which anything is known.
    """

    today: date
    length: int
    began: date | None
    days: Sequence[Day] = ()
    habits: Sequence[Lately] = ()
    hours: Mapping[int, int] = field(default_factory=dict)
    moods: Mapping[date, float] = field(default_factory=dict)
    mood_entries: Mapping[int, int] = field(default_factory=dict)

    @property
    def first(self) -> date:
        return self.today - timedelta(days=self.length - 1)

    @property
    def span(self) -> Sequence[Day]:
        """Give the days of the span, today included."""
        return [day for day in self.days if day.date >= self.first]

    @property
    def before(self) -> Sequence[Day]:
        """Give the days of the span of the same length before; none when that was not lived through as a whole."""
        begin = self.first - timedelta(days=self.length)
        is_whole = self.began is not None and self.began <= begin
        return [day for day in self.days if begin <= day.date < self.first] if is_whole else ()

    def over(self, length: int) -> Sequence[Day]:
        """Give the days of the last so many that are over and asked for something."""
        begin = self.today - timedelta(days=length)
        return [day for day in self.days if begin <= day.date < self.today and day.due]
