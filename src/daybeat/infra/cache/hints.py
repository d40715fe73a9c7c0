"""Live hints between processes: whose facts have grown, and how far. Redis forgets them as soon as they are told."""

import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from redis.asyncio.client import PubSub

from daybeat.infra.cache.port import Hint
from daybeat.infra.cache.redis_link import RedisLink
from daybeat.infra.wakeup import keep_going

CHANNEL = "daybeat.live"
LISTEN_SECONDS = 5.0


class HintsInRedis:
    """Tells hints to every process that listens."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    async def tell(self, hints: list[Hint]) -> None:
        """Tell; what cannot be told is found out later without it."""

        async def publish() -> None:
            async with self._link.client.pipeline(transaction=False) as pipe:
                for hint in hints:
                    pipe.publish(CHANNEL, json.dumps([str(hint.user_id), hint.seq, hint.at.isoformat()]))
                await pipe.execute()

        await self._link.attempt(publish, None)

    async def listen(self, hear: Callable[[Hint], None]) -> None:
        """Listen for ever; what is told while the connection is away is not heard."""
        await keep_going(lambda: self._listen(hear), "live hints", first_wait=0.5, longest=2.0)

    async def _listen(self, hear: Callable[[Hint], None]) -> None:
        async with self._link.client.pubsub() as channel:
            await channel.subscribe(CHANNEL)
            while True:
                await _hear_next(channel, hear)


async def _hear_next(channel: PubSub, hear: Callable[[Hint], None]) -> None:
    message = await channel.get_message(ignore_subscribe_messages=True, timeout=LISTEN_SECONDS)
    if message is None:
        await channel.ping()
        return
    if message["type"] == "message":
        user_id, seq, at = json.loads(message["data"])
        hear(Hint(UUID(user_id), int(seq), datetime.fromisoformat(at)))
