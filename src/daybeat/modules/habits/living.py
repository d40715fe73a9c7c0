"""What every day of a habit came to, with the verdicts on what it was due for: what insights ask of habits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from daybeat.kit.calendar import UserCalendar
from daybeat.modules.habits.domain.check_in import has_hour
from daybeat.modules.habits.domain.faces import Face, face_of, went_well
from daybeat.modules.habits.domain.history import DAY, History
from daybeat.modules.habits.domain.quotas import measure
from daybeat.modules.habits.domain.schedules import StreakUnit, streak_unit
from daybeat.modules.habits.domain.streaks import Tally, close_days, look_at, seed
from daybeat.modules.habits.models import check_ins
from daybeat.modules.habits.repository import HabitRepository, kept_tally


@dataclass(frozen=True, slots=True)
class Lived:
    """A day, its strength when it was over, and whether the occurrence that it closed was met.

    `verdict` is None where none was closed; `since` is the first day of the one that was.
    """

    face: Face
    good: bool
    strength: float
    unit: StreakUnit
    verdict: bool | None
    since: date | None

    @property
    def due(self) -> bool:
        """Tell whether the day asked for something. A quota asks for no day in particular, so only done ones count."""
        return self.face.due if self.unit == "day" else self.done

    @property
    def done(self) -> bool:
        """Tell whether the day went well. What was done although it was not due adds nothing."""
        return self.good and (self.face.due or self.unit != "day")


def days_of(
    connection: Connection, user_id: UUID, habit_id: UUID, calendar: UserCalendar, since: date, today: date
) -> Iterator[Lived]:
    """Live through a habit from a day on; it goes on from the kept tally where that reaches far enough."""
    repository = HabitRepository(connection)
    row = repository.get(user_id, habit_id)
    end, kept = min(today, row.archived_on or today), kept_tally(row)
    tally = kept if kept is not None and kept.through < min(since, end) else None
    return lived(repository.history(row, calendar, end, tally), since, end, tally)


def lived(history: History, since: date, today: date, tally: Tally | None) -> Iterator[Lived]:
    """Live through the days from `since` to today, which is still open."""
    tally = replace(tally) if tally is not None else seed(history)
    before = (tally.due, tally.successes)
    for day in close_days(tally, history, today - DAY):
        if day >= since:
            yield _lived(history, day, today, tally, before)
        before = (tally.due, tally.successes)
    if today >= max(since, history.start):
        look_at(tally, history, today)
        yield _lived(history, today, today, tally, before)


def _lived(history: History, day: date, today: date, tally: Tally, before: tuple[int, int]) -> Lived:
    rule, (due, successes) = history.rule_on(day), before
    unit = streak_unit(rule.schedule)
    verdict = tally.successes > successes if tally.due > due else None
    first = None if verdict is None else day if unit == "day" else measure(history, rule, day).first
    face = face_of(history, day, today)
    return Lived(face, went_well(face, rule), tally.strength, unit, verdict, first)


def times(connection: Connection, user_id: UUID, calendar: UserCalendar, since: date) -> Iterator[tuple[date, int]]:
    """Give habit day and local hour of what was checked in on the day itself, from a day on.

    What was said of a day afterwards is kept at its noon by UTC, so nothing is known of its hour.
    """
    said = (check_ins.c.user_id == user_id) & (check_ins.c.state == "done") & (check_ins.c.day >= since)
    for day, at, zone in connection.execute(select(check_ins.c.day, check_ins.c.at, check_ins.c.zone).where(said)):
        if has_hour(day, at) and calendar.habit_day(at, zone) == day:
            yield day, at.astimezone(ZoneInfo(zone)).hour
