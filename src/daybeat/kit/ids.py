"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562)."""

import os
import time
from uuid import UUID

_VERSION_7 = 7 << 76
_VARIANT = 2 << 62


def new_id() -> UUID:
    """Make a UUIDv7: 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000 & (1 << 48) - 1
    random = int.from_bytes(os.urandom(10))
    return UUID(int=milliseconds << 80 | _VERSION_7 | (random >> 68 & 0xFFF) << 64 | _VARIANT | random & (1 << 62) - 1)


def new_ids(n: int) -> list[UUID]:
    """Make UUIDv7 that were made at once: one draw of randomness, counted up."""
    if n < 2:  # noqa: PLR2004 - one needs no counting
        return [new_id()] if n else []
    first = new_id().int & ~0xFFFF
    return [UUID(int=first + number) for number in range(n)]
