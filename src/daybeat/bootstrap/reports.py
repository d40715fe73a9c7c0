"""How a report comes about: the habits say how their days went, insights say what it comes to."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from daybeat.contracts.notifications import AnalyticsReady
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.habits.progress import Standing
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.insights.domain.report import Lived
from daybeat.modules.insights.reports import report_on
from daybeat.modules.reminders.reports import Span


def compose(uow: UnitOfWork, user_id: UUID, calendar: UserCalendar, span: Span) -> AnalyticsReady:
    """Write a report on the days of a user that are in force."""
    repository = HabitRepository(uow.connection)
    today = calendar.habit_day(uow.now)
    standings = [Standing(repository, row, calendar, today) for row in repository.all_of(user_id, archived=False)]
    habits = [_lived(standing, span) for standing in standings]
    return report_on(user_id, span.report, span.first, span.last, habits)


def _lived(standing: Standing, span: Span) -> Lived:
    due, done = _days(standing, span)
    stats = standing.stats()
    return Lived(
        title=standing.row.name,
        due=due,
        done=done,
        streak=stats.streak,
        unit=stats.unit,
        strength=stats.strength,
        rate_30d=stats.rate_30d,
    )


def _days(standing: Standing, span: Span) -> tuple[int, int]:
    """Count what was due and what was done. A quota asks for as much as it is short of, and no day in particular."""
    faces = [standing.face(day) for day in _between(span)]
    done = sum(face.state in {"done", "kept"} for face in faces)
    period = standing.period(span.last)
    if period is None:
        return sum(face.due for face in faces), done
    if standing.row.rules[-1]["schedule"]["kind"] == "weekly_total":  # an amount, reached or not
        return (1, int(bool(period.verdict))) if span.report == "weekly" else (0, 0)
    asked = min(round(period.target), len(faces)) if span.report == "weekly" else done
    return max(asked, done), done


def _between(span: Span) -> Iterator[date]:
    for number in range((span.last - span.first).days + 1):
        yield span.first + timedelta(days=number)
