"""Sentences about single habits: a miss that changes little, a record that is near, strength that came and went."""

from datetime import timedelta

from daybeat.modules.insights.domain.sentence import Known, Lately, Sentence
from daybeat.modules.insights.domain.wording import counted, day_text, percent

DAY = timedelta(days=1)
STRONG_ENOUGH = 0.5
LITTLE = 0.1
WORTH_A_WORD = {"day": 7, "week": 4, "month": 3}
"""The shortest longest streak that is worth being told of."""
NEAR = 3
MUCH = 0.1


def came_back(known: Known) -> Sentence | None:
    """Speak of the strongest habit that was missed yesterday after it had been met: one day changes little."""
    missed = [habit for habit in known.habits if _was_missed_once(habit, known)]
    if not missed:
        return None
    yesterday = known.today - DAY
    habit = max(missed, key=lambda each: each.strengths[yesterday])
    after, before = habit.strengths[yesterday], habit.strengths[yesterday - DAY]
    done = habit.closed[-1].day == known.today and habit.closed[-1].met
    said = "missed yesterday, done again today" if done else "missed yesterday"
    text = f"{habit.name}: {said}. Strength {percent(after)}, was {percent(before)}. One day changes little."
    detail = f"Its strength at the end of {day_text(yesterday)}, and a day before that."
    return Sentence("missed_yesterday", text, detail, habit.habit_id)


def record(known: Known) -> Sentence | None:
    """Tell of a streak that is the longest so far, or will soon be."""
    near = [habit for habit in known.habits if _is_near_record(habit)]
    if not near:
        return None
    habit = max(near, key=lambda each: (each.streak >= each.best_streak, each.streak))
    detail = f"Its streak has {counted(habit.streak, habit.unit)}, its longest one has {habit.best_streak}."
    if habit.streak >= habit.best_streak:
        text = f"{habit.name} has its longest streak so far: {counted(habit.streak, habit.unit)}."
        return Sentence("record", text, detail, habit.habit_id)
    missing = counted(habit.best_streak + 1 - habit.streak, f"more {habit.unit}")
    text = f"{habit.name}: {missing} and it is the longest streak so far, beyond {habit.best_streak}."
    return Sentence("coming_record", text, detail, habit.habit_id)


def grew(known: Known) -> Sentence | None:
    """Name the habit whose strength rose most in the span."""
    habit = max(known.habits, key=_risen, default=None)
    return _moved(habit, known, "grew") if habit is not None and _risen(habit) >= MUCH else None


def lost(known: Known) -> Sentence | None:
    """Name the habit whose strength fell most in the span."""
    habit = min(known.habits, key=_risen, default=None)
    return _moved(habit, known, "went down") if habit is not None and _risen(habit) <= -MUCH else None


def _was_missed_once(habit: Lately, known: Known) -> bool:
    yesterday = known.today - DAY
    over = [each for each in habit.closed if each.day < known.today]
    if habit.unit != "day" or len(over) < 2 or over[-1].day != yesterday:  # noqa: PLR2004 - it, and the one before
        return False
    after, before = habit.strengths.get(yesterday, 0.0), habit.strengths.get(yesterday - DAY, 0.0)
    return not over[-1].met and over[-2].met and before >= STRONG_ENOUGH and 0 < before - after <= LITTLE


def _is_near_record(habit: Lately) -> bool:
    worth = habit.best_streak >= WORTH_A_WORD[habit.unit]
    return worth and habit.streak + NEAR > habit.best_streak


def _risen(habit: Lately) -> float:
    if habit.strength is None or habit.strength_before is None:
        return 0.0
    return habit.strength - habit.strength_before


def _moved(habit: Lately, known: Known, how: str) -> Sentence:
    now, before = percent(habit.strength or 0.0), percent(habit.strength_before or 0.0)
    text = f"{habit.name} {how} most: strength {now}, was {before} {known.length} days ago."
    kind, largest = ("strength_rose", "rise") if _risen(habit) > 0 else ("strength_fell", "fall")
    detail = (
        f"The largest {largest} among {counted(len(known.habits), 'habit')}; both are strengths at the end of a day."
    )
    return Sentence(kind, text, detail, habit.habit_id)
