"""What can go wrong in a way we expect.

DomainError                 something the caller can understand and mend
├── one class per broken expectation, beside the handler that raises it

The class says what kind of mistake it is; each door turns the kind into its own answer (an HTTP status, an exit code).
"""

from enum import Enum


class Kind(Enum):
    """How a broken expectation is answered."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


class DomainError(Exception):
    """An expectation was broken. The docstring of the subclass is what people read."""

    kind = Kind.INVALID

    def __init__(self, detail: str | None = None, *, retry_after: int | None = None) -> None:
        self.detail = detail or (type(self).__doc__ or "").strip().splitlines()[0]
        self.retry_after = retry_after
        super().__init__(self.detail)


class NotFound(DomainError):
    """There is nothing here with that id."""

    kind = Kind.NOT_FOUND
