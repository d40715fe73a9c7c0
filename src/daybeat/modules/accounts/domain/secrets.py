"""Secrets that are told once and kept only as a digest: API tokens and invitations."""

import hashlib
import secrets

API_TOKEN_PREFIX = "dbt_"  # noqa: S105 - says what follows
INVITE_PREFIX = "dbi_"


def new_secret(prefix: str) -> str:
    """Make 256 random bits behind a prefix that says what they are for."""
    return prefix + secrets.token_urlsafe(32)


def secret_digest(secret: str) -> bytes:
    """Give what is kept of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).digest()
