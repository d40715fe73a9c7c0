"""What can go wrong with prompts."""

from daybeat.kit.errors import DomainError, Kind


class HasAnswer(DomainError):
    """This prompt has its answer already; the first one counts."""

    kind = Kind.CONFLICT


class WasNeverAsked(DomainError):
    """This prompt was skipped, so there is nothing to answer."""

    kind = Kind.CONFLICT
