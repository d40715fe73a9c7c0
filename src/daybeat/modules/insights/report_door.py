"""What the door of reports needs besides the kept days: the goals, and the words of the messages."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from daybeat.modules.insights.ports import Goals, Messages


@dataclass(frozen=True, slots=True)
class ReportsDoor:
    """What the composition root hands to the door of reports."""

    goals: Goals
    messages: Messages


async def _door(request: Request) -> ReportsDoor:
    door: ReportsDoor = request.app.state.reports
    return door


Reports = Annotated[ReportsDoor, Depends(_door)]
