"""What the API says of moods and what goes with them."""

import datetime as dt
from typing import Literal
from uuid import UUID

from pydantic import BaseModel


class AssociationOut(BaseModel):
    """Something that may go with moods: a habit, or a type of activity by its name.

    `points` are mood points by which its days differ, held back towards 0, and the range from `low` to `high` holds
    them in 95 %. `n` counts its days with a mood: `done` and `not_done`. `q` is `p` made honest for all that was asked.
    With too little data all of these are null, and `enough_on` is the day on which there will be enough if the last
    four weeks go on; null when they would never bring it.
    """

    subject: Literal["habit", "activity"]
    habit_id: UUID | None
    name: str
    verdict: Literal["finding", "hint", "nothing", "too little data"]
    points: float | None
    low: float | None
    high: float | None
    n: int
    done: int
    not_done: int
    p: float | None
    q: float | None
    enough_on: dt.date | None


class AssociationList(BaseModel):
    """What goes with better or worse moods, the most certain first: it goes with them, and need not be their cause."""

    today: dt.date
    items: list[AssociationOut]
