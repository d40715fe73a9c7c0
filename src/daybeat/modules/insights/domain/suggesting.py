"""Which suggestions are worth making: one a habit at most, three in all, the most useful first."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from daybeat.modules.insights.domain.practice import Practice
from daybeat.modules.insights.domain.suggested_rests import celebrate, pause
from daybeat.modules.insights.domain.suggested_targets import lower, raise_, split
from daybeat.modules.insights.domain.suggested_times import leave_out_weekdays, move_reminder
from daybeat.modules.insights.domain.suggestion import Kind, Suggestion

H = TypeVar("H")
Decided = Collection[tuple[H, str, str]]
"""Habit, kind and basis of what was dismissed or undone: it stays away while it rests on the same."""

MOST_OPEN = 3
RULES: Mapping[Kind, Callable[[Practice], Suggestion | None]] = {
    "weekdays": leave_out_weekdays,
    "split": split,
    "lower": lower,
    "pause": pause,
    "move_reminder": move_reminder,
    "raise": raise_,
    "celebrate": celebrate,
}
"""The most useful first: what hurts now comes before what could be better, and that before what is good already."""
_ORDER = {kind: place for place, kind in enumerate(RULES)}


def suggest(practices: Mapping[H, Practice], decided: Decided[H] = ()) -> list[tuple[H, Suggestion]]:
    """Choose what to suggest of the habits of one person, given in their order."""
    found = ((habit, _first(habit, practice, decided)) for habit, practice in practices.items())
    known = [(habit, suggestion) for habit, suggestion in found if suggestion is not None]
    return sorted(known, key=lambda each: (_ORDER[each[1].kind], -each[1].weight))[:MOST_OPEN]


def _first(habit: H, practice: Practice, decided: Decided[H]) -> Suggestion | None:
    """Give the most useful suggestion for one habit that was not turned down."""
    made = (rule(practice) for rule in RULES.values())
    return next((each for each in made if each is not None and (habit, each.kind, each.basis) not in decided), None)
