"""Requests to addresses that people gave us. They may lead anywhere, so they are checked, pinned and kept short."""

import asyncio
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from daybeat.infra.web.reachable import PRIVATE_REASON, NotAllowed, as_ip, refusal

if TYPE_CHECKING:
    from httpcore2 import AsyncConnectionPool, Response

    from daybeat.infra.web.pinned import LookUp

WITHIN = 10.0
LARGEST_ANSWER = 64 * 1024
LONGEST_URL = 2048
LONGEST_WAIT = 24 * 3600.0
AT_ONCE, KEPT_OPEN, KEPT_FOR = 100, 20, 30.0
_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]|[\ud800-\udfff]")
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


class NoAnswer(Exception):
    """Nothing came back: not reachable, too slow, or no HTTP. The text is a plain sentence."""


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart once, so that what is checked is what is used."""

    scheme: str
    host: str
    port: int | None
    path: str

    @property
    def url(self) -> str:
        return f"{self.origin}{self.path}"

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port is None else f":{self.port}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `after` is how many seconds the other side asks us to wait; `body` may have been cut."""

    status: int
    body: bytes
    after: float | None = None


class Outgoing:
    """Sends requests from one asyncio loop; keeps connections open between them until it is closed.

    `allow_private` is for a Daybeat on a home network: it may then send to private addresses, though never to those
    where machines hand out secrets. `within` are the seconds a whole request may take.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        within: float = WITHIN,
        look_up: "LookUp | None" = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.allow_private, self.within = allow_private, within
        self._look_up, self._tls = look_up, tls
        self._pool: AsyncConnectionPool | None = None

    def check(self, url: str) -> Target:
        """Check what can be told without the network: the scheme, and a host that is written as an IP address.

        Raises NotAllowed. Names are checked when a request is made, each time.
        """
        target = read_url(url)
        ip = as_ip(target.host)
        if ip is not None and (reason := refusal(ip, allow_private=self.allow_private)):
            raise NotAllowed(reason)
        if not self.allow_private and (target.host == "localhost" or target.host.endswith(".localhost")):
            raise NotAllowed(PRIVATE_REASON)
        return target

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a request and give its answer, whatever its status; redirects are answers. Raises NotAllowed, NoAnswer.

        The environment's proxies are not used: they would connect where we did not look.
        """
        from httpcore2 import ConnectError, NetworkError, ProtocolError, TimeoutException

        target = self.check(url)
        try:
            async with asyncio.timeout(self.within):
                return await self._exchange(target, body, headers)
        except (TimeoutError, TimeoutException):
            raise NoAnswer(f"{target.host} took too long to answer.") from None
        except ConnectError:
            raise NoAnswer(f"{target.host} cannot be reached.") from None
        except (NetworkError, ProtocolError, OSError):
            raise NoAnswer(f"The connection to {target.host} broke.") from None

    async def close(self) -> None:
        """Close what is still open."""
        if self._pool is not None:
            await self._pool.aclose()
            self._pool = None

    async def _exchange(self, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
        from httpcore2 import URL

        url = URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        sent = {"User-Agent": "Daybeat", "Accept-Encoding": "identity", **headers}
        async with self._opened().stream("POST", url, headers=list(sent.items()), content=body) as response:
            after = wait_asked(_header(response, b"retry-after"), datetime.now(UTC))
            return Answer(response.status, await _beginning(response), after)

    def _opened(self) -> "AsyncConnectionPool":
        from httpcore2 import AsyncConnectionPool

        from daybeat.infra.web.pinned import PinnedBackend, ask_the_system

        if self._pool is None:
            self._pool = AsyncConnectionPool(
                ssl_context=self._tls or ssl.create_default_context(),
                max_connections=AT_ONCE,
                max_keepalive_connections=KEPT_OPEN,
                keepalive_expiry=KEPT_FOR,
                network_backend=PinnedBackend(self._look_up or ask_the_system, allow_private=self.allow_private),
            )
        return self._pool


def read_url(url: str) -> Target:
    """Take a URL apart; raises NotAllowed with what is wrong with it."""
    if len(url) > LONGEST_URL or _UNSAFE.search(url):
        raise NotAllowed("This is no web address: it has signs in it that do not belong there, or it is too long.")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii(parts.hostname or "")
    except ValueError:
        raise NotAllowed("This is no web address. One looks like https://example.org/path.") from None
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host) or port == 0:
        raise NotAllowed("A web address begins with https:// or http:// and names a server.")
    if "@" in parts.netloc:
        raise NotAllowed("Leave the name and the password out of the web address.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_query(parts.query)}" if parts.query else "")
    return Target(parts.scheme, host, None if port == _PORTS[parts.scheme] else port, path)


def wait_asked(header: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or a date, as seconds from now: at least none, at most a day."""
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdecimal():
        # A number of a thousand digits is still only a wish for "very long".
        return LONGEST_WAIT if len(header.strip()) > len(str(int(LONGEST_WAIT))) else min(float(header), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT)


def _ascii(host: str) -> str:
    """Write a name as it is looked up; UnicodeError, a ValueError, for what is no name."""
    return host.lower().rstrip(".") if host.isascii() else host.encode("idna").decode()


def _query(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~-._?")


def _header(response: "Response", name: bytes) -> str | None:
    found: Any = next((value for key, value in response.headers if key.lower() == name), None)
    return None if found is None else found.decode("latin-1")


async def _beginning(response: "Response") -> bytes:
    """Read no more of an answer than anybody here needs."""
    read = bytearray()
    async for piece in response.aiter_stream():
        read += piece
        if len(read) >= LARGEST_ANSWER:
            break
    return bytes(read[:LARGEST_ANSWER])
