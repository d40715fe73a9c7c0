"""What reminders ask of habits: many at once, each as it stands on its user's day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select

from daybeat.kit.calendar import UserCalendar
from daybeat.modules.habits.domain.faces import Face, face_of, trace
from daybeat.modules.habits.domain.history import History
from daybeat.modules.habits.domain.quotas import Period
from daybeat.modules.habits.domain.rules import CheckInState, Mark
from daybeat.modules.habits.domain.streaks import LOOK_BACK, Stats, Tally, stats_on
from daybeat.modules.habits.models import check_ins, habits, tallies
from daybeat.modules.habits.repository import HabitRepository, kept_tally
from daybeat.modules.habits.storage import pauses_from, rule_from

DayWord = Literal["open", "done", "skipped", "not due", "paused", "archived"]
Marks = Mapping[date, Mark]

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_KEPT = [tallies.c[field.name].label(f"tally_{field.name}") for field in fields(Tally)]
_SOME = select(habits, *_KEPT).outerjoin(tallies, tallies.c.habit_id == habits.c.id).where(habits.c.id.in_(_IDS))
_MARKS = (
    select(
        check_ins.c.habit_id,
        check_ins.c.day,
        func.min(check_ins.c.state).label("state"),  # what outranks comes first in the alphabet
        func.sum(check_ins.c.amount).label("amount"),
        func.count().label("n"),
    )
    .where(check_ins.c.habit_id.in_(_IDS), check_ins.c.day >= bindparam("since"))
    .group_by(check_ins.c.habit_id, check_ins.c.day)
)


@dataclass(frozen=True, slots=True)
class HabitToday:
    """A habit on its user's day. `last_chance` tells that its streak ends with this day unless it is done."""

    day: date
    state: DayWord
    stats: Stats
    last_chance: bool


def habit_rows(connection: Connection, habit_ids: Sequence[UUID]) -> Sequence[Row[Any]]:
    """Find habits with their kept tallies, whoever's they are."""
    return connection.execute(_SOME, {"ids": habit_ids}).all()


def avoids(row: Row[Any]) -> bool:
    """Tell whether the habit is something to leave alone, by its newest rule."""
    return bool(row.rules[-1]["schedule"]["kind"] == "avoid")


def stand_today(
    connection: Connection, rows: Sequence[Row[Any]], calendars: Mapping[UUID, UserCalendar], days: Mapping[UUID, date]
) -> Iterator[tuple[Row[Any], HabitToday]]:
    """Look at habits as they stand, given the calendar and the present day of each user."""
    firsts = {row.id: _first_needed(row, days[row.user_id]) for row in rows}
    marks = _marks(connection, firsts)
    for row in rows:
        day = days[row.user_id]
        yield row, _today(row, _history(row, calendars[row.user_id], firsts[row.id], day, marks[row.id]), day)


def said_on(connection: Connection, row: Row[Any], calendar: UserCalendar, day: date, today: date) -> str | None:
    """Tell in a word what the user said of a day, None when they said nothing."""
    history = HabitRepository(connection).history_since(row, calendar, day, today)
    face = face_of(history, day, today)
    return None if face.mark is None else face.state


def run_begun_on(connection: Connection, row: Row[Any], calendar: UserCalendar, today: date) -> date | None:
    """Give the first day of the running streak. It lives through the whole history, so it is not for every day."""
    history = HabitRepository(connection).history(row, calendar, today, None)
    _, runs = trace(history, today)
    running = stats_on(history, today).streak
    return runs[-1].first if runs and runs[-1].length == running else None


def _today(row: Row[Any], history: History, day: date) -> HabitToday:
    kept = _kept(row, day)
    stats = stats_on(history, day, kept)
    state = "archived" if row.archived_on is not None else _word(face_of(history, day, day), stats.period)
    return HabitToday(day, state, stats, last_chance=stats.period is None or stats.period.last == day)


def _word(face: Face, period: Period | None) -> DayWord:
    """Say whether the day still asks for something, and why it does not."""
    if face.state in {"skipped", "paused"}:
        return "skipped" if face.mark is not None else "paused" if face.state == "paused" else "not due"
    if face.mark is not None and face.state != "partial":
        return "done"
    if not face.due:
        return "not due"
    return "done" if period is not None and period.verdict_so_far is True else "open"


def _kept(row: Row[Any], day: date) -> Tally | None:
    kept = kept_tally(row)
    return kept if kept is not None and kept.through < day else None


def _first_needed(row: Row[Any], day: date) -> date:
    kept = _kept(row, day)
    first: date = row.start if kept is None else kept.through - timedelta(days=LOOK_BACK)
    return first


def _history(row: Row[Any], calendar: UserCalendar, first: date, day: date, marks: Marks) -> History:
    return History(
        start=row.start,
        rules=tuple(rule_from(stored) for stored in row.rules),
        marks=marks,
        pauses=pauses_from(row.pauses),
        short_days=calendar.short_days(max(first, row.start), day) if day >= row.start else frozenset(),
    )


def _marks(connection: Connection, firsts: Mapping[UUID, date]) -> Mapping[UUID, Marks]:
    """Read what the days of many habits came to, in one go."""
    marks: dict[UUID, dict[date, Mark]] = defaultdict(dict)
    since = min(firsts.values(), default=date.max)
    for row in connection.execute(_MARKS, {"ids": list(firsts), "since": since}):
        marks[row.habit_id][row.day] = Mark(CheckInState(row.state), row.amount, row.n)
    return marks
