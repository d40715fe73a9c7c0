"""Ends conversations that hang: a server behind a dead link neither answers nor refuses, and drivers wait for ever."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count

from sqlalchemy import Connection

LOOK_EVERY = 0.5  # seconds


class Deadlines:
    """Shuts the socket of a connection that is held for too long, so that whoever waits on it gets an error."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._numbers = count()
        self._held: dict[int, tuple[float, int]] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._watch, name="deadlines", daemon=True).start()

    @contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        """Watch a connection for the length of the block."""
        number, descriptor = next(self._numbers), connection.connection.driver_connection.fileno()  # type: ignore[union-attr]
        with self._lock:
            self._held[number] = time.monotonic() + self._seconds, descriptor
        try:
            yield
        finally:
            with self._lock:
                self._held.pop(number, None)

    def close(self) -> None:
        self._closed.set()

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_EVERY):
            now = time.monotonic()
            with self._lock:
                for number, (until, descriptor) in list(self._held.items()):
                    if until < now:
                        del self._held[number]
                        _shut(descriptor)


def _shut(descriptor: int) -> None:
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as ours:
        ours.shutdown(socket.SHUT_RDWR)
