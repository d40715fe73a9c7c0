"""The HTTP door of reminders: what they may do, what is planned for a habit, and what became of every slot."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.identity import CurrentReader, CurrentUser, Principal
from daybeat.infra.web.paging import Cursor, Limit, page, reach
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import Work, WorkNow
from daybeat.modules.reminders.domain.reminder_times import minute_of
from daybeat.modules.reminders.habit_reminders import handlers, queries
from daybeat.modules.reminders.habit_reminders.door import Door, RemindersDoor
from daybeat.modules.reminders.habit_reminders.handlers import Deed, Outcome
from daybeat.modules.reminders.habit_reminders.schemas import (
    Acted,
    HabitReminders,
    NudgeIn,
    ReminderList,
    ReminderSettings,
    ReminderSettingsIn,
    Snoozed,
    SnoozeIn,
    State,
)

router = APIRouter(
    prefix="/reminders", tags=["reminders"], route_class=StrictRoute, responses=documented(401, 403, 422)
)

HabitId = Annotated[UUID, Path()]
ReminderId = Annotated[UUID, Path()]


@router.get("/settings")
async def show_reminder_settings(user: CurrentReader, work: WorkNow) -> ReminderSettings:
    """Show what reminders may do."""
    return await work.read(lambda connection: queries.settings(connection, user.user_id))


@router.put("/settings")
async def choose_reminders(body: ReminderSettingsIn, user: CurrentUser, work: WorkNow, door: Door) -> ReminderSettings:
    """Choose what reminders may do. What is left out takes its usual value."""

    def change(uow: UnitOfWork) -> ReminderSettings:
        handlers.choose(user.user_id, body.wanted(), door.habits, uow=uow)
        return queries.settings(uow.connection, user.user_id)

    return await work.write(change)


@router.get("/habits/{habit_id}", responses=documented(404))
async def show_reminders_of_habit(habit_id: HabitId, user: CurrentReader, work: WorkNow, door: Door) -> HabitReminders:
    """Show what is planned for a habit."""
    return await work.read(lambda connection: queries.of_habit(connection, user.user_id, habit_id, door.habits))


@router.put("/habits/{habit_id}/nudge", responses=documented(404, 409))
async def choose_nudge(
    habit_id: HabitId, body: NudgeIn, user: CurrentUser, work: WorkNow, door: Door
) -> HabitReminders:
    """Let a habit be nudged from a time of yours on, or not any more."""
    own = minute_of(dt.time.fromisoformat(body.at))

    def change(uow: UnitOfWork) -> HabitReminders:
        handlers.choose_nudge(user.user_id, habit_id, own, door.habits, enabled=body.enabled, uow=uow)
        return queries.of_habit(uow.connection, user.user_id, habit_id, door.habits)

    return await work.write(change)


@router.post("/habits/{habit_id}/nudge/undo", responses=documented(404))
async def undo_nudge(habit_id: HabitId, user: CurrentUser, work: WorkNow, door: Door) -> HabitReminders:
    """Go back to your own time; what was learned is forgotten."""

    def change(uow: UnitOfWork) -> HabitReminders:
        handlers.undo_learning(user.user_id, habit_id, door.habits, uow=uow)
        return queries.of_habit(uow.connection, user.user_id, habit_id, door.habits)

    return await work.write(change)


@router.post("/habits/{habit_id}/nudge/resume", responses=documented(404))
async def resume_nudge(habit_id: HabitId, user: CurrentUser, work: WorkNow, door: Door) -> HabitReminders:
    """Go on nudging after a rest, or after Daybeat stopped because nothing came of it."""

    def change(uow: UnitOfWork) -> HabitReminders:
        handlers.resume(user.user_id, habit_id, door.habits, uow=uow)
        return queries.of_habit(uow.connection, user.user_id, habit_id, door.habits)

    return await work.write(change)


@router.get("")
async def list_reminders(
    user: CurrentReader,
    work: WorkNow,
    habit_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[State | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ReminderList:
    """List what you were reminded of and what was skipped and why, the newest first."""
    most = reach(limit, cursor)
    rows = await work.read(lambda connection: queries.rows(connection, user.user_id, habit_id, state, most))
    items, next_cursor = page(rows, limit, cursor)
    return ReminderList(items=[queries.reminder_of(row) for row in items], next_cursor=next_cursor)


@router.post("/{reminder_id}/done", responses=documented(404, 409))
async def mark_reminder_done(reminder_id: ReminderId, user: CurrentUser, work: WorkNow, door: Door) -> Acted:
    """Say that the day the reminder is about is done. Saying it twice changes nothing."""
    return _acted(await _act(reminder_id, "done", user, work, door))


@router.post("/{reminder_id}/skip", responses=documented(404, 409))
async def skip_by_reminder(reminder_id: ReminderId, user: CurrentUser, work: WorkNow, door: Door) -> Acted:
    """Skip the day the reminder is about. A day that is done stays done."""
    return _acted(await _act(reminder_id, "skip", user, work, door))


@router.post("/{reminder_id}/snooze", status_code=201, responses=documented(404, 409))
async def snooze_reminder(
    reminder_id: ReminderId, user: CurrentUser, work: WorkNow, door: Door, body: SnoozeIn | None = None
) -> Snoozed:
    """Be reminded again later. A snooze that waits already stays as it is."""
    minutes = (body or SnoozeIn()).minutes
    outcome = await work.write(lambda uow: door.act(uow, user.user_id, reminder_id, "snooze", minutes))
    assert outcome.due_at is not None  # noqa: S101 - a snooze has one
    return Snoozed(due_at=outcome.due_at)


async def _act(reminder_id: UUID, what: Deed, user: Principal, work: Work, door: RemindersDoor) -> Outcome:
    return await work.write(lambda uow: door.act(uow, user.user_id, reminder_id, what))


def _acted(outcome: Outcome) -> Acted:
    return Acted(date=outcome.date, done_today=outcome.done)
