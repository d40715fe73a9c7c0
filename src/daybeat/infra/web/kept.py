"""Answers that are kept until something changes: their key holds the number of the user's newest fact.

Every change of a user's data leaves a fact, and the number is read with the token, in the same request. So an answer
that is out of date is never found; it lies under a number that nobody asks for any more.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from daybeat import __version__
from daybeat.infra.cache.port import Cache, NoCache
from daybeat.infra.web.identity import Principal

A = TypeVar("A", bound=BaseModel)

KEPT_SECONDS = 600


class KeptAnswers:
    """One request's access to kept answers."""

    def __init__(self, cache: Cache, asked: str) -> None:
        self._cache, self._asked = cache, asked

    async def answer(self, user: Principal, day: object, produce: Callable[[], Awaitable[A]]) -> A | Response:
        """Give the kept answer of this day, or make it and keep it."""
        if isinstance(self._cache, NoCache):
            return await produce()
        key = f"daybeat.kept.{__version__}.{user.user_id}.{user.newest_fact}.{day}.{self._asked}"
        kept = await self._cache.get(key)
        if kept is None:
            kept = (await produce()).model_dump_json(by_alias=True).encode()
            await self._cache.put(key, kept, KEPT_SECONDS)
        return Response(kept, media_type="application/json")


async def _kept(request: Request) -> KeptAnswers:
    return KeptAnswers(request.app.state.cache, f"{request.url.path}?{request.url.query}")


KeptNow = Annotated[KeptAnswers, Depends(_kept)]
