"""Where a broker is and how we sign in there, read from a URL."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

GATEWAY_CLIENT_ID = "daybeat-gateway"
PLAIN, ENCRYPTED = 1883, 8883
_SHAPE = "an MQTT address looks like mqtt://user:password@host:1883 (mqtts:// when encrypted), or is the word off"
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


@dataclass(frozen=True, slots=True)
class BrokerAddress:
    """A broker and our own credentials at it."""

    host: str
    port: int
    username: str | None = None
    password: str | None = None
    encrypted: bool = False

    @property
    def public_url(self) -> str:
        """The address without credentials, for people to read and devices to use."""
        scheme = "mqtts" if self.encrypted else "mqtt"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}"


def parse_address(url: str) -> BrokerAddress:
    """Read a URL; raises ValueError with a sentence that never repeats what was given."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise ValueError(_SHAPE) from None
    if parts.scheme not in {"mqtt", "mqtts"} or not _HOST.fullmatch(parts.hostname or ""):
        raise ValueError(_SHAPE)
    if parts.path not in {"", "/"} or parts.query or parts.fragment or port == 0:
        raise ValueError(_SHAPE)
    encrypted = parts.scheme == "mqtts"
    return BrokerAddress(
        host=parts.hostname or "",
        port=port or (ENCRYPTED if encrypted else PLAIN),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        encrypted=encrypted,
    )
