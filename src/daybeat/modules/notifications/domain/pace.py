"""How fast messages may follow each other."""

from dataclasses import dataclass, field
from math import ceil


@dataclass(slots=True)
class Rhythm:
    """Lets `rate` through in a second, evenly: what goes out at once is what a crash leaves in doubt."""

    rate: float
    _free_at: float = field(default=0.0)

    def take(self, now: float) -> float:
        """Take a place in the line; gives the seconds until it is there. `now` is a monotonic time in seconds."""
        begin = max(self._free_at, now)
        self._free_at = begin + 1 / self.rate
        return begin - now


def limit_of(rate: float) -> str:
    """Write so many a second as a limit that several processes can count together."""
    return f"{int(rate)}/1 second" if rate >= 1 else f"1/{ceil(1 / rate)} seconds"
