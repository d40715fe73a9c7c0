"""Looking at channels, deliveries and words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.modules.notifications.channels.port import Channels
from daybeat.modules.notifications.models import ANY_CHANNEL
from daybeat.modules.notifications.repository import ChannelRepository, DeliveryRepository, TemplateRepository
from daybeat.modules.notifications.schemas import (
    Available,
    ChannelOut,
    Delivery,
    TemplateList,
    TemplateOut,
    TemplateVariables,
)
from daybeat.modules.notifications.texts import USUAL, VARIABLES

_SHOWN = ("id", "kind", "name", "kinds", "language", "enabled", "state", "failing_since", "last_error")


def channel_list(connection: Connection, user_id: UUID, channels: Channels) -> list[ChannelOut]:
    """List a user's channels, in the order they were added."""
    waiting = DeliveryRepository(connection).waiting(user_id)
    return [_channel(row, channels, waiting.get(row.id, 0)) for row in ChannelRepository(connection).all_of(user_id)]


def channel(connection: Connection, user_id: UUID, channel_id: UUID, channels: Channels) -> ChannelOut:
    row = ChannelRepository(connection).get(user_id, channel_id)
    return _channel(row, channels, DeliveryRepository(connection).waiting(user_id).get(channel_id, 0))


def available(channels: Channels) -> list[Available]:
    """List the kinds of channels there are."""
    found = ((kind, each.readiness()) for kind, each in channels.by_kind.items())
    return [Available(kind=kind, ready=each.ready, how_to=each.how_to) for kind, each in found]


def delivery(connection: Connection, user_id: UUID, delivery_id: UUID) -> Delivery:
    return Delivery.model_validate(DeliveryRepository(connection).get(user_id, delivery_id))


def deliveries(
    connection: Connection, user_id: UUID, channel_id: UUID | None, state: str | None, most: int
) -> Sequence[Row[Any]]:
    return DeliveryRepository(connection).list_of(user_id, channel=channel_id, state=state, most=most)


def template_list(connection: Connection, user_id: UUID) -> TemplateList:
    """List the words in use: the user's own, and the usual ones where there are none for every channel."""
    own = [_own(row) for row in TemplateRepository(connection).all_of(user_id)]
    taken = {(each.kind, each.language) for each in own if each.channel is None}
    usual = [
        TemplateOut(kind=kind, language=language, channel=None, title=words.title, body=words.body, own=False)
        for language, by_kind in USUAL.items()
        for kind, words in by_kind.items()
        if (kind, language) not in taken
    ]
    kinds = [TemplateVariables(kind=kind, variables=list(names)) for kind, names in VARIABLES.items()]
    return TemplateList(items=[*own, *usual], kinds=kinds)


def _own(row: Row[Any]) -> TemplateOut:
    channel = None if row.channel == ANY_CHANNEL else row.channel
    return TemplateOut(kind=row.kind, language=row.language, channel=channel, title=row.title, body=row.body, own=True)


def _channel(row: Row[Any], channels: Channels, waiting: int) -> ChannelOut:
    kind = channels.by_kind.get(row.kind)
    values = {name: getattr(row, name) for name in (*_SHOWN, "last_sent_at", "created_at")}
    return ChannelOut(**values, address=kind.shown(row.address) if kind else "", waiting=waiting)
