"""What the wall answers."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field


class Day(BaseModel):
    """The last day in equal steps, oldest first; the last step is still running and ends at `until`."""

    until: datetime
    step_minutes: int
    happy: list[int]
    sad: list[int]


class WallStats(BaseModel):
    """Everything the wall shows. `score` is happy minus sad; `waiting_for` says how many more people app moods need."""

    happy: int
    sad: int
    score: int
    total: int
    updated_at: datetime | None
    waiting_for: Annotated[int, Field(ge=0, le=2)]
    day: Day
