"""What notifications expect from any way to reach somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from daybeat.kit.errors import DomainError

Address = Mapping[str, Any]
"""Where one recipient is, as the channel needs it: plain JSON, checked by the channel before it is kept."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something the message can be answered with. A POST to `url` does it, without signing in."""

    name: str  # done, skip, snooze, or a mood: score:1 … score:5
    label: str
    url: str
    form: str  # the body of that POST, application/x-www-form-urlencoded


@dataclass(frozen=True, slots=True)
class Message:
    """What to tell, in plain text: a channel with a markup of its own escapes it, and shortens what is too long.

    `id` stays the same when a message is sent again, so that a channel which can tell repetitions does.
    """

    id: UUID
    user_id: UUID
    kind: str  # reminder, prompt, check, report, test
    title: str
    body: str
    link: str
    language: str
    subject: UUID | None = None  # the reminder or prompt it speaks of
    actions: tuple[Action, ...] = ()


class BadAddress(DomainError):
    """Nobody can be reached like that."""


class Trouble(Exception):
    """A message did not get through. The text says why, in words for the recipient, and without secrets."""


class Gone(Trouble):
    """The recipient cannot be reached any more: blocked, unsubscribed, deleted. Nothing goes there until they act."""


class Refused(Trouble):
    """This message will never be taken; others may."""


class Later(Trouble):
    """It may work another time; `after` seconds is what the other side asked for, None when it said nothing."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a channel may be used: messages a second to one recipient, and in all."""

    each: float = 5.0
    together: float = 50.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether this instance can use a channel, and what its owner would have to do."""

    ready: bool
    how_to: str = ""


class Channel(Protocol):
    """One way to reach people. Safe to use for many messages at once."""

    kind: str
    pace: Pace

    def readiness(self) -> Readiness: ...

    def check(self, address: Address) -> dict[str, Any]:
        """Give the address as it is to be kept; BadAddress says what is wrong with it. Sends nothing."""
        ...

    def shown(self, address: Address) -> str:
        """Write an address so that its owner knows it again and nobody else can use it."""
        ...

    async def send(self, address: Address, message: Message) -> str | None:
        """Send, within ten seconds; gives what the other side calls the message. Raises Gone, Refused or Later."""
        ...


@dataclass(slots=True)
class Channels:
    """The channels of this instance by their kind."""

    by_kind: Mapping[str, Channel] = field(default_factory=dict)

    def get(self, kind: str) -> Channel:
        """Give a channel; BadAddress for a kind that does not exist here."""
        channel = self.by_kind.get(kind)
        if channel is None:
            raise BadAddress(f"There is no channel of the kind {kind}.")
        return channel
