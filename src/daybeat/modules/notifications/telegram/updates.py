"""What Telegram tells a bot, as far as Daybeat reads it. Whatever else stands there is passed over."""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

_Id = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


class Chat(Struct):
    """Where people talk; in a private chat there are only one person and the bot."""

    id: _Id
    type: str

    @property
    def is_private(self) -> bool:
        return self.type == "private"


class Person(Struct):
    """Somebody who writes or presses. The names are whatever they chose."""

    id: _Id
    first_name: str = ""
    last_name: str = ""
    username: str = ""

    @property
    def name(self) -> str:
        full = f"{self.first_name} {self.last_name}".strip()
        return f"{full} (@{self.username})".strip() if self.username else full


class Said(Struct):
    """A message. One that is too old for Telegram still has its chat and number, but no text."""

    message_id: _Id
    chat: Chat
    sender: Person | None = msgspec.field(default=None, name="from")
    text: str = ""


class Pressed(Struct):
    """A button was pressed under `message`. `data` may be anything: programs can send what no button says."""

    id: str
    sender: Person = msgspec.field(name="from")
    message: Said | None = None
    data: str = ""


class Update(Struct):
    """One thing that happened. Numbers grow, but after a week of silence they begin anew anywhere."""

    update_id: _Id
    message: Said | None = None
    callback_query: Pressed | None = None


class _Numbered(Struct):
    update_id: _Id


class Me(Struct):
    """Who the bot is."""

    id: _Id
    username: str


class Sent(Struct):
    """A message as Telegram took it."""

    message_id: _Id


_update, _number = msgspec.json.Decoder(Update), msgspec.json.Decoder(_Numbered)


def read_update(raw: bytes) -> Update:
    """Read an update; msgspec.ValidationError when it is none that we know."""
    return _update.decode(raw)


def number_of(raw: bytes) -> int | None:
    """Read the number of an update, also of one that cannot be read otherwise."""
    try:
        return _number.decode(raw).update_id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
