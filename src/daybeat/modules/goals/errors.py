"""What can go wrong with goals."""

from daybeat.kit.errors import DomainError, Kind


class TooManyGoals(DomainError):
    """An account has at most two hundred goals. Delete one that you do not need any more."""

    kind = Kind.CONFLICT


class NothingToCount(DomainError):
    """This habit is something to leave alone, and a goal counts what you do. Choose another habit."""


class DeadlineBeforeStart(DomainError):
    """The deadline comes before the day on which the goal begins. Choose a later one."""


class StartInFuture(DomainError):
    """A goal begins today or earlier. Choose a day that has come already."""


class StartAfterEnd(DomainError):
    """The goal ended before that day. Let it begin earlier, or reopen it first."""


class EntryBeforeStart(DomainError):
    """The goal begins after that day, so it would not count. Choose a later day, or let the goal begin earlier."""


class EntryInFuture(DomainError):
    """That day has not come yet. Choose today or a day before."""


class EntryIdTaken(DomainError):
    """This id belongs to something else. Send it with a new one."""

    kind = Kind.CONFLICT


class GoalHasEnded(DomainError):
    """This goal is closed, so it takes nothing more. Reopen it first."""

    kind = Kind.CONFLICT
