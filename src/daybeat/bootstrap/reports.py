"""How a report comes about: the habits say how their days went, insights say what it comes to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from daybeat.contracts.notifications import AnalyticsReady
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.goals.reporting import goals_over
from daybeat.modules.habits.progress import Standing
from daybeat.modules.habits.reminding import avoids
from daybeat.modules.habits.reporting import asked_and_done
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.insights.domain.periods import Period
from daybeat.modules.insights.domain.report import Lived
from daybeat.modules.insights.ports import GoalOver, Message
from daybeat.modules.insights.report_door import ReportsDoor
from daybeat.modules.insights.reports import report_on
from daybeat.modules.notifications.reports import advice_of, text_of
from daybeat.modules.reminders.reports import Span


def compose(uow: UnitOfWork, user_id: UUID, calendar: UserCalendar, span: Span) -> AnalyticsReady:
    """Write a report on the days of a user that are in force."""
    return _composed(uow.connection, user_id, calendar, span, calendar.habit_day(uow.now))


def _composed(connection: Connection, user_id: UUID, calendar: UserCalendar, span: Span, today: date) -> AnalyticsReady:
    repository = HabitRepository(connection)
    standings = [Standing(repository, row, calendar, today) for row in repository.all_of(user_id, archived=False)]
    habits = [_lived(repository, standing, calendar, span) for standing in standings]
    return report_on(user_id, span.report, span.first, span.last, habits)


def _lived(repository: HabitRepository, standing: Standing, calendar: UserCalendar, span: Span) -> Lived:
    due, done = asked_and_done(repository, standing.row, calendar, span.first, span.last, standing.today)
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


class ReportMessages:
    """The messages of notifications, as insights see them."""

    def about(
        self, connection: Connection, user_id: UUID, calendar: UserCalendar, period: Period, today: date
    ) -> Message:
        span = Span(period.kind, period.first, min(period.last, today))
        report = _composed(connection, user_id, calendar, span, today)
        report = replace(report, last=period.last)
        return Message(text_of(connection, user_id, report), advice_of(report))


class ReportedGoals:
    """The goals, as insights see them."""

    def over(self, connection: Connection, user_id: UUID, first: date, last: date) -> Sequence[GoalOver]:
        return [GoalOver(*each) for each in goals_over(connection, user_id, first, last)]


def reports_door() -> ReportsDoor:
    return ReportsDoor(ReportedGoals(), ReportMessages())
