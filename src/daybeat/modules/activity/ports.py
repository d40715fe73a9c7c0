"""What the way in needs from outside. It stands apart from what needs a database."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from daybeat.infra.web.identity import Principal
from daybeat.modules.activity.event import ActivityEvent

Find = Callable[[str], Awaitable[Principal]]
"""Says who a token speaks for, or refuses it."""


class Sink(Protocol):
    """Where accepted events go."""

    async def put(self, events: Sequence[ActivityEvent]) -> None:
        """Keep events; when this returns they will not get lost. When it raises, nothing is promised of them."""
        ...
