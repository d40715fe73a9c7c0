"""What the door of events takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, JsonValue, model_validator
from sqlalchemy import Row

from daybeat.infra.web.fields import Body, Number, Text, Truth, length
from daybeat.modules.activity.event import NOBODY

EventType = Annotated[Text, length(50, 1)]
Name = Annotated[Text, length(100, 1)]
Scalar = str | bool | int | float | None
Conditions = Annotated[dict[Name, Scalar], Field(max_length=20)]
Amount = Annotated[Number, Field(gt=0, le=1e9)]


class EventIn(Body):
    """What somebody did. This describes the collector's requests; `event.py` reads them."""

    user_id: Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]
    event_type: Annotated[
        str, Field(min_length=1, max_length=50, pattern=r"^[^\x00-\x20\x7f]([^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?$")
    ]
    timestamp: Annotated[datetime, Field(description="RFC 3339 with an offset, 2000 to tomorrow")]
    metadata: dict[str, Any] | None = None
    event_id: Annotated[UUID | None, Field(description="yours: the same one again is the same event")] = None


class Queued(BaseModel):
    """The event will not get lost."""

    status: Literal["queued"]
    message: str
    event_id: UUID


class BatchQueued(BaseModel):
    """The events will not get lost."""

    status: Literal["queued"]
    accepted: int


class EventOut(BaseModel):
    """An event as it is stored. `account_id` is null when it came without a token."""

    id: int
    event_id: UUID
    user_id: int
    event_type: str
    timestamp: datetime
    metadata: dict[str, Any] | None
    received_at: datetime
    account_id: UUID | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        return cls(
            id=row.id,
            event_id=row.event_id,
            user_id=row.user_id,
            event_type=row.event_type,
            timestamp=row.timestamp,
            metadata=row.said,
            received_at=row.received_at,
            account_id=None if row.account_id == NOBODY else row.account_id,
        )


class EventList(BaseModel):
    """A page of events, the newest first."""

    items: list[EventOut]
    next_cursor: str | None


class EventCount(BaseModel):
    """How many events of a type happened in the hour that begins then (UTC)."""

    event_type: str
    hour: datetime
    n: int


class EventCounts(BaseModel):
    """Counts by type and hour, the newest hour first."""

    items: list[EventCount]


class RefusedEvent(BaseModel):
    """Something that came over the queue and is no event."""

    id: UUID
    body: str
    reason: str
    since: datetime


class RefusedEvents(BaseModel):
    """What waits for somebody to look at it, the newest first; `total` is how many there are in all."""

    items: list[RefusedEvent]
    total: int


class Stored(BaseModel):
    """It is an event after all."""

    status: Literal["stored"] = "stored"


class RuleIn(Body):
    """When an event of this type, whose metadata has these values, arrives for me: feed this habit or this goal.

    It names one of the two: a habit is checked in, a goal is added to. What an event adds is `amount`, or the number
    that stands under `amount_from`; neither: 1.
    """

    event_type: EventType
    metadata: Conditions = Field(default_factory=dict)
    habit_id: UUID | None = None
    goal_id: UUID | None = None
    amount: Amount | None = None
    amount_from: Name | None = None


class RuleChange(Body):
    """What is named changes. A goal takes the place of the habit, and a habit that of the goal."""

    event_type: EventType | None = None
    metadata: Conditions | None = None
    habit_id: UUID | None = None
    goal_id: UUID | None = None
    amount: Amount | None = None
    amount_from: Name | None = None
    enabled: Truth | None = None

    @model_validator(mode="after")
    def _nothing_cleared_that_has_to_be(self) -> Self:
        if any(name in self.model_fields_set and getattr(self, name) is None for name in _NEEDED):
            raise ValueError(f"{', '.join(_NEEDED)} cannot be null")
        return self

    def changes(self) -> dict[str, Any]:
        """Give what is named, in the words of the table."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        return {("conditions" if name == "metadata" else name): value for name, value in said.items()}


_NEEDED = ("event_type", "metadata", "enabled")


class RuleOut(BaseModel):
    """A rule, and what it came to. Either `habit_id` or `goal_id` is null."""

    id: UUID
    event_type: str
    metadata: dict[str, JsonValue]
    habit_id: UUID | None
    goal_id: UUID | None
    amount: float | None
    amount_from: str | None
    enabled: bool
    created_at: datetime
    fired: int
    last_fired_at: datetime | None
    last_refusal: str | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        names = set(cls.model_fields) - {"metadata"}
        return cls(metadata=row.conditions, **{name: getattr(row, name) for name in names})


class RuleList(BaseModel):
    """The user's rules, the oldest first."""

    items: list[RuleOut]


class RulePreview(BaseModel):
    """What a rule would have come to: so many of the newest events matched, which go back to `since`.

    `adds_up_to` is what those bring together; one that lacks the number the rule wants brings nothing.
    """

    matched: int
    adds_up_to: float
    looked_at: int
    since: datetime | None
    examples: list[EventOut]
