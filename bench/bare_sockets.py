"""`python -m bench.bare_sockets`: the limit of pushing to many, one system call for each listener and nothing else.

It speaks just enough HTTP to be asked for a stream and for a change. Nothing is stored, counted or checked.
"""

import os
import selectors
import socket

FRAME = b'data: {"happy":%d,"sad":0,"score":%d,"total":%d,"pad":"' + b"x" * 560 + b'"}\n\n'
READY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
ACCEPTED = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


class Bare:
    """Listeners, and how often something changed."""

    def __init__(self) -> None:
        self._listeners: list[socket.socket] = []
        self._total = 0

    def answer(self, asking: socket.socket) -> None:
        """Take one request; only a stream stays open."""
        asked = asking.recv(65536)
        if asked.startswith(b"GET /mood-wall/live"):
            asking.send(STREAM + self._frame())
            self._listeners.append(asking)
            return
        changes = asked.startswith(b"POST")
        asking.send(ACCEPTED if changes else READY)
        asking.close()
        if changes:
            self._change()

    def _change(self) -> None:
        self._total += 1
        frame = self._frame()
        for listener in self._listeners:
            listener.send(frame)

    def _frame(self) -> bytes:
        return FRAME % (self._total, self._total, self._total)


def main() -> None:
    """Serve until ended."""
    bare, selector = Bare(), selectors.DefaultSelector()
    with socket.create_server(("127.0.0.1", int(os.environ["DAYBEAT_PORT"])), backlog=2048) as door:
        selector.register(door, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is door:
                    opened, _ = door.accept()
                    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    selector.register(opened, selectors.EVENT_READ)
                elif isinstance(key.fileobj, socket.socket):
                    selector.unregister(key.fileobj)
                    bare.answer(key.fileobj)


if __name__ == "__main__":
    main()
