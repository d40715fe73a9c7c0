"""What the door of goals needs: the habits behind them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from daybeat.modules.goals.ports import Habits


@dataclass(frozen=True, slots=True)
class GoalsDoor:
    """What the composition root hands to the door of goals."""

    habits: Habits


async def _door(request: Request) -> GoalsDoor:
    door: GoalsDoor = request.app.state.goals
    return door


Door = Annotated[GoalsDoor, Depends(_door)]
