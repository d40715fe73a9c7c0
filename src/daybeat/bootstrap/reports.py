"""How a report comes about: the habits say how their days went, insights say what it comes to."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from daybeat.contracts.notifications import AnalyticsReady
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.habits.domain.faces import Face
from daybeat.modules.habits.domain.quotas import Period
from daybeat.modules.habits.progress import Standing
from daybeat.modules.habits.reminding import avoids
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
        avoids=avoids(standing.row),
    )


def _days(standing: Standing, span: Span) -> tuple[int, int]:
    """Count what was due and what was done. A quota asks a week for its share, and no day in particular."""
    faces = [face for face in map(standing.face, _between(span)) if face.state != "before"]
    done = sum(_is_done(face, standing) for face in faces)
    period = standing.period(span.last) if faces else None
    if period is None:
        return sum(face.due for face in faces), done
    if standing.row.rules[-1]["schedule"]["kind"] == "weekly_total":  # an amount, reached or not
        return (1, int(bool(period.verdict))) if span.report == "weekly" else (0, 0)
    asked = _share(period, len(faces)) if span.report == "weekly" else done
    return max(asked, done), done


def _is_done(face: Face, standing: Standing) -> bool:
    """Tell whether a day went well; what is to be left alone has gone well so far when nothing was said."""
    return face.state in {"done", "kept"} or (face.state == "open" and avoids(standing.row))


def _share(period: Period, days: int) -> int:
    """Give what so many days are asked of a week or month."""
    length = (period.last - period.first).days + 1
    return min(round(period.target * min(days / length, 1)), days)


def _between(span: Span) -> Iterator[date]:
    for number in range((span.last - span.first).days + 1):
        yield span.first + timedelta(days=number)
