"""What follows from events, in the process that has both databases: rules that feed habits and goals, and erasing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from daybeat.bootstrap.background import Background
from daybeat.bootstrap.core import Core, calendar_of
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.clock import Clock
from daybeat.modules.activity.erasing import Erasing, Pruning
from daybeat.modules.activity.following import Following
from daybeat.modules.activity.rules_port import Targets
from daybeat.modules.activity.store import ActivityStore
from daybeat.modules.goals.commands import AddEntry
from daybeat.modules.goals.entries import put_entry
from daybeat.modules.goals.repository import GoalRepository
from daybeat.modules.goals.telling import tell
from daybeat.modules.habits.commands import CheckInNow
from daybeat.modules.habits.recording import check_in_now
from daybeat.modules.habits.repository import HabitRepository


class HabitsForRules:
    """Answers what rules ask of habits."""

    def title(self, connection: Connection, user_id: UUID, habit_id: UUID) -> str:
        return str(HabitRepository(connection).get(user_id, habit_id).name)

    def check_in(
        self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, check_in_id: UUID, amount: float | None, at: datetime
    ) -> None:
        calendar = calendar_of(uow.connection, user_id)
        command = CheckInNow(
            user_id=user_id, calendar=calendar, habit_id=habit_id, check_in_id=check_in_id, amount=amount, at=at
        )
        check_in_now(command, uow=uow)


class GoalsForRules:
    """Answers what rules ask of goals."""

    def title(self, connection: Connection, user_id: UUID, goal_id: UUID) -> str:
        return str(GoalRepository(connection).get(user_id, goal_id).name)

    def add(self, uow: UnitOfWork, user_id: UUID, goal_id: UUID, entry_id: UUID, amount: float, at: datetime) -> None:
        command = AddEntry(
            user_id=user_id,
            calendar=calendar_of(uow.connection, user_id),
            goal_id=goal_id,
            amount=amount,
            day=None,
            note=None,
            entry_id=entry_id,
            at=at,
        )
        put_entry(command, uow=uow)

    def tell(self, uow: UnitOfWork, user_id: UUID, goal_id: UUID) -> None:
        tell(user_id, goal_id, uow)


def rule_targets() -> Targets:
    """Put together what rules can feed."""
    return Targets(HabitsForRules(), GoalsForRules())


def following_background(core: Core) -> Background:
    """Name what follows from events."""
    following = Following(core.store, core.activity, rule_targets())
    erasing = Erasing(core.store, core.activity, core.clock)
    return {"activity rules": following.run, "activity erasing": erasing.run}


def pruning_background(store: ActivityStore, clock: Clock, keep_days: int) -> Background:
    """Name what drops events that are older than they are to be kept; 0 keeps them for ever."""
    return {"activity pruning": Pruning(store, clock, keep_days).run} if keep_days else {}
