"""The HTTP door of check-ins: set a day, add one now, take back, bring in a history."""

from collections.abc import Callable
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.fields import Day
from daybeat.infra.web.idempotency import RunOnce
from daybeat.infra.web.identity import CurrentReader, CurrentUser
from daybeat.infra.web.paging import Cursor, Limit, page
from daybeat.infra.web.problems import documented
from daybeat.infra.web.work import WorkNow
from daybeat.modules.habits import queries, recording
from daybeat.modules.habits.answers import CheckInList, ImportOut, RefusedDay, Result
from daybeat.modules.habits.commands import CheckInNow, ClearDay, ImportDays, SetDay, TakeBack
from daybeat.modules.habits.domain.rules import CheckInState
from daybeat.modules.habits.http import From, HabitId, To
from daybeat.modules.habits.importing import import_days
from daybeat.modules.habits.open_habit import Outcome
from daybeat.modules.habits.requests import CheckInIn, DayIn, ImportIn

router = APIRouter(tags=["check-ins"], route_class=StrictRoute, responses=documented(401, 403, 404, 422))

OnDay = Annotated[Day, Path(alias="date")]


@router.put("/habits/{habit_id}/check-ins/{date}", responses=documented(409))
async def set_day(
    habit_id: HabitId, day: OnDay, body: DayIn, user: CurrentUser, work: WorkNow, once: RunOnce
) -> Result:
    """Say what a day was: done, skipped or not done. The same call twice is once."""
    command = SetDay(
        user_id=user.user_id,
        calendar=user.calendar,
        habit_id=habit_id,
        day=day,
        state=CheckInState(body.state),
        amount=body.amount,
        note=body.wanted_note(),
    )
    return await work.write(_once(once, user.user_id, lambda uow: recording.set_day(command, uow=uow)))


@router.delete("/habits/{habit_id}/check-ins/{date}", responses=documented(409))
async def clear_day(habit_id: HabitId, day: OnDay, user: CurrentUser, work: WorkNow, once: RunOnce) -> Result:
    """Take back everything that was said of a day."""
    command = ClearDay(user_id=user.user_id, calendar=user.calendar, habit_id=habit_id, day=day)
    return await work.write(_once(once, user.user_id, lambda uow: recording.clear_day(command, uow=uow)))


@router.post("/habits/{habit_id}/check-ins", status_code=201, responses=documented(409))
async def check_in_now(habit_id: HabitId, body: CheckInIn, user: CurrentUser, work: WorkNow, once: RunOnce) -> Result:
    """Add a check-in on the user's habit day. A numeric habit adds the amount, 1 when none is given."""
    command = CheckInNow(
        user_id=user.user_id,
        calendar=user.calendar,
        habit_id=habit_id,
        check_in_id=body.id,
        amount=body.amount,
        note=body.note,
        at=body.at,
        zone=body.timezone,
    )
    return await work.write(_once(once, user.user_id, lambda uow: recording.check_in_now(command, uow=uow)))


@router.get("/habits/{habit_id}/check-ins")
async def list_check_ins(
    habit_id: HabitId,
    user: CurrentReader,
    work: WorkNow,
    first: From = None,
    last: To = None,
    with_note: Annotated[bool, Query()] = False,
    limit: Limit = 500,
    cursor: Cursor = None,
) -> CheckInList:
    """List what was said of a habit, the oldest first."""
    until: date = last or user.calendar.habit_day(work.now)
    found = await work.read(
        lambda connection: queries.check_in_list(connection, user.user_id, habit_id, first, until, with_note=with_note)
    )
    items, next_cursor = page(found, limit, cursor)
    return CheckInList(items=items, next_cursor=next_cursor)


@router.delete("/check-ins/{check_in_id}", responses=documented(409))
async def take_back(check_in_id: UUID, user: CurrentUser, work: WorkNow, once: RunOnce) -> Result:
    """Undo exactly one check-in."""
    command = TakeBack(user_id=user.user_id, calendar=user.calendar, check_in_id=check_in_id)
    return await work.write(_once(once, user.user_id, lambda uow: recording.take_back(command, uow=uow)))


@router.post("/habits/{habit_id}/check-ins/import", responses=documented(409, 413))
async def bring_in(habit_id: HabitId, body: ImportIn, user: CurrentUser, work: WorkNow) -> ImportOut:
    """Set up to 1,000 days at once. Days that already say the same stay untouched."""
    command = ImportDays(
        user_id=user.user_id,
        calendar=user.calendar,
        habit_id=habit_id,
        days={each.date: (CheckInState(each.state), each.amount, each.note or None) for each in body.check_ins},
        dry_run=body.dry_run,
    )
    outcome = await work.write(lambda uow: import_days(command, uow=uow))
    return ImportOut(
        added=outcome.added,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        refused=[RefusedDay(date=day, reason=reason) for day, reason in outcome.refused.items()],
    )


def _once(once: RunOnce, user_id: UUID, change: Callable[[UnitOfWork], Outcome]) -> Callable[[UnitOfWork], Result]:
    """Run a change once for its Idempotency-Key."""
    return lambda uow: once.run(uow, user_id, Result, lambda: queries.result_of(change(uow)))
