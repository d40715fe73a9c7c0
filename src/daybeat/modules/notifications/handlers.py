"""Adding and changing the places where somebody is told, trying them, and choosing words."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.notifications.channels.port import Channel, Channels
from daybeat.modules.notifications.delivering import TURN
from daybeat.modules.notifications.errors import ChannelNotReady, ChannelOff, MadeElsewhere, TooManyChannels
from daybeat.modules.notifications.repository import ChannelRepository, DeliveryRepository, TemplateRepository
from daybeat.modules.notifications.telling import Told, tell_one, tried
from daybeat.modules.notifications.texts import EXAMPLES, Words

MOST_CHANNELS = 20
TELEGRAM, WEBHOOK = "telegram", "webhook"
NEW: Mapping[str, Any] = {
    "enabled": True,
    "state": "new",
    "failing_since": None,
    "last_error": None,
    "last_sent_at": None,
    "hold_until": None,
}
AGAIN: Mapping[str, Any] = {"state": "new", "failing_since": None, "last_error": None}


@dataclass(frozen=True, kw_only=True)
class AddChannel:
    """A user wants to be told at a place, whose address was checked."""

    user_id: UUID
    kind: str
    name: str
    address: Mapping[str, Any]
    kinds: list[str]
    language: str


def checked(kind: str, address: Mapping[str, Any], channels: Channels) -> dict[str, Any]:
    """Check an address, which can take a moment: do it before the unit of work. A webhook gets its secret here."""
    if kind == TELEGRAM:
        raise MadeElsewhere
    secret = {"secret": _new_secret()} if kind == WEBHOOK else {}
    return _ready(channels.get(kind)).check({**address, **secret})


def add_channel(command: AddChannel, *, uow: UnitOfWork) -> UUID:
    """Add a place whose address was checked; gives its id."""
    if len(ChannelRepository(uow.connection).all_of(command.user_id)) >= MOST_CHANNELS:
        raise TooManyChannels
    return keep_channel(command, uow)


def keep_channel(command: AddChannel, uow: UnitOfWork, *, place: str | None = None) -> UUID:
    """Keep a place. `place` is what only one account can have."""
    channel_id = new_id()
    row = {
        "id": channel_id,
        "user_id": command.user_id,
        "kind": command.kind,
        "name": command.name,
        "address": dict(command.address),
        "place": place,
        "kinds": sorted(set(command.kinds)),
        "language": command.language,
        "created_at": uow.now,
    }
    ChannelRepository(uow.connection).add({**row, **NEW})
    return channel_id


def change_channel(user_id: UUID, channel_id: UUID, values: Mapping[str, Any], *, uow: UnitOfWork) -> None:
    """Change a place; an address was checked. Whoever changes or switches on one that failed wants it tried again."""
    repository = ChannelRepository(uow.connection)
    row = repository.get(user_id, channel_id)
    changed = dict(values)
    if "address" in changed:
        kept = {"secret": row.address["secret"]} if row.kind == WEBHOOK else {}
        changed["address"] = {**changed["address"], **kept}
    if "kinds" in changed:
        changed["kinds"] = sorted(set(changed["kinds"]))
    if "address" in changed or changed.get("enabled"):
        changed |= AGAIN
        uow.in_turn_of(TURN)  # nobody begins to send there meanwhile
    if changed.get("enabled") is False:
        DeliveryRepository(uow.connection).drop_of(channel_id, "this channel was switched off")
    if changed:
        repository.change(channel_id, **changed)
    if changed.get("state"):
        repository.let_go(channel_id)


def remove_channel(user_id: UUID, channel_id: UUID, *, uow: UnitOfWork) -> None:
    """Remove a place, and what was told there."""
    repository = ChannelRepository(uow.connection)
    repository.get(user_id, channel_id)
    repository.remove(channel_id)


def try_channel(user_id: UUID, channel_id: UUID, channels: Channels, *, uow: UnitOfWork) -> UUID:
    """Send a message that only says that it came; gives its delivery."""
    row = ChannelRepository(uow.connection).get(user_id, channel_id)
    _ready(channels.get(row.kind))
    if not row.enabled or row.state == "blocked":
        raise ChannelOff
    uow.in_turn_of(TURN)
    ChannelRepository(uow.connection).let_go(channel_id)
    said = {"channel": row.name or channels.get(row.kind).shown(row.address)}
    return tell_one(Told("test", "test", said), new_id(), row, uow)


def keep_template(user_id: UUID, kind: str, language: str, channel: str, words: Words, *, uow: UnitOfWork) -> None:
    """Use a user's own words from now on."""
    tried(kind, words, EXAMPLES[kind])
    row = {"user_id": user_id, "kind": kind, "language": language, "channel": channel}
    TemplateRepository(uow.connection).keep({**row, "title": words.title, "body": words.body})


def _ready(channel: Channel) -> Channel:
    readiness = channel.readiness()
    if not readiness.ready:
        raise ChannelNotReady(readiness.how_to)
    return channel


def _new_secret() -> str:
    """Make a secret as Standard Webhooks writes them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
