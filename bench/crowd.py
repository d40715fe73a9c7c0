"""Thousands of open walls in one process: raw sockets and epoll, so that the server is what is measured."""

import resource
import select
import socket
import time
from typing import Self

ASK = b"GET /mood-wall/live HTTP/1.1\r\nHost: daybeat\r\nAccept: text/event-stream\r\n\r\n"
PATIENCE = 20.0
AT_ONCE = 100  # connections begun together; a listening socket has a short queue


class Crowd:
    """So many listeners on one server."""

    def __init__(self, port: int, size: int) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, size + 200)), hard))
        self._epoll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        for first in range(0, size, AT_ONCE):
            opened = [self._open(port) for _ in range(first, min(first + AT_ONCE, size))]
            self._wait(b"data: {", set(opened))

    def hear(self, words: bytes) -> float:
        """Wait until everybody has heard the words; gives the moment of the last."""
        return self._wait(words, set(self._sockets))

    def _wait(self, words: bytes, listeners: set[int]) -> float:
        until, heard = time.perf_counter() + PATIENCE, b""
        while listeners:
            for number, _ in self._epoll.poll(1, 512):
                heard = self._sockets[number].recv(65536)
                if words in heard:
                    listeners.discard(number)
            assert time.perf_counter() < until, f"{len(listeners)} did not hear {words!r}; last was {heard[:300]!r}"
        return time.time()

    def _open(self, port: int) -> int:
        opened = socket.create_connection(("127.0.0.1", port))
        opened.sendall(ASK)
        self._sockets[opened.fileno()] = opened
        self._epoll.register(opened.fileno(), select.EPOLLIN)
        return opened.fileno()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._epoll.close()
        for each in self._sockets.values():
            each.close()
