"""`python -m bench.wall_server`: the very `daybeat serve`, with the usual way to push under its wall.

The usual way is what tutorials show: every listener has an asyncio.Queue and a StreamingResponse whose task is woken
for each frame, behind the same middleware as every other route.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import StreamingResponse

from daybeat.bootstrap import app, wall
from daybeat.bootstrap.settings import load_settings
from daybeat.services.serve import serve


class Queues:
    """Everybody's queue."""

    def __init__(self, _most: int) -> None:
        self._queues: set[asyncio.Queue[bytes]] = set()
        self._frame = b""

    async def show(self, frame: bytes) -> None:
        self._frame = frame
        for queue in self._queues:
            queue.put_nowait(frame)

    async def beat(self) -> None:
        """Say nothing; a measurement is short."""

    def close(self) -> None:
        for queue in self._queues:
            queue.put_nowait(b"")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        response = StreamingResponse(self._listen(), media_type="text/event-stream")
        await response(scope, receive, send)

    async def _listen(self) -> AsyncIterator[bytes]:
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._queues.add(queue)
        yield self._frame
        try:
            while frame := await queue.get():
                yield frame
        finally:
            self._queues.discard(queue)


def main() -> None:
    """Serve in the usual way."""
    patched_wall: Any = wall
    patched_wall.Streams = Queues
    patched_app: Any = app
    patched_app.LIVE = "/nowhere"  # the stream is a route like every other
    serve(load_settings())


if __name__ == "__main__":
    main()
