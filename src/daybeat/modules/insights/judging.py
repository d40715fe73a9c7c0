"""What is expected of each habit's next occurrence, judged again when its days are others or a day has passed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.contracts.insights import HabitAtRisk
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.insights.domain.risk import Forecaster, TooEarly, risk
from daybeat.modules.insights.domain.risk_features import Occurrence
from daybeat.modules.insights.domain.risk_reasons import action, reasons
from daybeat.modules.insights.ports import Sources, Upcoming
from daybeat.modules.insights.risk_models import UNJUDGED
from daybeat.modules.insights.risk_repository import RiskRepository
from daybeat.modules.insights.risk_storage import forecaster, stored

SETTLED = timedelta(days=7)
"""Days that a kept forecaster leaves out, so that correcting the last week stays cheap."""


ANEW_AT_ONCE = 3
"""Habits: ten years of each take about fifty milliseconds."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A forecaster, and the day up to which it saw everything that was closed."""

    known: Forecaster
    through: date


def is_judged(connection: Connection, user_id: UUID) -> bool:
    """Tell whether nothing changed since all habits of a user were judged."""
    return not RiskRepository(connection, user_id).stale()


def judge(uow: UnitOfWork, user_id: UUID, calendar: UserCalendar, sources: Sources) -> bool:
    """Judge the habits whose days were read again, and tell of those that are at risk now and were not before.

    Tells whether all are judged: those that have to be learned anew take a while, so not all are in one unit of work.
    """
    repository = RiskRepository(uow.connection, user_id)
    stale, today = repository.stale(), calendar.habit_day(uow.now)
    rows = _some(stale)
    if not rows:
        return True
    habits = [row.habit_id for row in rows]
    upcoming = sources.habits.upcoming(uow.connection, user_id, habits, calendar, today)
    for row in rows:
        settled, known = learn(_kept(row), repository.closed_after(row.habit_id, _kept(row).through), today - SETTLED)
        verdict = _verdict(row, known, upcoming.get(row.habit_id), today, uow)
        kept = {"through": settled.through, "known": stored(settled.known)}
        repository.keep(row.habit_id, {**kept, **verdict})
    return len(rows) == len(stale)


def _some(stale: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Take the first few that have to be learned from their first day on; the others cost next to nothing."""
    anew = [row for row in stale if _kept(row).through == date.min]
    later = {row.habit_id for row in anew[ANEW_AT_ONCE:]}
    return [row for row in stale if row.habit_id not in later]


def learn(kept: Learned, closed: Iterable[Row[Any]], settled: date) -> tuple[Learned, Forecaster]:
    """Go on from what is kept; gives what to keep up to the settled day, and what is known by now.

    Rows come in the order of their days and say when an occurrence was closed (`day`), its first day (`since`), its
    `unit` and whether it was met (`verdict`).
    """
    known, through = kept.known, max(kept.through, settled)
    keep = known
    for row in closed:
        known = known.after(Occurrence(row.since, row.unit), done=row.verdict)
        if row.day <= through:
            keep = known
    return Learned(keep, through), known


def _kept(row: Row[Any]) -> Learned:
    """Give what is kept, or nothing where days that it saw are others now."""
    if row.known is None or row.stale_from <= row.through:
        return Learned(Forecaster(), date.min)
    return Learned(forecaster(row.known), row.through)


def _verdict(
    row: Row[Any], known: Forecaster, upcoming: Upcoming | None, today: date, uow: UnitOfWork
) -> dict[str, Any]:
    """Give the columns that say what is expected, and tell of a risk that began."""
    if upcoming is None:
        return UNJUDGED
    expected = _expected(known, upcoming, today)
    # What only comes later is told when it has come: until then it may be another, and nobody can do it.
    news = expected["flagged"] and upcoming.asks_today and not row.told
    if news:
        uow.record(_at_risk(row, upcoming, expected))
    return {**expected, "told": expected["flagged"] and (news or row.told)}


def _expected(known: Forecaster, upcoming: Upcoming, today: date) -> dict[str, Any]:
    occurrence = Occurrence(upcoming.first, upcoming.unit)
    found = risk(known, occurrence)
    last_chance = upcoming.unit != "day" and upcoming.last == today
    where = {"name": upcoming.name, "day": upcoming.first, "unit": upcoming.unit, "last_chance": last_chance}
    if isinstance(found, TooEarly):
        return {**UNJUDGED, **where, "missing": found.missing}
    return {
        **UNJUDGED,
        **where,
        "miss": found.miss,
        "flagged": found.flagged,
        "reasons": reasons(known.past, occurrence, miss=found.miss),
        "action": action(known.past, occurrence, miss=found.miss, avoids=upcoming.avoids),
    }


def _at_risk(row: Row[Any], upcoming: Upcoming, expected: dict[str, Any]) -> HabitAtRisk:
    return HabitAtRisk(
        user_id=row.user_id,
        habit_id=row.habit_id,
        title=upcoming.name,
        day=upcoming.first,
        last=upcoming.last,
        unit=upcoming.unit,
        miss=expected["miss"],
        reasons=tuple(expected["reasons"]),
        action=expected["action"],
    )
