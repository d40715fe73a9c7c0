"""How a goal stands: what its owner said of it, and what it adds up to."""

from typing import Literal

State = Literal["active", "completed", "archived"]
Ended = Literal["completed", "archived", "reopened"]


def state_of(ended: Ended | None, progress: float, target: float) -> State:
    """Give the state of a goal. One that is reached is completed, unless its owner took it up again."""
    if ended in {"completed", "archived"}:
        return ended
    return "completed" if ended is None and progress >= target else "active"
