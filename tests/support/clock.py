"""A clock that stands still until it is told otherwise."""

from datetime import UTC, datetime, timedelta


class SetClock:
    """Shows the instant it was set to."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        return self._instant

    def set(self, instant: datetime) -> None:
        self._instant = instant.astimezone(UTC)

    def forward(self, **by: float) -> None:
        self._instant += timedelta(**by)
