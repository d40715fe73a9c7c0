"""How a day shows itself: one word for what happened and what was due."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from daybeat.modules.habits.domain.history import DAY, History, days
from daybeat.modules.habits.domain.rules import CheckInState, Mark, Rule
from daybeat.modules.habits.domain.schedules import Quota
from daybeat.modules.habits.domain.streaks import close_days, seed, stats_on


@dataclass(frozen=True, slots=True)
class Face:
    """One day as people see it. `strength` is the strength after the day, where it was asked for."""

    date: date
    state: str
    due: bool
    mark: Mark | None
    strength: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Successes in a row, from the first day to the last."""

    first: date
    last: date
    length: int


def face_of(history: History, day: date, today: date) -> Face:
    """Say in one word what a day was."""
    mark, rule = history.marks.get(day), history.rule_on(day)
    if day < history.start:
        return Face(day, "before", due=False, mark=mark)
    due = is_due(history, rule, day, mark)
    if mark is not None:
        return Face(day, said(rule, mark), due=due, mark=mark)
    return Face(day, _unsaid(history, rule, day, today, due=due), due=due, mark=None)


def is_due(history: History, rule: Rule, day: date, mark: Mark | None) -> bool:
    """Tell whether the day asks for something. A quota asks every day; a skipped or paused day asks nothing."""
    if history.is_transparent(day, mark):
        return False
    return isinstance(rule.schedule, Quota) or rule.schedule.is_due(day)


GOOD = frozenset({"done", "kept"})


def went_well(face: Face, rule: Rule) -> bool:
    """Tell whether a day went well; what is to be left alone has gone well so far when nothing was said."""
    return face.state in GOOD or (face.state == "open" and rule.avoids)


def said(rule: Rule, mark: Mark) -> str:
    """Put what the user said of a day into a word."""
    if mark.state is CheckInState.SKIP:
        return "skipped"
    if rule.avoids:
        return "slip"
    if mark.state is CheckInState.NO:
        return "no"
    if rule.judge_closed(mark):
        return "done"
    return "over" if rule.at_most else "partial"


def trace(history: History, today: date) -> tuple[list[Face], list[Run]]:
    """Live through every day again: each day with its strength, and every run there was."""
    tally = seed(history)
    faces: list[Face] = []
    runs: list[Run] = []
    streak, begun = 0, history.start
    for day in close_days(tally, history, today - DAY):
        faces.append(replace(face_of(history, day, today), strength=tally.strength))
        if tally.streak > streak:
            begun = day if streak == 0 else begun
            runs = [*runs[:-1], Run(begun, day, tally.streak)] if streak else [*runs, Run(begun, day, 1)]
        streak = tally.streak
    if today >= history.start:
        last = stats_on(history, today, tally)
        faces.append(replace(face_of(history, today, today), strength=last.strength))
        if last.streak > streak:
            grown = Run(begun if streak else today, today, last.streak)
            runs = [*runs[:-1], grown] if streak else [*runs, grown]
    return faces, runs


def faces_between(history: History, first: date, last: date, today: date) -> Iterator[Face]:
    """Show the days of a range, without strengths."""
    return (face_of(history, day, today) for day in days(first, last))


def _unsaid(history: History, rule: Rule, day: date, today: date, *, due: bool) -> str:
    if day > today:
        return "future"
    if not due:
        paused = history.is_paused(day)
        return "paused" if paused else "skipped" if day in history.short_days else "free"
    if day == today:
        return "open"
    if rule.avoids:
        return "kept"
    return "free" if rule.is_quota else "missed"
