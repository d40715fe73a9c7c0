"""Links that prove by themselves that Daybeat made them: an id and its signature, usable without signing in."""

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

_SIGNATURE = 16
_ID = 16


class SignedLinks:
    """Makes and reads the tokens of links under one purpose; a token for another purpose does not fit."""

    def __init__(self, secret: str, base_url: str, purpose: str) -> None:
        self._key = hmac.digest(secret.encode(), f"link:{purpose}".encode(), hashlib.sha256)
        self._base = base_url

    def url(self, target: UUID) -> str:
        """Give the link to something."""
        return f"{self._base}/t/{self.token(target)}"

    def token(self, target: UUID) -> str:
        return base64.urlsafe_b64encode(target.bytes + self._sign(target.bytes)).rstrip(b"=").decode()

    def read(self, token: str) -> UUID | None:
        """Give what a token leads to, None when Daybeat did not make it."""
        try:
            content = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        target = content[:_ID]
        if len(content) != _ID + _SIGNATURE or not hmac.compare_digest(content[_ID:], self._sign(target)):
            return None
        return UUID(bytes=target)

    def _sign(self, content: bytes) -> bytes:
        return hmac.digest(self._key, content, hashlib.sha256)[:_SIGNATURE]
