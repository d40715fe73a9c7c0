"""Telling: what is due is claimed in one sweep, then told to its users in small units of work.

How a habit stands is asked when it is told, in the turn of its user: whatever was said of the day before that commit
silences it.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Row

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.reminders.habit_reminders.planning import CLOSE, PLAN, replan_habit
from daybeat.modules.reminders.habit_reminders.ports import Habits
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.settling import Settling

AT_ONCE = 200
TURN = "reminders.telling"
"""One process tells at a time, however many are told to."""

Rows: TypeAlias = Sequence[Row[Any]]
Step: TypeAlias = Callable[[Habits, UnitOfWork], int]


def claim_due(_habits: Habits, uow: UnitOfWork) -> int:
    """Claim everything that is due and can be told, in one sweep however much it is; gives how many."""
    uow.in_turn_of(TURN)
    return ReminderRepository(uow.connection).claim(uow.now)


def tell_claimed(habits: Habits, uow: UnitOfWork) -> int:
    """Tell claimed reminders, or record why not, and plan what comes next; gives how many were settled."""
    repository = ReminderRepository(uow.connection)
    claims = _in_their_turn(lambda: repository.claims(AT_ONCE), uow)
    Settling(habits, uow).settle(claims)
    if claims:
        repository.settle_claims(claims)
    return len(claims)


def pass_over_late(habits: Habits, uow: UnitOfWork) -> int:
    """Record as skipped what can no longer be told, end days, and plan on from there; gives how much that was."""
    repository = ReminderRepository(uow.connection)
    late = _in_their_turn(lambda: repository.late(uow.now, AT_ONCE), uow)
    repository.forget_dues(late)
    settling = Settling(habits, uow)
    settling.settle([row for row in late if row.why not in {CLOSE, PLAN}])
    settling.close_days([row for row in late if row.why == CLOSE])
    for row in late:
        if row.why == PLAN:
            replan_habit(row.habit_id, habits, uow)
    return len(late)


STEPS: tuple[Step, ...] = (pass_over_late, claim_due, tell_claimed)
"""Each is run until it finds nothing; days that are over end before anything is told on a new one."""


def _in_their_turn(find: Callable[[], Rows], uow: UnitOfWork) -> Rows:
    """Find rows and wait for the turns of their users; what others changed until then is found anew."""
    uow.in_turn_of(TURN)
    rows = find()
    users = {row.user_id for row in rows}
    return [row for row in find() if row.user_id in users] if uow.in_turn_of(*users) else rows
