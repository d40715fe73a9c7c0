"""What can go wrong with notifications, in words for whoever asked."""

from daybeat.kit.errors import DomainError, Kind


class TooManyChannels(DomainError):
    """You have as many channels as an account can have. Remove one first."""

    kind = Kind.CONFLICT


class ChannelNotReady(DomainError):
    """This instance cannot use that channel yet."""

    kind = Kind.CONFLICT


class MadeElsewhere(DomainError):
    """A Telegram chat is connected from the chat: ask for a link and send it to the bot."""


class ChannelOff(DomainError):
    """This channel is switched off or blocked. Switch it on again first."""

    kind = Kind.CONFLICT


class TemplateRefused(DomainError):
    """This text cannot be used as a template."""
