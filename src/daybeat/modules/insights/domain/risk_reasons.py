"""Why the next occurrence is expected to be missed or done, and the one thing to do about it, in words for people.

Each figure of the past pulls away from an even chance, towards done or missed. The reasons are the two that pull most
towards what is expected. They are told as plain counts, which anybody can check, not as the figures themselves, which
are drawn towards what is usual.
"""

from collections.abc import Callable

from daybeat.modules.insights.domain.risk import contributions
from daybeat.modules.insights.domain.risk_features import LATELY, Features, Occurrence, Past

EVEN = Features(level=0.0, weekday=0.0, last_week=0.5, misses=0.0, streak=0.0)
"""The past that says nothing: done half of the time, and no run. Last week is 1 or 0, so its middle is a half."""
HALF = 0.5
AT_MOST = 2
SAYS_SOMETHING = 3
"""Times that a weekday was seen before it is spoken of."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def reasons(past: Past, occurrence: Occurrence, *, miss: float) -> list[str]:
    """Give up to two sentences, the strongest first, for what a chance of `miss` (0 to 1) makes likely."""
    return [_SENTENCES[name](past, occurrence) for name in _strongest(past, occurrence, miss)[:AT_MOST]]


def action(past: Past, occurrence: Occurrence, *, miss: float, avoids: bool = False) -> str:
    """Give one sentence about what would help most. A habit that `avoids` something cannot be made smaller."""
    if miss < HALF:
        return "Carry on as you do."
    if avoids:
        return "Decide now what you will do instead when it tempts you."
    strongest = _strongest(past, occurrence, miss)
    return _remedy(strongest[0] if strongest else "level", occurrence)


def _strongest(past: Past, occurrence: Occurrence, miss: float) -> list[str]:
    """Name the figures that pull towards what is likely and can be told, the strongest first."""
    towards = -1 if miss >= HALF else 1
    features = past.before(occurrence)
    apart = contributions(Features(*(value - even for value, even in zip(features, EVEN, strict=True))))
    pulls = {name: towards * pull for name, pull in apart._asdict().items()}
    telling = (name for name, pull in pulls.items() if pull > 0 and _bears_out(name, past, occurrence, towards))
    return sorted(telling, key=lambda name: -pulls[name])


def _bears_out(name: str, past: Past, occurrence: Occurrence, towards: int) -> bool:
    """Say whether the plain count behind a figure exists and points the same way."""
    if name == "last_week":
        # Between weeks, the week before is the run already.
        return occurrence.unit == "day" and past.a_week_before(occurrence) is not None
    if name not in {"level", "weekday"}:
        return True
    if name == "weekday" and occurrence.unit != "day" and past.closed <= LATELY:
        # All weeks there are were lately: the level tells the same count.
        return False
    done, of = _lately(past) if name == "level" else _here(past, occurrence)
    return of >= SAYS_SOMETHING and towards * (done / of - HALF) > 0


def _lately(past: Past) -> tuple[int, int]:
    return sum(done for _, done in past.recent), len(past.recent)


def _here(past: Past, occurrence: Occurrence) -> tuple[int, int]:
    closed, done = past.places.get(occurrence.place, (0, 0))
    return done, closed


def _level(past: Past, _: Occurrence) -> str:
    done, of = _lately(past)
    return f"It worked out {done} of the last {of} times."


def _weekday(past: Past, occurrence: Occurrence) -> str:
    done, of = _here(past, occurrence)
    if occurrence.unit == "day":
        return f"It worked out on {done} of {of} {_weekday_of(occurrence)}s."
    return f"It worked out in {done} of {of} {occurrence.unit}s."


def _last_week(past: Past, occurrence: Occurrence) -> str:
    worked = "worked" if past.a_week_before(occurrence) else "did not work"
    return f"It {worked} out on {_weekday_of(occurrence)} last week."


def _misses(past: Past, _: Occurrence) -> str:
    return f"It did not work out {_last(past.misses)}."


def _streak(past: Past, _: Occurrence) -> str:
    return f"It worked out {_last(past.streak)}."


_SENTENCES: dict[str, Callable[[Past, Occurrence], str]] = {
    "level": _level,
    "weekday": _weekday,
    "last_week": _last_week,
    "misses": _misses,
    "streak": _streak,
}


def _remedy(name: str, occurrence: Occurrence) -> str:
    weekday = _weekday_of(occurrence)
    on_days = occurrence.unit == "day"
    if name == "misses":
        return "Do the smallest part that you can call done: coming back matters most now."
    if name == "weekday" and on_days:
        return f"Find another time for it on {weekday}s, or plan them without it."
    if name == "last_week":
        return f"Decide now when on {weekday} you will do it."
    return "Make it smaller for a while." if on_days else f"Ask less of each {occurrence.unit} for a while."


def _weekday_of(occurrence: Occurrence) -> str:
    return WEEKDAYS[occurrence.day.weekday()]


def _last(run: int) -> str:
    return "last time" if run == 1 else f"the last {run} times"
