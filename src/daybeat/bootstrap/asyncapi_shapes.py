"""What goes over the wire and has no class of its own elsewhere: schemas of the AsyncAPI document come from these.

A test validates what is really written against each of them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from daybeat.modules.habits.requests import Amount


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A fact as a message: CloudEvents 1.0 in JSON. `subject` is the user, `userseq` counts their facts."""

    specversion: Literal["1.0"]
    id: UUID
    source: Literal["daybeat"]
    type: str
    subject: UUID
    time: datetime
    datacontenttype: Literal["application/json"]
    dataversion: int
    userseq: int
    correlationid: str
    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class MoodMessage:
    """A mood on its way to the wall. It says nothing of who sent it."""

    type: Literal["good", "bad"]
    timestamp: datetime


@dataclass(frozen=True, kw_only=True)
class ActivityMessage:
    """One activity event; a message may also be an array of them. `account` and `received_at` come from the collector.

    An event without an `event_id` is known by the message's id, or by what it says.
    """

    user_id: int
    event_type: str
    timestamp: datetime
    metadata: dict[str, Any] | None = field(default=None)
    event_id: UUID | None = field(default=None)
    account: UUID | None = field(default=None)
    received_at: datetime | None = field(default=None)


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Asks for news of a channel that are no facts, or wants no more of them."""

    type: Literal["watch", "unwatch"]
    channel: Literal["activity"]


@dataclass(frozen=True, kw_only=True)
class ActivityNews:
    """Activity events that were stored a moment ago, the oldest first. `skipped` more came than are shown."""

    type: Literal["activity.events"]
    items: list[dict[str, Any]]
    skipped: int


@dataclass(frozen=True, kw_only=True)
class Auth:
    """The first frame: who you are, and after which `seq` to go on. Sent again, it brings a fresh token."""

    type: Literal["auth"]
    token: str
    since: int | None = field(default=None)


@dataclass(frozen=True, kw_only=True)
class Ready:
    """The answer to the first frame, with the number of your newest fact."""

    type: Literal["ready"]
    seq: int


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A fact of yours. `seq` counts them without a gap, so reconnecting with it as `since` misses nothing."""

    seq: int
    type: str
    id: UUID
    occurred_at: datetime
    correlation_id: str
    source: str
    device: str | None
    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """Daybeat asks how you feel. `scale` holds the words for 1 to 5, `follow_up` how often it asked again."""

    prompt_id: UUID
    question: str
    scale: tuple[str, ...]
    asked_at: datetime
    expires_at: datetime
    follow_up: int


@dataclass(frozen=True, kw_only=True)
class AmountToday:
    """What today comes to."""

    amount: Amount


@dataclass(frozen=True, kw_only=True)
class HabitState:
    """How a habit stands on the user's day. `strength` is 0 to 1."""

    habit_id: UUID
    name: str
    date: date
    done_today: bool
    state: str
    amount: float | None
    target: float | None
    unit: str | None
    streak: int
    best_streak: int
    strength: float


Switch = Literal["ON", "OFF"]
Status = Literal["online", "offline"]


@dataclass(frozen=True, kw_only=True)
class NotificationAction:
    """A button: a POST of `form` (application/x-www-form-urlencoded) to `url` does it, without signing in."""

    name: str
    label: str
    url: str
    form: str


@dataclass(frozen=True, kw_only=True)
class Notification:
    """A message to its user. `subject` is the reminder or prompt it speaks of."""

    id: UUID
    kind: Literal["reminder", "prompt", "check", "report", "digest", "test"]
    subject: UUID | None
    title: str
    body: str
    link: str
    language: str
    actions: list[NotificationAction]
