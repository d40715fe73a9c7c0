"""Refresh tokens that were refused once are refused for ever, so that needs to be found out only once.

Only refusals are kept, never grants: whatever this memory loses or brings back from an older copy, an ended session
stays ended.
"""

from daybeat.infra.cache.port import Cache
from daybeat.modules.accounts.domain import refresh_tokens

KEPT_SECONDS = 24 * 60 * 60


class RefusedTokens:
    """Remembers refusals by the digest of the token."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def knows(self, token: str) -> bool:
        return await self._cache.get(_key(token)) is not None

    async def note(self, token: str) -> None:
        await self._cache.put(_key(token), b"1", KEPT_SECONDS)


def _key(token: str) -> str:
    return f"daybeat.refused.{refresh_tokens.digest(token).hex()}"
