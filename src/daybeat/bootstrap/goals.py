"""How goals and habits meet: goals ask through their port, habits answer."""

from uuid import UUID

from sqlalchemy import Connection

from daybeat.modules.goals.door import GoalsDoor
from daybeat.modules.goals.ports import Countable
from daybeat.modules.habits.reminding import avoids
from daybeat.modules.habits.repository import HabitRepository


class CountableHabits:
    """The habits, as goals see them."""

    def countable(self, connection: Connection, user_id: UUID, habit_id: UUID) -> Countable:
        row = HabitRepository(connection).get(user_id, habit_id)
        measured = row.rules[-1]["target"] is not None or row.unit is not None
        return Countable(measured=measured, avoids=avoids(row))


def goals_door() -> GoalsDoor:
    return GoalsDoor(CountableHabits())
