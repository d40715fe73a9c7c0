"""Other people's servers in front of Daybeat: a site with pages of its own, and a line on which answers get lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2


class Site(SimpleHTTPRequestHandler):
    """Serves a folder."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class BadLine(BaseHTTPRequestHandler):
    """Passes every request on, and lets the first answer get lost."""

    def __init__(self, *args: Any, to: str, passed_on: list[bytes]) -> None:
        self._to, self._passed_on = to, passed_on
        super().__init__(*args)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: self.headers[name] for name in ("Authorization", "Content-Type")}
        answer = httpx2.post(f"{self._to}{self.path}", content=body, headers=headers, timeout=20)
        self._passed_on.append(body)
        if len(self._passed_on) > 1:
            self.send_response(answer.status_code)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def site(folder: Path) -> Iterator[int]:
    """Serve a folder, and give the port."""
    with _served(partial(Site, directory=str(folder))) as port:
        yield port


@contextmanager
def bad_line(to: str, passed_on: list[bytes]) -> Iterator[str]:
    """Stand before a server, and give the address."""
    with _served(partial(BadLine, to=to, passed_on=passed_on)) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _served(handler: Any) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
