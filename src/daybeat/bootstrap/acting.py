"""What a chat may do for its user, each with a sentence of what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from daybeat.bootstrap.core import Core, calendar_of
from daybeat.bootstrap.prompts import moods_door
from daybeat.bootstrap.reminders import REMINDED, reminders_door
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.habits.commands import SetDay
from daybeat.modules.habits.domain.rules import CheckInState
from daybeat.modules.habits.queries import today_page
from daybeat.modules.habits.recording import set_day
from daybeat.modules.habits.repository import HabitRepository
from daybeat.modules.moods.domain.words import word_of
from daybeat.modules.moods.schemas import MoodIn
from daybeat.modules.notifications.ports import Deed, TodayLine
from daybeat.modules.reminders.habit_reminders.handlers import Outcome

State = Literal["open", "done", "skipped"]
DONE, OVER = {"done", "kept"}, {"skipped", "paused", "no", "over", "slip"}


class Doing:
    """Acts for whoever answers in a chat."""

    def __init__(self, core: Core) -> None:
        self._reminders, self._moods = reminders_door(core), moods_door(core)

    def act(self, uow: UnitOfWork, user_id: UUID, reminder_id: UUID, what: Deed) -> str:
        outcome = self._reminders.act(uow, user_id, reminder_id, what)
        return f"{outcome.habit.title}: {self._came_of(what, outcome, uow)}"

    def answer_prompt(self, uow: UnitOfWork, user_id: UUID, prompt_id: UUID, score: int) -> str:
        calendar = calendar_of(uow.connection, user_id)
        self._moods.record(MoodIn(score=score, prompt_id=prompt_id), user_id, calendar, uow)
        return f"Saved: {word_of(score)}."

    def record_mood(self, uow: UnitOfWork, user_id: UUID, score: int, note: str | None, *, mood_id: UUID) -> str:
        calendar = calendar_of(uow.connection, user_id)
        self._moods.record(MoodIn(score=score, note=note or "", id=mood_id), user_id, calendar, uow)
        return f"Saved: {word_of(score)}."

    def today(self, connection: Connection, user_id: UUID, now: datetime) -> Sequence[TodayLine]:
        calendar = calendar_of(connection, user_id)
        day = calendar.habit_day(now)
        items = today_page(connection, user_id, calendar, day, day).items
        return [
            TodayLine(each.habit_id, each.name, day, _state(each.state, satisfied=each.satisfied), each.stats.streak)
            for each in items
            if each.schedule.kind != "avoid"  # a check-in there would be a slip
        ]

    def check_in(self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, idempotency_id: UUID) -> str:  # noqa: ARG002 - a day is done once
        calendar = calendar_of(uow.connection, user_id)
        day = calendar.habit_day(uow.now)
        done = CheckInState.DONE
        command = SetDay(user_id=user_id, calendar=calendar, habit_id=habit_id, day=day, state=done)
        outcome = set_day(command, uow=uow)
        name = HabitRepository(uow.connection).get(user_id, habit_id).name
        return f"{name}: {_done(outcome.stats.streak)}"

    def _came_of(self, what: Deed, outcome: Outcome, uow: UnitOfWork) -> str:
        if what == "snooze" and outcome.due_at is not None:
            at = outcome.due_at.astimezone(ZoneInfo(outcome.habit.calendar.zone))
            return f"I will remind you again at {at:%H:%M}."
        if not outcome.done:
            return "skipped for this day."
        standing = REMINDED.standing(uow.connection, [outcome.habit.habit_id], uow.now)
        return _done(standing[outcome.habit.habit_id].streak)


def _done(streak: int) -> str:
    return f"done. Streak {streak}." if streak > 1 else "done."


def _state(word: str, *, satisfied: bool) -> State:
    if satisfied or word in DONE:
        return "done"
    return "skipped" if word in OVER else "open"
