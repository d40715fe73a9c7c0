"""Reading habits: one, all, today, the grid, a whole history."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.kit.calendar import UserCalendar
from daybeat.modules.habits import answers
from daybeat.modules.habits.domain.check_in import CheckIn
from daybeat.modules.habits.domain.faces import Face, faces_between, trace
from daybeat.modules.habits.domain.history import DAY
from daybeat.modules.habits.domain.quotas import Period
from daybeat.modules.habits.open_habit import Outcome
from daybeat.modules.habits.progress import Standing, told
from daybeat.modules.habits.repository import HabitRepository

BEST_RUNS = 10


def habit(connection: Connection, user_id: UUID, habit_id: UUID, calendar: UserCalendar, today: date) -> answers.Habit:
    """Give one habit as its owner sees it."""
    repository = HabitRepository(connection)
    return _habit(repository, repository.get(user_id, habit_id), calendar, today)


def habit_list(
    connection: Connection, user_id: UUID, calendar: UserCalendar, today: date, *, archived: bool | None
) -> list[answers.Habit]:
    """Give all habits in their order."""
    repository = HabitRepository(connection)
    rows = repository.all_of(user_id, archived=archived)
    return [_habit(repository, row, calendar, today) for row in rows]


def today_page(connection: Connection, user_id: UUID, calendar: UserCalendar, day: date, today: date) -> answers.Today:
    """Give what is due on a day and what was said of it, with figures as of today."""
    repository = HabitRepository(connection)
    standings = [Standing(repository, row, calendar, today) for row in repository.all_of(user_id)]
    notes = repository.notes_on(user_id, day)
    items = [_today_item(standing, day, notes.get(standing.row.id)) for standing in standings]
    before = day - DAY
    left_open = [
        answers.StillOpen(habit_id=standing.row.id, name=standing.row.name)
        for standing in standings
        if standing.face(before).state == "missed"
    ]
    return answers.Today(
        date=day,
        today=today,
        items=[item for item in items if item is not None],
        yesterday=answers.Yesterday(date=before, open=left_open),
    )


def grid(connection: Connection, user_id: UUID, calendar: UserCalendar, today: date, *, length: int) -> answers.Grid:
    """Give the last days of every habit that is not archived."""
    repository = HabitRepository(connection)
    first = today - timedelta(days=length - 1)
    rows = []
    for row in repository.all_of(user_id):
        notes = repository.notes_of(row.id, first, today)
        history = repository.history_since(row, calendar, first, today)
        days = [_day(face, notes.get(face.date)) for face in faces_between(history, first, today, today)]
        rows.append(answers.GridRow(habit_id=row.id, days=days))
    return answers.Grid(first=first, last=today, items=rows)


def whole_history(
    connection: Connection,
    user_id: UUID,
    habit_id: UUID,
    calendar: UserCalendar,
    today: date,
    first: date | None,
    last: date | None,
) -> answers.HistoryOut:
    """Live through a habit again, and show the days from first to last."""
    repository = HabitRepository(connection)
    row = repository.get(user_id, habit_id)
    end = min(today, row.archived_on or today)
    faces, runs = trace(repository.history(row, calendar, end, None), end)
    first, last = first or row.start, last or end
    notes = repository.notes_of(habit_id, first, last)
    best = sorted(runs, key=lambda run: (-run.length, -run.last.toordinal()))[:BEST_RUNS]
    return answers.HistoryOut(
        habit_id=habit_id,
        first=first,
        last=last,
        days=[_day_with_strength(face, notes.get(face.date)) for face in faces if first <= face.date <= last],
        runs=[answers.RunOut(first=run.first, last=run.last, length=run.length) for run in best],
    )


def check_in_list(
    connection: Connection, user_id: UUID, habit_id: UUID, first: date | None, last: date, *, with_note: bool
) -> list[answers.CheckInOut]:
    """Give what was said of a habit, the oldest first."""
    repository = HabitRepository(connection)
    row = repository.get(user_id, habit_id)
    found = repository.check_ins_between(habit_id, first or row.start, last, with_note=with_note)
    return [_check_in(each) for each in found]


def result_of(outcome: Outcome) -> answers.Result:
    """Put the outcome of a check-in into the answer."""
    said = outcome.check_in
    return answers.Result(
        check_in=None if said is None else _check_in(said),
        day=_day(outcome.face, said.note if said is not None else None),
        stats=outcome.stats,
        changed=outcome.changed,
    )


def _habit(repository: HabitRepository, row: Row[Any], calendar: UserCalendar, today: date) -> answers.Habit:
    rule = row.rules[-1]
    return answers.Habit.model_validate(
        {
            **row._asdict(),
            "schedule": rule["schedule"],
            "target": rule["target"],
            "direction": rule["direction"],
            "versions": row.rules,
            "stats": told(Standing(repository, row, calendar, today).stats()),
        }
    )


def _today_item(standing: Standing, day: date, note: str | None) -> answers.TodayItem | None:
    face, row = standing.face(day), standing.row
    if not face.due and face.mark is None:
        return None
    period, rule = standing.period(day), row.rules[-1]
    shown = row._asdict()
    return answers.TodayItem.model_validate(
        {
            **{name: shown[name] for name in ("name", "question", "icon", "color", "unit", "tags", "position")},
            "habit_id": row.id,
            "schedule": rule["schedule"],
            "target": rule["target"],
            "direction": rule["direction"],
            **_day(face, note).model_dump(),
            "satisfied": period is not None and period.verdict_so_far is True,
            "period": _period(period),
            "stats": told(standing.stats()),
        }
    )


def _period(period: Period | None) -> answers.PeriodOut | None:
    if period is None:
        return None
    return answers.PeriodOut(first=period.first, last=period.last, done=period.done, target=period.target)


def _day(face: Face, note: str | None) -> answers.DayOut:
    mark = face.mark
    return answers.DayOut(
        date=face.date,
        state=face.state,
        amount=mark.amount if mark else None,
        count=mark.count if mark else 0,
        due=face.due,
        note=note,
    )


def _day_with_strength(face: Face, note: str | None) -> answers.DayWithStrength:
    strength = None if face.strength is None else round(face.strength, 4)
    return answers.DayWithStrength(**_day(face, note).model_dump(), strength=strength)


def _check_in(said: CheckIn | Row[Any]) -> answers.CheckInOut:
    return answers.CheckInOut(
        id=said.id, date=said.day, state=said.state, amount=said.amount, note=said.note, at=said.at, source=said.source
    )
