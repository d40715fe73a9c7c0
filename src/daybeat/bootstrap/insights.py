"""How insights and those they ask meet, and when somebody thinks about what facts mean."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from daybeat.bootstrap.suggesting import ChangeableHabits
from daybeat.infra.db.store import StoreUnavailable
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.jobs.table import Recurring
from daybeat.kit.calendar import UserCalendar
from daybeat.kit.errors import NotFound
from daybeat.modules.activity.queries import counts_between
from daybeat.modules.activity.store import ActivityStore
from daybeat.modules.habits.domain.streaks import LOOK_BACK
from daybeat.modules.habits.domain.upcoming import next_open
from daybeat.modules.habits.living import days_of, times
from daybeat.modules.habits.progress import Standing
from daybeat.modules.habits.reminding import avoids, habit_rows
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.insights.active_days import ActivityLately
from daybeat.modules.insights.door import InsightsDoor
from daybeat.modules.insights.judging import judge
from daybeat.modules.insights.marking import lagging
from daybeat.modules.insights.ports import Habit, LivedDay, Sources, Upcoming
from daybeat.modules.insights.refreshing import refresh
from daybeat.modules.insights.subscriptions import THINK, think_on, think_soon
from daybeat.modules.insights.suggestions import keep_in_step
from daybeat.modules.moods.models import moods

CalendarOf = Callable[[Connection, UUID], UserCalendar]
Step = Callable[[UnitOfWork, UUID, UserCalendar, Sources], bool]

EVERY = timedelta(hours=1)
MOST_LAGGING = 10_000
DAY = timedelta(days=1)


class LivedHabits:
    """The habits, as insights see them."""

    def ids(self, connection: Connection, user_id: UUID) -> Sequence[UUID]:
        return [row.id for row in HabitRepository(connection).all_of(user_id, archived=None)]

    def living(self, connection: Connection, user_id: UUID) -> Mapping[UUID, str]:
        return {row.id: row.name for row in HabitRepository(connection).all_of(user_id)}

    def lived(
        self, connection: Connection, user_id: UUID, habit_id: UUID, calendar: UserCalendar, since: date, today: date
    ) -> Iterator[LivedDay]:
        for day in days_of(connection, user_id, habit_id, calendar, since, today):
            face = day.face
            yield LivedDay(
                face.date, face.state, day.due, day.done, round(day.strength, 4), day.verdict, day.since, day.unit
            )

    def all_of(self, connection: Connection, user_id: UUID, calendar: UserCalendar, today: date) -> Sequence[Habit]:
        repository = HabitRepository(connection)
        rows = repository.all_of(user_id, archived=None)
        return [_habit(Standing(repository, row, calendar, today)) for row in rows]

    def times(
        self, connection: Connection, user_id: UUID, calendar: UserCalendar, since: date
    ) -> Iterator[tuple[date, int]]:
        return times(connection, user_id, calendar, since)

    def upcoming(
        self, connection: Connection, user_id: UUID, habit_ids: Sequence[UUID], calendar: UserCalendar, today: date
    ) -> Mapping[UUID, Upcoming]:
        repository, rows = HabitRepository(connection), habit_rows(connection, habit_ids)
        living = [row for row in rows if row.user_id == user_id and row.archived_on is None]
        since = today - timedelta(days=LOOK_BACK)
        found = [(row, next_open(repository.history_since(row, calendar, since, today), today)) for row in living]
        return {
            row.id: Upcoming(row.name, avoids(row), each.first, each.last, each.unit, each.asks_today)
            for row, each in found
            if each is not None
        }


def _habit(standing: Standing) -> Habit:
    row, stats = standing.row, standing.stats()
    return Habit(
        habit_id=row.id,
        name=row.name,
        unit=stats.unit,
        archived=row.archived_on is not None,
        avoids=avoids(row),
        streak=stats.streak,
        best_streak=stats.best_streak,
    )


class SaidMoods:
    """The moods, as insights see them."""

    def said(self, connection: Connection, user_id: UUID, since: date) -> Iterator[tuple[date, int, int]]:
        query = select(moods.c.day, moods.c.at, moods.c.zone, moods.c.score)
        for day, at, zone, score in connection.execute(query.where(moods.c.user_id == user_id, moods.c.day >= since)):
            yield day, at.astimezone(ZoneInfo(zone)).hour, score


class CountedActivity:
    """The activity events, as insights see them."""

    def __init__(self, store: ActivityStore) -> None:
        self._store = store

    def by_day(
        self, user_id: UUID, calendar: UserCalendar, first: date, last: date
    ) -> Mapping[str, Mapping[date, int]]:
        begin, end = (datetime.combine(day, time(), UTC) for day in (first - DAY, last + 2 * DAY))
        try:
            rows = self._store.read_now(lambda connection: counts_between(connection, user_id, begin, end))
        except StoreUnavailable:
            return {}
        days: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        habit_day = cache(calendar.habit_day)  # many types share an hour
        for row in rows:
            day = habit_day(row.hour)
            if first <= day <= last:
                days[row.event_type][day] += row.n
        return days


class NoActivity:
    """Stands where events are of no use."""

    def by_day(
        self, _user_id: UUID, _calendar: UserCalendar, _first: date, _last: date
    ) -> Mapping[str, Mapping[date, int]]:
        return {}


def insights_door(activity: ActivityStore) -> InsightsDoor:
    counted = CountedActivity(activity)
    return InsightsDoor(Sources(LivedHabits(), SaidMoods(), counted, ChangeableHabits()), ActivityLately(counted))


STEPS: tuple[Step, ...] = (judge, keep_in_step)
"""What is thought about a user whose days were read, in this order. Each says whether it is done; the next needs it."""


def thinking(calendar_of: CalendarOf) -> Recurring:
    """Give the task that thinks about a user whose facts changed, and every hour about those whose day did."""
    return Recurring(THINK, EVERY, _Thinking(calendar_of).task)


class _Thinking:
    def __init__(self, calendar_of: CalendarOf) -> None:
        self._calendar_of = calendar_of
        self._sources = Sources(LivedHabits(), SaidMoods(), NoActivity(), ChangeableHabits())

    def task(self, uow: UnitOfWork, args: Mapping[str, Any]) -> None:
        if "user_id" in args:
            self._think(UUID(args["user_id"]), uow, has_read=args.get("has_read", False))
            return
        for user_id, through in lagging(uow.connection, uow.now, MOST_LAGGING):
            calendar = self._calendar(user_id, uow)
            if calendar and through + DAY < calendar.habit_day(uow.now):
                think_soon(user_id, uow)

    def _think(self, user_id: UUID, uow: UnitOfWork, *, has_read: bool) -> None:
        calendar = self._calendar(user_id, uow)
        if calendar is None:
            return
        if not has_read:
            # A unit of its own: reading takes longer than others want to wait for the user's turn.
            think_on(user_id, uow, has_read=refresh(uow, user_id, calendar, self._sources))
            return
        uow.in_turn_of(user_id)  # a look of theirs judges and decides too
        if not all(step(uow, user_id, calendar, self._sources) for step in STEPS):
            think_on(user_id, uow, has_read=True)

    def _calendar(self, user_id: UUID, uow: UnitOfWork) -> UserCalendar | None:
        """Give a user's calendar, unless the account went while this waited."""
        with suppress(NotFound):
            return self._calendar_of(uow.connection, user_id)
        return None
