"""How long to wait for an answer, how often to ask again, and when to leave somebody in peace."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SILENCES_TO_REST = 3
RESTS_TO_DOUBT = 2
REST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Patience:
    """Ask again after `wait`, at most `most` times; after one more `wait` the prompt has expired."""

    wait: timedelta
    most: int

    @property
    def lifetime(self) -> timedelta:
        return self.wait * (self.most + 1)


@dataclass(frozen=True, slots=True)
class Fatigue:
    """How tired somebody is of being asked.

    Three silences in a row bring a rest of two days. Where the second rest would begin, Daybeat asks whether it
    should go on, and puts no prompt until it is told so. Any answer makes everything fresh again.
    """

    silences: int = 0
    rests: int = 0
    resting_until: datetime | None = None
    doubted: bool = False

    def after_silence(self, now: datetime) -> "Fatigue":
        """Count a prompt that nobody answered."""
        silences = self.silences + 1
        if silences < SILENCES_TO_REST:
            return replace(self, silences=silences)
        rests = self.rests + 1
        if rests >= RESTS_TO_DOUBT:
            return Fatigue(0, rests, None, doubted=True)
        return Fatigue(0, rests, now + REST)


FRESH = Fatigue()
