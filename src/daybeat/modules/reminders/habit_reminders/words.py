"""What came of acting on a reminder, in a sentence for whoever pressed the button."""

from zoneinfo import ZoneInfo

from daybeat.modules.reminders.domain.wall_clock import wall_time
from daybeat.modules.reminders.habit_reminders.handlers import Deed, Outcome


def came_of(what: Deed, outcome: Outcome) -> str:
    """Say it in plain English; times are those of the user's clock."""
    if outcome.due_at is not None:
        at = wall_time(outcome.due_at, ZoneInfo(outcome.habit.calendar.zone))
        return f"You will be reminded again at {at:%H:%M}."
    if outcome.done:
        return "Done for this day." if what == "done" else "This day is done already, so it stays done."
    return "Skipped for this day." if what == "skip" else "You have taken care of this reminder already."
