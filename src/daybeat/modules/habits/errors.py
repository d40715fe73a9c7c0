"""What can be wrong with a request about a habit."""

from daybeat.kit.errors import DomainError, Kind


class BeforeStart(DomainError):
    """That day lies before the start of the habit."""


class InFuture(DomainError):
    """That day has not come yet."""


class HabitArchived(DomainError):
    """This habit is archived. Restore it first."""

    kind = Kind.CONFLICT


class AmountNeeded(DomainError):
    """This habit adds up amounts, so a check-in needs one."""


class CheckInIdTaken(DomainError):
    """There is already a check-in with this id."""

    kind = Kind.CONFLICT


class StartAfterCheckIns(DomainError):
    """There are check-ins before that day, so the habit cannot start later."""

    kind = Kind.CONFLICT


class TooManyHabits(DomainError):
    """An account can have 500 habits. Delete one first."""

    kind = Kind.CONFLICT


class OrderIncomplete(DomainError):
    """The order has to name each of the user's habits once."""
