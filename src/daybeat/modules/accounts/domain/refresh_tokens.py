"""Refresh tokens: opaque to whoever holds them, re-derivable by us, useless from the database alone.

A token names its session and its generation and carries 256 bits derived from the server's secret, so that the
successor of a token can be given again when its answer was lost, and an old token is known for what it is.
"""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

_PREFIX = "dbr"
_PARTS = 4


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """The parts of a presented token; `genuine` tells whether we made it, at whatever time."""

    session_id: UUID
    generation: int
    genuine: bool


def issue(secret: str, session_id: UUID, generation: int) -> str:
    """Make the token of a session's generation."""
    return f"{_PREFIX}_{session_id.hex}_{generation}_{_seal(secret, session_id, generation)}"


def parse(secret: str, token: str) -> RefreshToken | None:
    """Take a token apart; None when it is not shaped like one."""
    parts = token.split("_")
    if len(parts) != _PARTS or parts[0] != _PREFIX or not parts[2].isascii() or not parts[2].isdigit():
        return None
    try:
        session_id, generation = UUID(hex=parts[1]), int(parts[2][:9])
    except ValueError:
        return None
    genuine = hmac.compare_digest(parts[3].encode(), _seal(secret, session_id, generation).encode())
    return RefreshToken(session_id, generation, genuine)


def digest(token: str) -> bytes:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def _seal(secret: str, session_id: UUID, generation: int) -> str:
    message = f"refresh:{session_id.hex}:{generation}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
