"""When reports come: planned by the user's clock, told once, planned anew, and passed over when they are too late."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, select

from daybeat.bootstrap.core import Core
from daybeat.contracts.notifications import AnalyticsReady
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.jobs.table import plan_next, run_due_job
from daybeat.kit.calendar import Stay, UserCalendar
from daybeat.kit.errors import NotFound
from daybeat.kit.ids import new_id
from daybeat.modules.insights.reports import report_on
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.wishes import DEFAULTS
from daybeat.modules.reminders.reports import (
    AT_ONCE,
    TOO_LATE,
    Report,
    Span,
    forget_reports,
    plan_reports,
    report_plans,
    tell_due,
    telling_reports,
)
from tests.support.clock import SetClock

MINUTE = timedelta(minutes=1)
EVENING: dict[str, Any] = {"daily_summary": "21:00"}
MONDAY_MORNING: dict[str, Any] = {"weekly_day": 0, "weekly_at": "09:00"}
FIRST_MORNING: dict[str, Any] = {"monthly_day": 1, "monthly_at": "09:00"}


class Readers:
    """Users who get reports, as time goes by, with nothing else going on."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.clock: SetClock = core.clock  # type: ignore[assignment]
        self.calendars: dict[UUID, UserCalendar] = {}
        self.told: list[tuple[UUID, Span]] = []
        self.unlucky: UUID | None = None

    def somebody(self, zone: str = "UTC", rollover: int = 0, **wishes: Any) -> UUID:
        user_id = new_id()
        self.calendars[user_id] = UserCalendar((Stay(zone, rollover),))
        self.choose(user_id, **wishes)
        return user_id

    def choose(self, user_id: UUID, **wishes: Any) -> None:
        settings, zone = {**DEFAULTS, **wishes}, self.calendars[user_id].zone

        def change(uow: UnitOfWork) -> None:
            ReminderRepository(uow.connection).keep_settings(user_id, settings)
            plan_reports(user_id, settings, zone, uow=uow)

        self.core.store.write_now(change)

    def at(self, instant: str) -> int:
        """Go to an instant of UTC and tell what is due; gives how many that were."""
        self.clock.set(datetime.fromisoformat(instant).replace(tzinfo=UTC))
        return self.core.store.write_now(self.tell)

    def tell(self, uow: UnitOfWork) -> int:
        return tell_due(uow, self.calendar_of, self.compose)

    def plans(self) -> dict[tuple[UUID, str], str]:
        """Give when each report is due, to the minute."""
        rows = self.core.store.read_now(lambda connection: connection.execute(select(report_plans)).all())
        return {(row.user_id, row.report): row.due_at.isoformat()[:16] for row in rows}

    def calendar_of(self, connection: Connection, user_id: UUID) -> UserCalendar:  # noqa: ARG002 - as it is asked
        if user_id not in self.calendars:
            raise NotFound
        return self.calendars[user_id]

    def compose(self, uow: UnitOfWork, user_id: UUID, calendar: UserCalendar, span: Span) -> AnalyticsReady:  # noqa: ARG002 - as it is asked
        if user_id == self.unlucky:
            raise RuntimeError("these habits cannot be read")
        self.told.append((user_id, span))
        return report_on(user_id, span.report, span.first, span.last, [])


@pytest.fixture
def readers(core: Core) -> Readers:
    return Readers(core)


def span(report: Report, first: str, last: str | None = None) -> Span:
    return Span(report, date.fromisoformat(first), date.fromisoformat(last or first))


def test_a_day_is_summed_up_once_at_its_time_and_the_next_one_is_planned(readers: Readers) -> None:
    ana = readers.somebody(**EVENING)
    assert readers.plans() == {(ana, "daily"): "2026-03-02T21:00"}
    assert readers.at("2026-03-02T20:59:59") == 0
    assert [readers.at("2026-03-02T21:00:00") for _ in range(3)] == [1, 0, 0]
    assert readers.told == [(ana, span("daily", "2026-03-02"))]
    assert readers.plans() == {(ana, "daily"): "2026-03-03T21:00"}


def test_a_week_is_summed_up_when_its_seven_days_are_over(readers: Readers) -> None:
    ana = readers.somebody(**MONDAY_MORNING)
    assert readers.plans() == {(ana, "weekly"): "2026-03-09T09:00"}
    readers.at("2026-03-09T09:00:00")
    assert readers.told == [(ana, span("weekly", "2026-03-02", "2026-03-08"))]
    assert readers.plans() == {(ana, "weekly"): "2026-03-16T09:00"}


def test_a_month_is_summed_up_when_its_days_are_over(readers: Readers) -> None:
    ana = readers.somebody(**FIRST_MORNING)
    assert readers.plans() == {(ana, "monthly"): "2026-04-01T09:00"}
    readers.at("2026-04-01T09:00:00")
    assert readers.told == [(ana, span("monthly", "2026-03-01", "2026-03-31"))]
    assert readers.plans() == {(ana, "monthly"): "2026-05-01T09:00"}


def test_within_a_month_it_is_about_the_one_before(readers: Readers) -> None:
    ana = readers.somebody(monthly_day=3, monthly_at="09:00")
    readers.at("2026-03-03T09:00:00")
    assert readers.told == [(ana, span("monthly", "2026-02-01", "2026-02-28"))]
    assert readers.plans() == {(ana, "monthly"): "2026-04-03T09:00"}


def test_after_midnight_it_is_about_the_day_that_is_still_lived(readers: Readers) -> None:
    readers.somebody(rollover=3, daily_summary="00:30", weekly_day=1, weekly_at="00:30")
    readers.at("2026-03-03T00:30:00")
    assert [each for _, each in readers.told] == [
        span("daily", "2026-03-02"),
        span("weekly", "2026-02-23", "2026-03-01"),
    ]


def test_the_clock_on_the_wall_counts_over_clock_changes(readers: Readers) -> None:
    readers.clock.set(datetime(2026, 3, 28, 12, tzinfo=UTC))
    ana = readers.somebody("Europe/Berlin", **EVENING)
    readers.at("2026-03-28T20:00:00")
    assert readers.plans() == {(ana, "daily"): "2026-03-29T19:00"}
    assert readers.at("2026-03-29T19:00:00") == 1
    assert [each.first.day for _, each in readers.told] == [28, 29]


def test_everybody_gets_theirs_by_their_own_clock(readers: Readers) -> None:
    zones = ("Pacific/Kiritimati", "Asia/Kathmandu", "UTC", "America/Los_Angeles")
    users = [readers.somebody(zone, **EVENING) for zone in zones]
    due = ["2026-03-03T07:00", "2026-03-02T15:15", "2026-03-02T21:00", "2026-03-03T05:00"]
    assert [readers.plans()[user, "daily"] for user in users] == due
    for instant in sorted(due):
        assert readers.at(f"{instant}:00") == 1
    assert sorted(each.first.isoformat() for _, each in readers.told) == [*["2026-03-02"] * 3, "2026-03-03"]


def test_a_report_that_is_late_is_still_told_and_one_that_is_very_late_is_passed_over(readers: Readers) -> None:
    ana = readers.somebody(**EVENING)
    assert timedelta(hours=6) == TOO_LATE
    readers.at("2026-03-03T03:00:00")
    assert readers.told == [(ana, span("daily", "2026-03-02"))]
    assert readers.at("2026-03-04T03:00:01") == 1
    assert len(readers.told) == 1
    assert readers.plans() == {(ana, "daily"): "2026-03-04T21:00"}


def test_who_was_away_for_a_month_gets_one_report_not_thirty(readers: Readers) -> None:
    readers.somebody(**EVENING, **MONDAY_MORNING)
    assert readers.at("2026-04-01T21:30:00") == 2
    assert readers.told == []
    assert readers.at("2026-04-01T21:30:00") == 0
    assert sorted(readers.plans().values()) == ["2026-04-02T21:00", "2026-04-06T09:00"]


def test_what_is_switched_off_is_not_told(readers: Readers) -> None:
    ana = readers.somebody(**EVENING, **MONDAY_MORNING)
    readers.choose(ana, **MONDAY_MORNING)
    assert list(readers.plans()) == [(ana, "weekly")]
    readers.choose(ana)
    assert readers.plans() == {}
    assert readers.at("2026-03-09T23:00:00") == 0


def test_another_time_takes_the_place_of_the_old_one(readers: Readers) -> None:
    ana = readers.somebody(**EVENING)
    readers.choose(ana, daily_summary="20:00")
    assert readers.plans() == {(ana, "daily"): "2026-03-02T20:00"}


def test_a_choice_made_while_a_report_is_due_does_not_lose_it(readers: Readers) -> None:
    ana = readers.somebody(**EVENING)
    readers.clock.set(datetime(2026, 3, 2, 21, 0, 30, tzinfo=UTC))
    readers.choose(ana, **EVENING, milestones=False)
    assert readers.at("2026-03-02T21:01:00") == 1
    assert readers.told == [(ana, span("daily", "2026-03-02"))]
    readers.clock.set(datetime(2026, 3, 3, 21, 0, 30, tzinfo=UTC))
    readers.choose(ana)
    assert readers.at("2026-03-03T21:01:00") == 0


def test_plans_are_forgotten_with_their_user(readers: Readers) -> None:
    ana, ben = readers.somebody(**EVENING), readers.somebody(**EVENING)
    readers.core.store.write_now(lambda uow: forget_reports(ana, uow=uow))
    assert list(readers.plans()) == [(ben, "daily")]


def test_an_account_that_was_just_closed_keeps_nobody_from_their_report(readers: Readers) -> None:
    gone, ana = readers.somebody(daily_summary="20:59"), readers.somebody(**EVENING)
    del readers.calendars[gone]
    readers.at("2026-03-02T21:00:00")
    assert [user for user, _ in readers.told] == [ana]
    assert list(readers.plans()) == [(ana, "daily")]


def test_a_report_that_cannot_be_written_keeps_nobody_from_theirs(readers: Readers) -> None:
    readers.unlucky, ana = readers.somebody(daily_summary="20:59"), readers.somebody(**EVENING)
    readers.at("2026-03-02T21:00:00")
    assert [user for user, _ in readers.told] == [ana]
    assert sorted(readers.plans().values()) == ["2026-03-03T20:59", "2026-03-03T21:00"]


def test_what_others_told_while_we_waited_for_our_turn_is_not_told_again(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers.somebody(**EVENING)
    waiting = UnitOfWork.in_turn_of

    def after_the_others(uow: UnitOfWork, *whom: UUID | str) -> bool:
        monkeypatch.setattr(UnitOfWork, "in_turn_of", waiting)
        uow.in_turn_of(*whom)
        readers.tell(uow)
        return True

    monkeypatch.setattr(UnitOfWork, "in_turn_of", after_the_others)
    readers.at("2026-03-02T21:00:00")
    assert len(readers.told) == 1


def test_however_many_are_due_all_are_told_step_by_step(readers: Readers) -> None:
    users = {readers.somebody(**EVENING) for _ in range(2 * AT_ONCE + 5)}
    task = telling_reports(readers.calendar_of, readers.compose)
    readers.clock.set(datetime(2026, 3, 2, 21, tzinfo=UTC))
    readers.core.store.write_now(partial(plan_next, recurring=task))
    readers.clock.forward(minutes=1)
    steps = 0
    while readers.core.store.write_now(partial(run_due_job, {task.name: task})):
        steps += 1
        assert steps < 10
    assert len(readers.told) == len(users) == len({user for user, _ in readers.told})
    assert steps >= 3
