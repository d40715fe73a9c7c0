"""What the answers of web servers mean for a message; the same for every channel that speaks HTTP."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from daybeat.infra.web.outgoing import Answer, NoAnswer, Outgoing
from daybeat.infra.web.reachable import NotAllowed
from daybeat.modules.notifications.channels.port import Address, BadAddress, Gone, Later, Refused

GONE = 410
_AGAIN = frozenset({408, 425, 429})
_FINE, _MOVED, _OURS, _THEIRS = 200, 300, 400, 500
_WORD = re.compile(r"[\x21-\x7e]+")


async def deliver(
    outgoing: Outgoing, url: str, body: bytes, headers: Mapping[str, str], gone: Collection[int] = (GONE,)
) -> Answer:
    """Send a request and give the answer of a server that took it. Raises Gone, Refused or Later.

    `gone` are the statuses by which this kind of server says that the recipient does not exist any more.
    """
    try:
        answer = await outgoing.post(url, body, headers)
    except NotAllowed as error:
        raise Refused(str(error)) from None
    except NoAnswer as error:
        raise Later(str(error)) from None
    settle(answer.status, answer.after, gone)
    return answer


def settle(status: int, after: float | None = None, gone: Collection[int] = (GONE,)) -> None:
    """Raise what a status means for the message; nothing when it was taken."""
    if _FINE <= status < _MOVED:
        return
    if status in gone:
        raise Gone(f"The server says that this address does not exist any more (status {status}).")
    if status in _AGAIN or status >= _THEIRS or status < _FINE:
        raise Later(f"The server could not take the message now (status {status}).", after)
    if status < _OURS:
        raise Refused(f"The server sends us elsewhere (status {status}). Enter the address it leads to.")
    raise Refused(f"The server does not take this message (status {status}).")


def checked_url(outgoing: Outgoing, url: Any) -> str:
    """Give a URL as it is to be kept; raises BadAddress."""
    if not isinstance(url, str) or not url.strip():
        raise BadAddress("A web address is missing.")
    try:
        return outgoing.check(url.strip()).url
    except NotAllowed as error:
        raise BadAddress(str(error)) from None


def word(address: Address, name: str, most: int) -> str:
    """Give a part of an address that is one word of plain letters; empty when it is left out. Raises BadAddress."""
    value = address.get(name) or ""
    if not isinstance(value, str) or len(value) > most or (value and not _WORD.fullmatch(value)):
        raise BadAddress(f"The {name} can have {most} plain letters, digits and signs, and no spaces.")
    return value


def host_of(url: Any) -> str:
    """Give scheme and server of a URL; the rest of it may be a secret."""
    scheme, _, rest = str(url).partition("://")
    return f"{scheme}://{re.split('[/?#]', rest, maxsplit=1)[0]}"
