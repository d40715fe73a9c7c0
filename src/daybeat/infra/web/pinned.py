"""Connections that go to the very address that was checked: a name is looked up once, and never again."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence

from httpcore2 import SOCKET_OPTION, AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream, ConnectError, ConnectTimeout

from daybeat.infra.web.reachable import NotAllowed, refusal

LookUp = Callable[[str, int], Awaitable[Sequence[str]]]
MOST_ATTEMPTS = 3
ATTEMPT_WITHIN = 3.0


class PinnedBackend(AsyncNetworkBackend):
    """Looks a name up, refuses it when any of its addresses is refused, and connects to one of them.

    TLS and the Host header go on speaking of the name.
    """

    def __init__(self, look_up: LookUp, *, allow_private: bool) -> None:
        self._look_up, self._allow_private = look_up, allow_private
        self._inner = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        trouble: Exception = ConnectError("no address")
        options = list(socket_options or ())
        for address in (await self._checked(host, port))[:MOST_ATTEMPTS]:
            within = min(timeout or ATTEMPT_WITHIN, ATTEMPT_WITHIN)
            try:
                return await self._inner.connect_tcp(address, port, within, local_address, options)
            except (ConnectError, ConnectTimeout) as error:
                trouble = error
        raise trouble

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        """Give the addresses of a name. One that is refused is enough: who mixes them means no good."""
        addresses = await self._look_up(host, port)
        for address in addresses:
            reason = refusal(address, allow_private=self._allow_private)
            if reason is not None:
                raise NotAllowed(reason)
        return addresses


async def ask_the_system(host: str, port: int) -> Sequence[str]:
    """Look a name up as every program on this machine does. Raises ConnectError when nobody knows it."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ConnectError("no such name") from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))
