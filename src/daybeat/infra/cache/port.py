"""What may be kept for a while. Whoever asks has to be able to do without."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Hint:
    """This user's newest fact has this number; it was recorded at this instant."""

    user_id: UUID
    seq: int
    at: datetime


class Cache(Protocol):
    """Bytes by key. An answer may be missing at any time, and is never wrong: keys name what they depend on."""

    async def get(self, key: str) -> bytes | None: ...

    async def put(self, key: str, value: bytes, seconds: int) -> None: ...


class NoCache:
    """Where everything is close by, nothing is kept twice."""

    async def get(self, key: str) -> bytes | None:
        del key
        return None

    async def put(self, key: str, value: bytes, seconds: int) -> None:
        del key, value, seconds
