"""A socket at a Daybeat in this process."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress

from starlette.testclient import WebSocketTestSession

from tests.support.daybeat import Daybeat

URL = "/api/v1/live"


@contextmanager
def connected(house: Daybeat, origin: str | None = None) -> Iterator[WebSocketTestSession]:
    """Open a socket."""
    session = house.client.websocket_connect(URL, headers={"Origin": origin} if origin else {})
    socket = session.__enter__()
    try:
        yield socket
    finally:
        # Before Python 3.13 a TaskGroup whose child failed leaves its task marked as cancelled (gh-116720), which only
        # the test client minds, and only when the conversation is over.
        with suppress(CancelledError):
            session.__exit__(None, None, None)
