"""What can be wrong with a request about an account."""

from daybeat.kit.errors import DomainError, Kind


class EmailTaken(DomainError):
    """There is already an account with this e-mail address."""

    kind = Kind.CONFLICT


class RegistrationClosed(DomainError):
    """New accounts cannot be opened here. Ask whoever runs this Daybeat for an invitation."""

    kind = Kind.FORBIDDEN


class InviteNotValid(DomainError):
    """This invitation is unknown, expired or already used."""

    kind = Kind.FORBIDDEN


class WrongCredentials(DomainError):
    """E-mail address and password do not belong together."""

    kind = Kind.UNAUTHENTICATED


class WrongPassword(DomainError):
    """That is not the current password."""

    kind = Kind.FORBIDDEN


class WeakPassword(DomainError):
    """This password is too easy to guess."""


class SessionEnded(DomainError):
    """This session has ended. Please sign in again."""

    kind = Kind.UNAUTHENTICATED


class ForeignOrigin(DomainError):
    """Requests with the session cookie are only taken from Daybeat's own page."""

    kind = Kind.FORBIDDEN


class TooManyAttempts(DomainError):
    """Too many attempts. Wait a moment, then try again."""

    kind = Kind.TOO_MANY


class TooManyTokens(DomainError):
    """This account has as many tokens as it can have. Revoke one first."""

    kind = Kind.CONFLICT
