"""Lets connections in many at a time.

libuv takes one in each turn of the loop, and under load a turn takes long: then whoever is in already is served over
and over, and nobody else gets in, not even to ask how we are.
"""

import asyncio
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

MOST_AT_ONCE = 256


class Accepting:
    """A second look at the sockets a server listens on, once in each turn of the loop."""

    def __init__(self, listening: Sequence[int], make_protocol: Callable[[], asyncio.Protocol]) -> None:
        self._make_protocol = make_protocol
        self._loop = asyncio.get_running_loop()
        self._sockets = [socket.socket(fileno=socket.dup(each)) for each in listening]
        self._greeted: set[asyncio.Task[object]] = set()
        for each in self._sockets:
            self._loop.add_reader(each, self._accept, each)

    def close(self) -> None:
        """Look no more."""
        for each in self._sockets:
            self._loop.remove_reader(each)
            each.close()
        self._sockets = []

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):  # nobody waits any more, or the caller has gone, or there are too many of them
            for _ in range(MOST_AT_ONCE):
                caller, _ = listening.accept()
                caller.setblocking(False)
                task = self._loop.create_task(self._loop.connect_accepted_socket(self._make_protocol, caller))
                self._greeted.add(task)
                task.add_done_callback(self._greeted.discard)
