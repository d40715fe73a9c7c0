"""How often a message is tried, and when it is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_WAIT = 2.0  # seconds
LONGEST_WAIT = 300.0
LONGEST_ASKED = 3600.0  # what another side may ask for
TRIED_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that was tried so often since it was made, and helps nobody after `expires_at`."""

    created_at: datetime
    attempts: int
    expires_at: datetime | None

    @property
    def gives_up_at(self) -> datetime:
        tried = self.created_at + TRIED_FOR
        return min(tried, self.expires_at) if self.expires_at is not None else tried

    def is_late(self, now: datetime) -> bool:
        return now >= self.gives_up_at


def wait_after(attempts: int, asked: float | None) -> timedelta:
    """Give how long to wait after so many failures: longer each time, and as long as the other side asks."""
    own = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempts, 20))
    return timedelta(seconds=max(own, min(asked or 0.0, LONGEST_ASKED)))
