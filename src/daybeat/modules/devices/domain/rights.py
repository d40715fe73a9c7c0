"""What a device may say and hear: the one rule that every broker is told, whichever way it asks.

Whatever is not allowed here is refused: no wildcards, no shared subscriptions, no topics of the broker's own, nothing
retained, nothing of anybody else's, and nothing at all under another device's client id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from daybeat.contracts.topics import HEARD, ROOT, SAID, STATUS


class Action(Enum):
    """What a device wants to do with a topic."""

    PUBLISH = "publish"
    SUBSCRIBE = "subscribe"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose device it is, and the one client id under which it may connect."""

    user_id: UUID
    client_id: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A topic somebody may use; + stands for one id."""

    action: Action
    topic: str


def grants(user_id: UUID) -> Sequence[Grant]:
    """List everything a user's devices may do."""
    said = [Grant(Action.PUBLISH, f"{ROOT}/{user_id}/{tail}") for tail in SAID]
    heard = [Grant(Action.SUBSCRIBE, topic) for topic in (*(f"{ROOT}/{user_id}/{tail}" for tail in HEARD), STATUS)]
    return [*said, *heard]


def decide(holder: Holder, client_id: str, action: Action, segments: Sequence[str], *, retain: bool = False) -> bool:
    """Tell whether a device may do that, with the topic cut at its slashes."""
    if client_id != holder.client_id or retain:
        return False
    allowed = (grant.topic.split("/") for grant in grants(holder.user_id) if grant.action is action)
    return any(_fits(wanted, segments) for wanted in allowed)


def _fits(wanted: Sequence[str], segments: Sequence[str]) -> bool:
    return len(wanted) == len(segments) and all(
        _is_id(given) if want == "+" else given == want for want, given in zip(wanted, segments, strict=True)
    )


def _is_id(word: str) -> bool:
    try:
        return str(UUID(word)) == word
    except ValueError:
        return False
