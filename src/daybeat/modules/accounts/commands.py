"""What can be asked of accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Open an account. The password comes hashed, so that no slow work is done inside a unit of work."""

    email: str
    name: str
    password_hash: str
    timezone: str
    invite: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProfile:
    """Change what is named in `changes`; the rest stays."""

    user_id: UUID
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """Replace the password and end every session but this one."""

    user_id: UUID
    session_id: UUID
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiToken:
    """Make a token for a program."""

    user_id: UUID
    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None
