"""What can go wrong with moods."""

from daybeat.kit.errors import DomainError, Kind


class MoodInFuture(DomainError):
    """A mood cannot be recorded for a time that has not come yet."""


class MoodIdTaken(DomainError):
    """This id belongs to another mood."""

    kind = Kind.CONFLICT


class WordNotUnderstood(DomainError):
    """This word is no mood Daybeat knows. Use 1 to 5, or awful, bad, okay, good, great."""


class AlreadyAnswered(DomainError):
    """This prompt has its answer already; the first one counts."""

    kind = Kind.CONFLICT
