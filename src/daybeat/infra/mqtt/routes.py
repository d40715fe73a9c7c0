"""What a door for MQTT looks like: a topic below a user, and what to do with what arrives there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from daybeat.contracts.topics import ROOT
from daybeat.infra.db.unit_of_work import UnitOfWork


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


def filter_of(route: Route) -> str:
    """Give the filter under which the messages of a door arrive, whoever sent them."""
    return f"{ROOT}/+/{route.tail}"


def find_door(routes: Sequence[Route], topic: str, payload: bytes) -> tuple[Route, Arrival] | None:
    """Find the door a topic leads to; None where there is no such door or no such user can be."""
    words = topic.split("/")
    user_id = _user_in(words)
    if user_id is None:
        return None
    tail = tuple(words[3:])
    found = next((route for route in routes if _leads_to(route, tail)), None)
    return None if found is None else (found, Arrival(user_id, tail, payload))


def _user_in(words: Sequence[str]) -> UUID | None:
    try:
        user_id = UUID(words[2])
    except (IndexError, ValueError):
        return None
    # UUID() also takes braces, capitals and no dashes; a user has one topic only.
    return user_id if "/".join(words[:3]) == f"{ROOT}/{user_id}" else None


def _leads_to(route: Route, tail: Sequence[str]) -> bool:
    wanted = route.tail.split("/")
    return len(wanted) == len(tail) and all(want in {"+", word} for want, word in zip(wanted, tail, strict=True))
