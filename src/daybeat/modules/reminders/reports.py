"""When people get their reports: planned by what they chose, told when due, and planned anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Literal, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Column, Connection, Row, String, Table, Uuid, delete, insert, select

from daybeat.contracts.notifications import AnalyticsReady
from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.jobs.table import Recurring, Task, enqueue
from daybeat.kit.calendar import UserCalendar
from daybeat.kit.errors import NotFound
from daybeat.modules.reminders.domain.report_times import ReportTime
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.ports import CalendarOf

log = structlog.get_logger()

TELL = "reminders.tell_reports"
EVERY = timedelta(minutes=1)
AT_ONCE = 50
TOO_LATE = timedelta(hours=6)
"""A report that is later than this is passed over: the next one will do."""
DAY, WEEK = timedelta(days=1), timedelta(days=6)

Report = Literal["daily", "weekly", "monthly"]

report_plans = Table(
    "report_plans",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("report", String(8), primary_key=True),
    Column("due_at", Instant, nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a report, the first and the last included."""

    report: Report
    first: date
    last: date


class Compose(Protocol):
    """Writes a report on a user's days."""

    def __call__(self, uow: UnitOfWork, user_id: UUID, calendar: UserCalendar, span: Span) -> AnalyticsReady: ...


class ZoneOf(Protocol):
    """Names the time zone a user lives by; None when the account is gone."""

    def __call__(self, connection: Connection, user_id: UUID) -> str | None: ...


def plan_reports(user_id: UUID, settings: Mapping[str, Any], zone: str, *, uow: UnitOfWork) -> None:
    """Plan what a user chose, in place of what was planned. What is due already and still wanted stays so."""
    chosen, ours = _chosen(settings), report_plans.c.user_id == user_id
    to_come = (report_plans.c.due_at > uow.now) | report_plans.c.report.not_in(list(chosen))
    uow.connection.execute(delete(report_plans).where(ours, to_come))
    due = set(uow.connection.execute(select(report_plans.c.report).where(ours)).scalars())
    rows = [
        {"user_id": user_id, "report": report, "due_at": when.after(uow.now, ZoneInfo(zone))}
        for report, when in chosen.items()
        if report not in due
    ]
    if rows:
        uow.connection.execute(insert(report_plans), rows)


def replan_reports(user_id: UUID, zone_of: ZoneOf, *, uow: UnitOfWork) -> None:
    """Plan the reports of a user by what they chose and where they live now."""
    zone = zone_of(uow.connection, user_id)
    if zone is not None:
        plan_reports(user_id, ReminderRepository(uow.connection).settings(user_id)[user_id], zone, uow=uow)


def forget_reports(user_id: UUID, *, uow: UnitOfWork) -> None:
    uow.connection.execute(delete(report_plans).where(report_plans.c.user_id == user_id))


def telling_reports(calendar_of: CalendarOf, compose: Compose) -> Recurring:
    """Give the task that tells what is due, in small steps so that it never holds the writer for long."""
    return Recurring(TELL, EVERY, _task(calendar_of, compose))


def _task(calendar_of: CalendarOf, compose: Compose) -> Task:
    def task(uow: UnitOfWork, args: Mapping[str, Any]) -> None:
        if tell_due(uow, calendar_of, compose) == AT_ONCE:
            step = int(args.get("step", 0)) + 1
            enqueue(uow, TELL, key=f"{TELL}:{uow.now.isoformat()}:{step}", run_at=uow.now, args={"step": step})

    return task


def tell_due(uow: UnitOfWork, calendar_of: CalendarOf, compose: Compose) -> int:
    """Tell the reports that are due and plan their next ones; gives how many that were."""
    due = select(report_plans).where(report_plans.c.due_at <= uow.now).order_by(report_plans.c.due_at).limit(AT_ONCE)
    rows = uow.connection.execute(due).all()
    users = {row.user_id for row in rows}
    there_were_others = uow.in_turn_of(*users)
    still_due = due.where(report_plans.c.user_id.in_(users))
    for row in uow.connection.execute(still_due).all() if there_were_others else rows:
        _tell(row, uow, calendar_of, compose)
    return len(rows)


def _tell(row: Row[Any], uow: UnitOfWork, calendar_of: CalendarOf, compose: Compose) -> None:
    """Tell one report and plan the next. One that cannot be written must not keep others from theirs."""
    try:
        calendar = calendar_of(uow.connection, row.user_id)
    except NotFound:  # the account was just closed
        forget_reports(row.user_id, uow=uow)
        return
    if uow.now - row.due_at <= TOO_LATE:
        span = _span(row.report, calendar.habit_day(row.due_at))
        try:
            with uow.attempt():
                uow.record(compose(uow, row.user_id, calendar, span))
        except Exception:
            log.exception("report failed", report=row.report)
    settings = ReminderRepository(uow.connection).settings(row.user_id)[row.user_id]
    _plan_next(row.user_id, row.report, settings, calendar.zone, uow)


def _plan_next(user_id: UUID, report: str, settings: Mapping[str, Any], zone: str, uow: UnitOfWork) -> None:
    ours = report_plans.c.user_id == user_id, report_plans.c.report == report
    when = _chosen(settings).get(report)
    if when is None:
        uow.connection.execute(delete(report_plans).where(*ours))
    else:
        following = when.after(uow.now, ZoneInfo(zone))
        uow.connection.execute(report_plans.update().where(*ours).values(due_at=following))


def _chosen(settings: Mapping[str, Any]) -> dict[str, ReportTime]:
    chosen: dict[str, ReportTime] = {}
    if settings["daily_summary"]:
        chosen["daily"] = ReportTime(time.fromisoformat(settings["daily_summary"]))
    if settings["weekly_at"]:
        chosen["weekly"] = ReportTime(time.fromisoformat(settings["weekly_at"]), settings["weekly_day"])
    if settings["monthly_at"]:
        chosen["monthly"] = ReportTime(time.fromisoformat(settings["monthly_at"]), monthday=settings["monthly_day"])
    return chosen


def _span(report: Report, day: date) -> Span:
    """Give the days: the one that is on, or the seven or the month before it, which are over."""
    if report == "daily":
        return Span(report, day, day)
    if report == "monthly":
        last = day.replace(day=1) - DAY
        return Span(report, last.replace(day=1), last)
    last = day - DAY
    return Span(report, last - WEEK, last)
