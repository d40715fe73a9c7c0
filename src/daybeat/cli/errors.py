"""How a command can fail, and the exit code that tells scripts."""


class CommandFailed(Exception):
    """The command did not do what it was asked; the message says why."""

    code = 1


class NotSignedInHere(CommandFailed):
    """There is no token for this Daybeat, or it is not accepted any more."""

    code = 3


class Unreachable(CommandFailed):
    """The server does not answer."""


class SavedOffline(CommandFailed):
    """The server does not answer; what was asked is kept and will be sent with the next command."""

    code = 4
