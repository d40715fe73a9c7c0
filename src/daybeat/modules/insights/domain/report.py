"""What a day or a week came to, and the one thing worth saying about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Advice = Literal["raise", "lower", "protect", "restart", "begin", "keep"]
Unit = Literal["day", "week", "month"]

STRONG, EASY = 0.9, 14  # strength, and days of which all were done
HARD = 0.35
WORTH_PROTECTING = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """One habit over the days of a report, and how it stands at their end. `strength` is 0 to 1.

    `avoids` tells of something to leave alone: nothing can be checked in there, asked more of or made smaller.
    """

    title: str
    due: int
    done: int
    streak: int
    unit: Unit
    strength: float
    rate_30d: float | None
    avoids: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of a report."""

    completed: int
    due: int
    best: Lived | None
    advice: Advice
    about: Lived | None


def summary(habits: Sequence[Lived]) -> Summary:
    """Sum up. Days done although they were not due count as little as days that asked for nothing."""
    due = sum(habit.due for habit in habits)
    best = max(habits, key=_days, default=None)
    advice, about = _advice(habits)
    return Summary(
        completed=sum(min(habit.done, habit.due) for habit in habits),
        due=due,
        best=best if best is not None and best.streak > 0 else None,
        advice=advice,
        about=about,
    )


def _advice(habits: Sequence[Lived]) -> tuple[Advice, Lived | None]:
    """Name what helps most, from what is nearest to slipping to what could be more."""
    if not habits:
        return "begin", None
    open_ones = [habit for habit in habits if habit.done < habit.due]
    at_stake = [habit for habit in open_ones if _days(habit) >= WORTH_PROTECTING]
    if at_stake:
        return "protect", max(at_stake, key=_days)
    hard = [habit for habit in open_ones if _is_hard(habit)]
    if hard:
        return "lower", min(hard, key=_strength)
    fallen = [habit for habit in open_ones if habit.streak == 0 and not habit.avoids]
    if fallen:
        return "restart", max(fallen, key=_strength)
    easy = [habit for habit in habits if habit.strength >= STRONG and _days(habit) >= EASY and not habit.avoids]
    return ("raise", max(easy, key=_strength)) if easy else ("keep", None)


def _is_hard(habit: Lived) -> bool:
    rarely = habit.rate_30d is not None and habit.rate_30d < HARD
    return rarely and habit.strength < HARD and not habit.avoids


def _strength(habit: Lived) -> float:
    return habit.strength


def _days(habit: Lived) -> int:
    """Give the length of a streak in days, so that weeks and days compare."""
    return habit.streak * {"day": 1, "week": 7, "month": 30}[habit.unit]
