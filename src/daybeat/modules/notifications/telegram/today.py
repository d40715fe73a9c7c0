"""The list of today: what is due, with a button for what is still open."""

from collections.abc import Sequence

from daybeat.modules.notifications.ports import TodayLine
from daybeat.modules.notifications.telegram import words
from daybeat.modules.notifications.telegram.buttons import Button, ForToday, Rows, button
from daybeat.modules.notifications.telegram.markup import escaped, line

MOST_LINES = 30
LONGEST_NAME = 100


def today_list(lines: Sequence[TodayLine]) -> tuple[str, Rows]:
    """Write the list and its buttons. What is open comes first, so that it always has one."""
    if not lines:
        return words.NOTHING_DUE, ()
    is_done = all(each.state != "open" for each in lines)
    ordered = sorted(lines, key=lambda each: each.state != "open")
    shown, more = ordered[:MOST_LINES], len(ordered) - MOST_LINES
    parts = [f"<b>{words.ALL_DONE if is_done else words.TODAY}</b>", *(_line(each) for each in shown)]
    if more > 0:
        parts.append(words.MORE.format(number=more))
    return "\n".join(parts), [[_button(each)] for each in shown if each.state == "open"]


def _line(habit: TodayLine) -> str:
    streak = f" · streak {habit.streak}" if habit.streak > 1 else ""
    return f"{words.SIGNS[habit.state]} {escaped(line(habit.name, LONGEST_NAME))}{streak}"


def _button(habit: TodayLine) -> Button:
    return button(f"{words.MARKS['done']} {habit.name}", ForToday(habit.habit_id, habit.day))
