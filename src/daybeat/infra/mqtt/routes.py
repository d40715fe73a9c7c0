"""What a door for MQTT looks like: a topic below a user, and what to do with what arrives there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from daybeat.infra.db.unit_of_work import UnitOfWork

ROOT = "daybeat/u"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message a device sent. `words` is the topic below the user, cut at its slashes."""

    user_id: UUID
    words: tuple[str, ...]
    payload: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """Something to publish, QoS 1. An empty retained payload clears the topic."""

    topic: str
    payload: bytes
    retain: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """A door: `tail` is the topic below the user, with + for one word.

    `handle` works in one unit of work and gives what to publish after the commit. When it refuses (a DomainError) or
    breaks, nothing of it happened, and `refuse` makes the answer from the reason.
    """

    tail: str
    handle: Callable[[Arrival, UnitOfWork], Sequence[Message]]
    refuse: Callable[[Arrival, str], Sequence[Message]]


def topic_of(user_id: UUID, tail: str) -> str:
    """Give a user's topic."""
    return f"{ROOT}/{user_id}/{tail}"
