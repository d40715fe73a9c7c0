"""What can go wrong with reminders of habits."""

from daybeat.kit.errors import DomainError, Kind


class WasNotTold(DomainError):
    """This reminder was not sent, so there is nothing to do with it."""

    kind = Kind.CONFLICT


class IsDone(DomainError):
    """You have taken care of this reminder already."""

    kind = Kind.CONFLICT


class InQuietHours(DomainError):
    """That would fall into your quiet hours. Choose a shorter time, or change the quiet hours in the settings."""

    kind = Kind.CONFLICT


class RemindersAreOff(DomainError):
    """Your reminders are switched off. Switch them on in the settings first."""

    kind = Kind.CONFLICT


class NothingToRemindOf(DomainError):
    """This habit is something to leave alone, so there is no time to remind you of it."""

    kind = Kind.CONFLICT
