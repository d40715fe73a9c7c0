"""What can be wrong with a decision about a suggestion, or with a day to be reported on."""

from daybeat.kit.errors import DomainError, Kind


class NoLongerFits(DomainError):
    """This suggestion no longer fits: the habit or its figures have changed since."""

    kind = Kind.CONFLICT


class DecidedAlready(DomainError):
    """You have decided about this suggestion already. Undo that first."""

    kind = Kind.CONFLICT


class NothingToApply(DomainError):
    """There is nothing to apply here: this suggestion only tells you something."""

    kind = Kind.CONFLICT


class NotYet(DomainError):
    """That day is still to come. Choose today or an earlier one."""
