"""A rest for a habit that has come to a stop, and a word for one that has come far."""

from daybeat.modules.insights.domain.practice import Practice
from daybeat.modules.insights.domain.suggestion import Suggestion
from daybeat.modules.insights.domain.wording import counted, day_text, percent

STOPPED = {"day": 21, "week": 21, "month": 62}
FEWEST_MISSED = {"day": 3, "week": 3, "month": 1}
TWO_WEEKS = 14
NEWS = 7
"""Days for which something stays news."""
FIRST = {"day": (7, 30), "week": (4, 12, 26), "month": (3, 6)}
ROUND = {"day": (100, 365), "week": (52,), "month": (12,)}
"""And every multiple of these."""
STRENGTHS = (0.95, 0.8, 0.5)


def pause(practice: Practice) -> Suggestion | None:
    """Offer two weeks off where nothing was done for three, on a habit that was once alive."""
    asked, last = practice.asked, practice.stopped_on
    if asked.kind == "avoid" or asked.paused or last is None:
        return None
    missed = practice.missed_since(last)
    if (practice.today - last).days <= STOPPED[asked.span] or missed < FEWEST_MISSED[asked.span]:
        return None
    return Suggestion(
        kind="pause",
        basis=f"nothing since {last}",
        text="This has been quiet for a while. A pause keeps what was there: nothing is missed meanwhile.",
        evidence=(
            f"Something was done last on {day_text(last)}.",
            f"The last {counted(missed, f'due {asked.span}')} passed without it.",
        ),
        button="Pause for two weeks",
        change={"pause": TWO_WEEKS},
        weight=missed,
    )


def celebrate(practice: Practice) -> Suggestion | None:
    """Say so when a streak or the strength has come to a round number in the last week."""
    return _long_streak(practice) or _great_strength(practice)


def milestone(streak: int, span: str) -> int:
    """Give the last milestone that a streak has passed, 0 for none."""
    multiples = [streak // each * each for each in ROUND[span]]
    return max([each for each in (*FIRST[span], *multiples) if each <= streak], default=0)


def _long_streak(practice: Practice) -> Suggestion | None:
    span, streak = practice.asked.span, practice.streak
    reached = milestone(streak, span)
    run = [day for day in practice.days if day.verdict]
    beyond = streak - reached
    if not reached or beyond >= len(run):
        return None
    on = run[-1 - beyond].date
    if on <= practice.first(NEWS):
        return None
    return Suggestion(
        kind="celebrate",
        basis=f"streak {reached} {on}",
        text=f"{counted(reached, span)} in a row. Nice work.",
        evidence=(f"The streak reached {counted(reached, span)} on {day_text(on)}, and has {streak} now.",),
        weight=reached,
    )


def _great_strength(practice: Practice) -> Suggestion | None:
    before = [day.strength for day in practice.days if day.date <= practice.first(NEWS)]
    passed = next((each for each in STRENGTHS if before and max(before) < each <= practice.strength), None)
    if passed is None:
        return None
    return Suggestion(
        kind="celebrate",
        basis=f"strength {passed}",
        text=f"Strength has passed {percent(passed)}. Nice work.",
        evidence=(f"Strength {percent(practice.strength)}, was {percent(before[-1])} a week ago.",),
        weight=passed,
    )
