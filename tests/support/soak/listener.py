"""An open browser without the browser: it says how far it has heard, and has to hear every fact after, in order."""

import asyncio
import json
import random
from dataclasses import dataclass, field

import websockets

from tests.support.crowd import Crowd

TROUBLE = (OSError, TimeoutError, websockets.WebSocketException)


@dataclass(slots=True)
class Listener:
    """Hears one user's facts through whichever API answers."""

    email: str
    urls: list[str]
    crowd: Crowd
    since: int = 0
    wrong: list[str] = field(default_factory=list)
    connections: int = 0

    async def live(self) -> None:
        """Listen until cancelled, over as many connections as it takes."""
        while True:
            try:
                await self._listen()
            except TROUBLE:
                await asyncio.sleep(0.3)

    async def _listen(self) -> None:
        url = random.choice(self.urls).replace("http", "ws")  # noqa: S311
        async with websockets.connect(f"{url}/api/v1/live", open_timeout=8, ping_interval=5, ping_timeout=8) as socket:
            self.connections += 1
            token = self.crowd.tokens[self.email]
            await socket.send(json.dumps({"type": "auth", "token": token, "since": self.since}))
            async for text in socket:
                self._hear(json.loads(text))

    def _hear(self, frame: dict[str, object]) -> None:
        if frame["type"] == "ready":
            return
        seq = int(str(frame["seq"]))
        if seq != self.since + 1:
            self.wrong.append(f"{self.email}: {seq} after {self.since}")
        self.since = seq
