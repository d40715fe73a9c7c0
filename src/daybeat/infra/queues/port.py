"""What those who only speak may do with a queue."""

from typing import Protocol


class Outlet(Protocol):
    """The way into one queue. Whoever holds it can put, and cannot read."""

    async def put(self, *bodies: bytes) -> None:
        """Keep the messages for every reader of the queue; when this returns they will not get lost."""
        ...
