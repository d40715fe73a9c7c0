"""Everything that is known about one habit's days, gathered before anything is judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from daybeat.modules.habits.domain.rules import CheckInState, Mark, Rule

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days, both ends included, on which the habit asks for nothing."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class History:
    """The rules somebody lived under (oldest first), what they said of each day, and the days that do not count.

    `marks` may hold only the days after a tally's `through` and the `LOOK_BACK` days before.
    """

    start: date
    rules: tuple[Rule, ...]
    marks: Mapping[date, Mark]
    pauses: tuple[Pause, ...] = ()
    short_days: frozenset[date] = field(default_factory=frozenset)

    def rule_on(self, day: date) -> Rule:
        for rule in reversed(self.rules):
            if rule.since <= day:
                return rule
        return self.rules[0]

    def segments(self, first: date, last: date) -> Iterator[tuple[Rule, date, date]]:
        """Cut a range of days where the rule changed."""
        for rule, begin, end in self.rule_spans():
            if begin <= last and (end is None or end >= first):
                yield rule, max(first, begin), last if end is None else min(last, end)

    def rule_spans(self) -> Iterator[tuple[Rule, date, date | None]]:
        """Give each rule with its first and last day (None: still in force)."""
        for index, rule in enumerate(self.rules):
            following = self.rules[index + 1].since if index + 1 < len(self.rules) else None
            yield (rule, max(rule.since, self.start), None if following is None else following - DAY)

    def is_transparent(self, day: date, mark: Mark | None) -> bool:
        """Tell whether the day neither helps nor harms. What the user said of a day outranks a pause over it."""
        if mark is not None:
            return mark.state is CheckInState.SKIP
        return day in self.short_days or self.is_paused(day)

    def is_paused(self, day: date) -> bool:
        return any(pause.first <= day <= pause.last for pause in self.pauses)


def days(first: date, last: date) -> Iterator[date]:
    """Give every day from first to last, both included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
