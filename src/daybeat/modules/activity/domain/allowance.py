"""How many events one caller may send."""

MINUTE = 60.0


class Allowance:
    """So many events a minute; what is unused gathers up to a minute's worth, and it refills all the time."""

    __slots__ = ("_at", "_left", "_per_minute")

    def __init__(self, per_minute: int, now: float) -> None:
        self._per_minute, self._left, self._at = per_minute, float(per_minute), now

    def take(self, n: int, now: float) -> float:
        """Take `n` when that many are left and give 0, or take none and give the seconds until they are.

        More than a minute's worth at once is taken when nothing has been used, and paid off afterwards.
        """
        self._left = min(self._left + (now - self._at) * self._per_minute / MINUTE, self._per_minute)
        self._at = now
        missing = min(n, self._per_minute) - self._left
        if missing > 0:
            return missing * MINUTE / self._per_minute
        self._left -= n
        return 0.0
