"""The moods of some days and what is held still beside them, worked out once for all habits known on the same days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress
from statistics import fmean

from daybeat.modules.insights.domain.detrending import Correlation, Days, Detrended, detrended
from daybeat.modules.insights.domain.regression import Explained, Series, Slope, basis, residual

DAY = timedelta(days=1)
SATURDAY = 5

Among = tuple[bool, ...]
"""Which of the days with a mood are meant."""


@dataclass(frozen=True, slots=True)
class Background:
    """Moods beside the calendar and the moods of the days before."""

    calendar: Sequence[Series]
    before: Sequence[Series]
    explained: Explained
    detrended: Detrended

    def beside(self, habit: Series) -> tuple[Slope, Correlation]:
        """Ask how a habit goes with these moods: the slope of the regression, and the correlation without trends."""
        rest = residual(habit, self.calendar)
        slope = self.explained.slope(habit, residual(rest, self.before))
        return slope, self.detrended.correlation(habit, rest)


class Moods:
    """The moods of one person by day, in the order of the days."""

    def __init__(self, moods: Mapping[date, float]) -> None:
        self._moods = list(moods.values())
        self._before = [moods.get(day - DAY) for day in moods]
        self._numbers = [day.toordinal() for day in moods]
        self._weekend = [float(day.weekday() >= SATURDAY) for day in moods]
        self._known: dict[Among, Background] = {}

    def on(self, among: Among) -> Background:
        """Prepare some of the days."""
        if among not in self._known:
            self._known[among] = self._background(among)
        return self._known[among]

    def _background(self, among: Among) -> Background:
        moods, numbers = list(compress(self._moods, among)), list(compress(self._numbers, among))
        usual, middle = fmean(moods), fmean(numbers)
        # An unknown yesterday was most likely as usual.
        before = [usual if mood is None else mood for mood in compress(self._before, among)]
        line = [number - middle for number in numbers]
        calendar = basis([[1.0] * len(moods), line, list(compress(self._weekend, among))])
        span = basis([before], calendar)
        rest, yesterday = residual(moods, calendar), span[len(calendar) :]
        return Background(
            calendar=calendar,
            before=yesterday,
            explained=Explained(moods, span, residual(rest, yesterday)),
            detrended=detrended(Days(numbers), moods, rest, len(calendar)),
        )
