"""What notifications take and answer over HTTP."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from daybeat.infra.web.fields import Body, Text, Truth, length

Wanted = Literal["reminders", "prompts", "checks", "reports"]
Language = Literal["en", "de"]
TemplateKind = Literal["reminder", "prompt", "check", "report", "digest", "test"]
ChannelKind = Annotated[Text, length(16, least=1)]
DeliveryState = Literal["pending", "sending", "sent", "failed", "dead", "dropped"]
Name = Annotated[Text, length(100)]
Kinds = Annotated[list[Wanted], Field(max_length=4)]
AddressIn = Annotated[dict[Annotated[str, Field(max_length=40)], JsonValue], Field(max_length=8)]


class ChannelIn(Body):
    """Adds a place to be told at. What `address` needs depends on the kind: docs/notifications.md."""

    kind: ChannelKind
    name: Name = ""
    address: AddressIn = Field(default_factory=dict)
    kinds: Kinds = Field(default=["reminders", "prompts", "checks", "reports"])
    language: Language = "en"


class ChannelChange(Body):
    """Changes a channel; what is left out stays."""

    name: Name | None = None
    address: AddressIn | None = None
    kinds: Kinds | None = None
    language: Language | None = None
    enabled: Truth | None = None

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.model_dump(exclude_unset=True).items() if value is not None}


class ChannelOut(BaseModel):
    """A place where you are told. `address` is shortened; `waiting` counts what is still to be sent there."""

    id: UUID
    kind: str
    name: str
    address: str
    kinds: list[str]
    language: str
    enabled: bool
    state: Literal["new", "ok", "failing", "blocked"]
    failing_since: dt.datetime | None
    last_error: str | None
    last_sent_at: dt.datetime | None
    waiting: int
    created_at: dt.datetime


class ChannelMade(ChannelOut):
    """A new channel; `secret` signs what a webhook gets, and is shown this once."""

    secret: str | None = None


class Available(BaseModel):
    """A kind of channel, and what the owner of this instance has to do before it can be used."""

    kind: str
    ready: bool
    how_to: str


class ChannelList(BaseModel):
    """Your channels, and what this instance offers. `push_key` is what a browser subscribes with."""

    items: list[ChannelOut]
    available: list[Available]
    push_key: str
    bot: str | None


class TestIn(Body):
    """Names the channel to try."""

    channel: UUID


class Delivery(BaseModel):
    """Something you were told at one place, or why not (`reason`); `next_at` is when what failed is tried again."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    channel_id: UUID
    channel_name: str
    channel_kind: str
    kind: str
    title: str
    body: str
    state: DeliveryState
    reason: str | None
    attempts: int
    created_at: dt.datetime
    expires_at: dt.datetime | None
    next_at: dt.datetime | None
    sent_at: dt.datetime | None


class DeliveryList(BaseModel):
    """A page of deliveries, the newest first."""

    items: list[Delivery]
    next_cursor: str | None


class TelegramLink(BaseModel):
    """What connects a Telegram chat: open `url`, or send `/start CODE` to the bot. Good for one chat, once."""

    code: str
    url: str
    expires_at: dt.datetime
    qr: str


class TemplateIn(Body):
    """Words of your own for one kind of message, in one language, for one kind of channel or for all."""

    kind: TemplateKind
    language: Language = "en"
    channel: ChannelKind | None = None
    title: Annotated[Text, length(500, least=1)]
    body: Annotated[Text, length(4000)]


class TemplateOut(BaseModel):
    """The words in use; `own` when they are yours."""

    kind: str
    language: str
    channel: str | None
    title: str
    body: str
    own: bool


class TemplateVariables(BaseModel):
    """What templates of a kind may name."""

    kind: str
    variables: list[str]


class TemplateList(BaseModel):
    """All words in use, and what they may name."""

    items: list[TemplateOut]
    kinds: list[TemplateVariables]


class Written(BaseModel):
    """How a message would read."""

    title: str
    body: str
