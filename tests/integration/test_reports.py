"""What reports say of real habits, and how they arrive."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Row, select

from daybeat.bootstrap.core import calendar_of
from daybeat.bootstrap.reports import compose
from daybeat.contracts.notifications import AnalyticsReady
from daybeat.infra.events.log import event_log
from daybeat.modules.reminders.reports import (
    Report,
    Span,
    report_plans,
)
from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person, running_daybeat
from tests.support.days import use_program_token
from tests.support.notified import channel_at, delivered, ntfy, until
from tests.support.ntfy_server import NtfyServer


@pytest.fixture
def daybeat(tmp_path: Path) -> Iterator[Daybeat]:
    with running_daybeat(tmp_path / "data", allow_private_targets=True) as running:
        yield running


@pytest.fixture
def ana(daybeat: Daybeat) -> Person:
    person = daybeat.person()
    use_program_token(person)
    return person


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    with ntfy() as server:
        yield server


TODAY = date(2026, 3, 2)  # a Monday
WEEK = [TODAY - timedelta(days=n) for n in range(7, 0, -1)]


def report_of(daybeat: Daybeat, person: Person, report: Report = "daily") -> AnalyticsReady:
    """Write a report of today, of the week before, or of the month before."""
    spans = {"daily": (TODAY, TODAY), "weekly": (WEEK[0], WEEK[-1]), "monthly": (date(2026, 2, 1), date(2026, 2, 28))}
    wanted = Span(report, *spans[report])
    user_id = UUID(person.id)
    return daybeat.core.store.write_now(lambda uow: compose(uow, user_id, calendar_of(uow.connection, user_id), wanted))


def came_to(daybeat: Daybeat, person: Person, report: Report = "daily") -> tuple[int, int]:
    said = report_of(daybeat, person, report)
    return said.completed, said.due


def lived(person: Person, habit: str, days: Sequence[date], state: str = "done") -> None:
    for day in days:
        person.says(habit, day, state)


def test_who_has_no_habits_is_invited_to_begin(daybeat: Daybeat, ana: Person) -> None:
    said = report_of(daybeat, ana)
    assert (said.completed, said.due, said.best_title, said.advice) == (0, 0, None, "begin")


def test_a_day_counts_what_it_asked_for(daybeat: Daybeat, ana: Person) -> None:
    ana.habit(name="Open")
    ana.says(ana.habit(name="Done"), TODAY)
    ana.says(ana.habit(name="Skipped"), TODAY, "skip")
    ana.says(ana.habit(name="No"), TODAY, "no")
    ana.habit(name="Another day", schedule={"kind": "weekdays", "days": [2]})
    ana.habit(name="Later", start="2026-03-05")
    paused = ana.habit(name="Paused")
    ana.post(f"/habits/{paused}/pauses", {"from": "2026-03-01", "to": "2026-03-09"})
    ana.patch(f"/habits/{ana.habit(name='Put away')}", {"archived": True})
    assert came_to(daybeat, ana) == (1, 3)


def test_a_week_counts_its_own_days(daybeat: Daybeat, ana: Person) -> None:
    daily = ana.habit(name="Daily", start="2026-01-01")
    lived(ana, daily, WEEK[:4])
    ana.says(daily, TODAY)
    lived(ana, ana.habit(name="Begun midweek", start=str(WEEK[5])), [WEEK[5]])
    ana.habit(name="Begun today", start=str(TODAY))
    assert came_to(daybeat, ana, "weekly") == (5, 9)


@pytest.mark.parametrize(
    ("schedule", "done", "week"),
    [
        ({"kind": "per_week", "n": 3, "week_start": 0}, 2, (2, 3)),
        ({"kind": "per_week", "n": 3, "week_start": 0}, 5, (5, 5)),
        ({"kind": "per_month", "n": 4}, 1, (1, 1)),
        ({"kind": "per_month", "n": 12}, 1, (1, 3)),
        ({"kind": "per_month", "n": 1}, 0, (0, 0)),
    ],
)
def test_a_quota_asks_a_week_for_its_share(
    daybeat: Daybeat, ana: Person, schedule: dict[str, Any], done: int, week: tuple[int, int]
) -> None:
    lived(ana, ana.habit(schedule=schedule, start="2026-01-01"), WEEK[:done])
    assert came_to(daybeat, ana, "weekly") == week


def test_a_quota_asks_no_day_in_particular(daybeat: Daybeat, ana: Person) -> None:
    habit = ana.habit(schedule={"kind": "per_week", "n": 3}, start="2026-01-01")
    assert came_to(daybeat, ana) == (0, 0)
    ana.says(habit, TODAY)
    assert came_to(daybeat, ana) == (1, 1)


def test_a_quota_that_began_after_the_week_asks_nothing_of_it(daybeat: Daybeat, ana: Person) -> None:
    for schedule in ({"kind": "per_week", "n": 3}, {"kind": "per_month", "n": 9}):
        ana.habit(schedule=schedule, start=str(TODAY))
    ana.habit(schedule={"kind": "weekly_total", "week_start": 0}, target=10, unit="km", start=str(TODAY))
    assert came_to(daybeat, ana, "weekly") == (0, 0)


def test_an_amount_a_week_is_reached_or_not(daybeat: Daybeat, ana: Person) -> None:
    wish = {"schedule": {"kind": "weekly_total", "week_start": 0}, "target": 10, "unit": "km", "start": "2026-01-01"}
    for amount in (12, 5):
        ana.says(ana.habit(**wish), WEEK[2], amount=amount)
    assert came_to(daybeat, ana, "weekly") == (1, 2)
    assert came_to(daybeat, ana) == (0, 0)


def test_what_is_left_alone_today_counts_as_kept_so_far(daybeat: Daybeat, ana: Person) -> None:
    ana.habit(name="No sugar", schedule={"kind": "avoid"}, start="2026-01-01")
    said = report_of(daybeat, ana)
    assert (said.completed, said.due, said.best_title) == (1, 1, "No sugar")


def test_a_slip_is_not_answered_with_asking_for_a_check_in(daybeat: Daybeat, ana: Person) -> None:
    ana.says(ana.habit(name="No sugar", schedule={"kind": "avoid"}, start="2026-02-27"), TODAY)
    said = report_of(daybeat, ana)
    assert (said.completed, said.due, said.advice) == (0, 1, "keep")


def test_a_streak_at_stake_is_named(daybeat: Daybeat, ana: Person) -> None:
    habit = ana.habit(name="Run", start="2026-01-01")
    lived(ana, habit, WEEK)
    said = report_of(daybeat, ana)
    assert (said.best_title, said.best_streak, said.best_unit) == ("Run", 7, "day")
    assert (said.advice, said.advice_title) == ("protect", "Run")


def plans(daybeat: Daybeat, person: Person) -> dict[str, str]:
    caught_up(daybeat)
    ours = select(report_plans).where(report_plans.c.user_id == UUID(person.id))
    rows = daybeat.core.store.read_now(lambda connection: connection.execute(ours).all())
    return {row.report: row.due_at.isoformat()[:16] for row in rows}


def facts(daybeat: Daybeat) -> Sequence[Row[Any]]:
    query = select(event_log).where(event_log.c.type == AnalyticsReady.name)
    return daybeat.core.store.read_now(lambda connection: connection.execute(query).all())


def has_told(daybeat: Daybeat, n: int) -> bool:
    return len(facts(daybeat)) == n


def test_a_day_ends_with_a_summary_in_the_language_of_each_place(
    daybeat: Daybeat, ana: Person, server: NtfyServer
) -> None:
    channel_at(ana, server, "en", kinds=["reports"])
    channel_at(ana, server, "de", language="de", kinds=["reports"])
    channel_at(ana, server, "nothing", kinds=["reminders"])
    ana.put("/reminders/settings", {"daily_summary": "21:00"})
    read = ana.habit(name="Read", start="2026-02-01")
    lived(ana, read, [*WEEK, TODAY])
    run = ana.habit(name="Run", start="2026-02-01")
    lived(ana, run, WEEK)
    daybeat.clock.set(datetime(2026, 3, 2, 21, 1, tzinfo=UTC))
    delivered(ana, "sent", 2)
    told = {each["topic"]: (each["title"], each["message"].splitlines()) for each in server.messages}
    assert told == {
        "en": (
            "Your day",
            ["1 of 2 completed", "Longest streak: Read, 8 days", "Look after Run: that streak is worth keeping."],
        ),
        "de": (
            "Dein Tag",
            ["1 von 2 erledigt", "Längste Serie: Read, 8", "Achte auf Run: diese Serie ist es wert."],
        ),
    }
    assert plans(daybeat, ana) == {"daily": "2026-03-03T21:00"}
    assert len(facts(daybeat)) == 1


def test_a_week_ends_with_a_report(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server)
    chosen = {"weekly_report": {"day": 0, "at": "13:00"}}
    assert ana.put("/reminders/settings", chosen)["weekly_report"] == chosen["weekly_report"]
    lived(ana, ana.habit(name="Read", start="2026-01-01"), WEEK[:5])
    daybeat.clock.set(datetime(2026, 3, 2, 13, 1, tzinfo=UTC))
    [sent] = delivered(ana, "sent")
    assert (sent["kind"], sent["title"]) == ("report", "Your week")
    assert sent["body"].splitlines()[0] == "5 of 7 completed"
    [fact] = facts(daybeat)
    assert (fact.data["first"], fact.data["last"]) == ("2026-02-23", "2026-03-01")


def test_a_month_ends_with_a_report(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server, "en")
    channel_at(ana, server, "de", language="de")
    ana.put("/reminders/settings", {"monthly_report": {"day": 2, "at": "13:00"}})
    lived(ana, ana.habit(name="Read", start="2026-01-01"), WEEK[:5])
    daybeat.clock.set(datetime(2026, 3, 2, 13, 1, tzinfo=UTC))
    delivered(ana, "sent", 2)
    told = {each["topic"]: (each["title"], each["message"].splitlines()[0]) for each in server.messages}
    assert told == {"en": ("Your month", "5 of 28 completed"), "de": ("Dein Monat", "5 von 28 erledigt")}
    [fact] = facts(daybeat)
    assert (fact.data["report"], fact.data["first"], fact.data["last"]) == ("monthly", "2026-02-01", "2026-02-28")


@pytest.mark.parametrize(
    ("schedule", "month"),
    [
        ({"kind": "per_week", "n": 3, "week_start": 0}, (5, 12)),
        ({"kind": "per_month", "n": 4}, (5, 5)),
        ({"kind": "per_month", "n": 12}, (5, 12)),
    ],
)
def test_a_quota_asks_a_month_for_all_its_weeks(
    daybeat: Daybeat, ana: Person, schedule: dict[str, Any], month: tuple[int, int]
) -> None:
    lived(ana, ana.habit(schedule=schedule, start="2026-01-01"), WEEK[:5])
    assert came_to(daybeat, ana, "monthly") == month


def test_an_amount_a_week_is_counted_by_the_weeks_that_ended(daybeat: Daybeat, ana: Person) -> None:
    wish = {"schedule": {"kind": "weekly_total", "week_start": 0}, "target": 10, "unit": "km", "start": "2026-01-01"}
    ana.says(ana.habit(**wish), WEEK[2], amount=12)
    assert came_to(daybeat, ana, "monthly") == (0, 4)
    assert came_to(daybeat, ana, "weekly") == (1, 1)


def test_a_schedule_that_changed_counts_by_what_held(daybeat: Daybeat, ana: Person) -> None:
    daybeat.clock.set(datetime(2026, 2, 26, 12, tzinfo=UTC))
    habit = ana.habit(start="2026-01-01")
    ana.patch(f"/habits/{habit}", {"schedule": {"kind": "weekdays", "days": [6]}})
    daybeat.clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    lived(ana, habit, [WEEK[0], WEEK[6]])
    assert came_to(daybeat, ana, "weekly") == (2, 4)


@pytest.mark.parametrize("day", [0, 29, "1"])
def test_a_month_has_no_such_day(ana: Person, day: Any) -> None:
    answer = ana.ask("PUT", "/reminders/settings", json={"monthly_report": {"day": day, "at": "09:00"}})
    assert answer.status_code == 422


def test_choosing_plans_and_giving_up_takes_back(daybeat: Daybeat, ana: Person) -> None:
    assert plans(daybeat, ana) == {}
    ana.put("/reminders/settings", {"daily_summary": "21:00", "weekly_report": {"day": 6, "at": "09:00"}})
    both = {"daily": "2026-03-02T21:00", "weekly": "2026-03-08T09:00"}
    assert plans(daybeat, ana) == both
    ana.put("/reminders/settings", {"daily_summary": "20:00"})
    assert plans(daybeat, ana) == {"daily": "2026-03-02T20:00"}
    ana.put("/reminders/settings", {"enabled": False, "daily_summary": "20:00"})
    assert plans(daybeat, ana) == {"daily": "2026-03-02T20:00"}
    ana.put("/reminders/settings", {})
    assert plans(daybeat, ana) == {}


def test_who_moves_gets_reports_by_the_new_clock(daybeat: Daybeat) -> None:
    ana = daybeat.person()
    ana.put("/reminders/settings", {"daily_summary": "21:00"})
    ana.patch("/auth/me", {"timezone": "America/New_York"})
    assert plans(daybeat, ana) == {"daily": "2026-03-03T02:00"}
    ana.patch("/auth/me", {"name": "Ana Maria"})
    assert plans(daybeat, ana) == {"daily": "2026-03-03T02:00"}


def test_nobody_else_hears_of_it(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    ben = daybeat.person("ben@example.org")
    use_program_token(ben)
    channel_at(ben, server, "ben")
    channel_at(ana, server, "ana")
    ana.put("/reminders/settings", {"daily_summary": "13:00"})
    daybeat.clock.set(datetime(2026, 3, 2, 13, 1, tzinfo=UTC))
    delivered(ana, "sent")
    assert [each["topic"] for each in server.messages] == ["ana"]
    assert ben.get("/notifications/deliveries")["items"] == []


def test_own_words_write_the_report(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server)
    body = "{{ first }}..{{ last }}: {{ completed }}/{{ due }}{% for line in lines %}; {{ line }}{% endfor %}"
    ana.put("/notifications/templates", {"kind": "report", "title": "{{ report }}", "body": body})
    ana.put("/reminders/settings", {"daily_summary": "13:00"})
    daybeat.clock.set(datetime(2026, 3, 2, 13, 1, tzinfo=UTC))
    delivered(ana, "sent")
    assert server.messages[0]["title"] == "daily"
    said = "2026-03-02..2026-03-02: 0/0; Nothing was due. A small habit would be a good beginning."
    assert server.messages[0]["message"] == said


def test_reports_go_on_while_days_go_by(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server)
    ana.put("/reminders/settings", {"daily_summary": "21:00"})
    for day in range(2, 5):
        daybeat.clock.set(datetime(2026, 3, day, 21, 1, tzinfo=UTC))
        until(partial(has_told, daybeat, day - 1))
    assert [each.data["last"] for each in facts(daybeat)] == ["2026-03-02", "2026-03-03", "2026-03-04"]
