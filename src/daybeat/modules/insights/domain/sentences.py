"""What is worth saying about the last days, in whole sentences: true, useful, and not what chance alone would make."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from daybeat.modules.insights.domain.certainty import differ
from daybeat.modules.insights.domain.habit_sentences import came_back, grew, lost, record
from daybeat.modules.insights.domain.mood_sentences import mood_by_weekday, mood_mean, mood_trend
from daybeat.modules.insights.domain.sentence import Known, Sentence
from daybeat.modules.insights.domain.spans import Day, rate, ready_on
from daybeat.modules.insights.domain.wording import clock, counted, day_text, percent, weekdays

MOST = 5
LONG_ENOUGH = 90
SURE = 0.01
OFTEN_ENOUGH = 8
"""Times that a weekday is there before it is compared."""
WEEK = 7
RUN = 3
STEADY = 0.03
MANY, MOSTLY, HOURS = 30, 0.5, 3

Rule = Callable[[Known], Sentence | None]


def sentences(known: Known) -> list[Sentence]:
    """Give five sentences at most, the most useful first."""
    young = known.began is None or ready_on(known.began, known.today) is not None
    found = (rule(known) for rule in (BEGINNING if young else RULES))
    return list(islice((sentence for sentence in found if sentence is not None), MOST))


def _first_steps(known: Known) -> Sentence | None:
    """Encourage somebody who has just begun, by what is plainly so."""
    done, days = sum(day.done for day in known.days), sum(day.done > 0 for day in known.days)
    if not done:
        return None
    text = f"{counted(done, 'thing')} done on {counted(days, 'day')} so far. That is how it begins."
    return Sentence("beginning", text, f"Counted since {day_text(known.days[0].date)}, over all habits.")


def _first_whole_days(known: Known) -> Sentence | None:
    whole, asked = [day for day in known.days if day.is_perfect], [day for day in known.days if day.due]
    if not whole:
        return None
    text = f"Everything that was due was done on {len(whole)} of {counted(len(asked), 'day')}."
    return Sentence("perfect_days", text, f"Counted since {day_text(known.days[0].date)}, today included.")


def weekday(known: Known) -> Sentence | None:
    """Name the weekday that differs most surely from the others; better ones are named first."""
    length = max(known.length, LONG_ENOUGH)
    days = known.over(length)
    sure = [found for number in range(WEEK) if (found := _weekday(number, days)) and found[0] * WEEK < SURE]
    if not sure:
        return None
    p, number, own, others = min(sure, key=lambda each: (_share(each[2]) < _share(each[3]), each[0]))
    goes = "go best" if _share(own) > _share(others) else "are the hardest"
    text = (
        f"{weekdays([number])} {goes}: {percent(_share(own))} of what is due is done then, "
        f"{percent(_share(others))} on other days."
    )
    return Sentence(
        "weekday",
        text,
        f"{_counts(own)} on {len(own)} {weekdays([number])}, {_counts(others)} on {counted(len(others), 'other day')} "
        f"of the last {length}. Whole days are compared (two proportions, with continuity), and all seven weekdays "
        f"allowed for: p = {p * WEEK:.2g}.",
    )


def _weekday(number: int, days: Sequence[Day]) -> tuple[float, int, Sequence[Day], Sequence[Day]] | None:
    own = [day for day in days if day.date.weekday() == number]
    others = [day for day in days if day.date.weekday() != number]
    return (differ(own, others), number, own, others) if min(len(own), len(others)) >= OFTEN_ENOUGH else None


def changed(known: Known) -> Sentence | None:
    """Compare the span with the one before, where the difference is sure."""
    now, before = _asked(known.span), _asked(known.before)
    if not (now and before) or differ(now, before) >= SURE:
        return None
    rose = _share(now) > _share(before)
    text = (
        f"{_did(known, now)}, {'up from' if rose else 'after'} {percent(_share(before))} in the {known.length} before."
    )
    return Sentence("change", text, f"{_compared(now, before)}: p = {differ(now, before):.2g}.")


def steady(known: Known) -> Sentence | None:
    """Say what was done of what was due, and that it is as before where that is so."""
    now, before = _asked(known.span), _asked(known.before)
    if not now or (before and differ(now, before) < SURE):
        return None
    if before and abs(_share(now) - _share(before)) <= STEADY:
        text = f"{_did(known, now)}, about as much as in the {known.length} before ({percent(_share(before))})."
        return Sentence("steady", text, f"{_compared(now, before)}.")
    return Sentence("rate", f"{_did(known, now)}.", f"{_counts(now)} on {counted(len(now), 'day')}, today included.")


def perfect_run(known: Known) -> Sentence | None:
    """Tell of the whole days in a row up to now; today counts when it is whole, and is open otherwise."""
    days = [day for day in known.days if day.due and (day.date < known.today or day.is_perfect)]
    run = len(list(_while_perfect(reversed(days))))
    if run < RUN or run == len(days):
        return _always_perfect(known, days) if run >= RUN else None
    text = f"Everything that was due was done {run} days in a row."
    return Sentence(
        "perfect_run", text, f"Since {day_text(days[-run].date)}; days that asked for nothing are left out."
    )


def _always_perfect(known: Known, days: Sequence[Day]) -> Sentence:
    text = f"Everything that was due was done on each of the last {len(days)} days that asked for something."
    return Sentence("perfect_run", text, f"Looked at since {day_text(known.days[0].date)}.")


def _while_perfect(days: Iterator[Day]) -> Iterator[Day]:
    for day in days:
        if not day.is_perfect:
            return
        yield day


def hours(known: Known) -> Sentence | None:
    """Name the three hours in which more than half is done."""
    total = sum(known.hours.values())
    begin = max(range(24 - HOURS + 1), key=lambda hour: _within(known, hour))
    share = _within(known, begin) / total if total else 0.0
    if total < MANY or share <= MOSTLY:
        return None
    text = f"Most is done between {clock(begin * 60)} and {clock((begin + HOURS) * 60)}: {percent(share)}."
    detail = (
        f"{_within(known, begin)} of {total} check-ins of the last {known.length} days that were made on their own day."
    )
    return Sentence("hours", text, detail)


def _within(known: Known, begin: int) -> int:
    return sum(known.hours.get(hour, 0) for hour in range(begin, begin + HOURS))


def _asked(days: Sequence[Day]) -> Sequence[Day]:
    return [day for day in days if day.due]


def _share(days: Sequence[Day]) -> float:
    return rate(sum(day.done for day in days), sum(day.due for day in days)) or 0.0


def _counts(days: Sequence[Day]) -> str:
    return f"{sum(day.done for day in days)} of {sum(day.due for day in days)}"


def _did(known: Known, days: Sequence[Day]) -> str:
    return f"{percent(_share(days))} of what was due in the last {known.length} days was done"


def _compared(now: Sequence[Day], before: Sequence[Day]) -> str:
    one, other = counted(len(now), "day"), counted(len(before), "day")
    return (
        f"{_counts(now)} on {one}, today included, beside {_counts(before)} on {other} before; whole days are compared"
    )


BEGINNING: tuple[Rule, ...] = (_first_steps, _first_whole_days)
RULES: tuple[Rule, ...] = (
    came_back,
    record,
    weekday,
    changed,
    grew,
    perfect_run,
    hours,
    mood_trend,
    mood_by_weekday,
    lost,
    steady,
    mood_mean,
)
"""The most useful first: what helps today, then what can be used again, then what is good to know."""
