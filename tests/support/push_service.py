"""A push service and the browser behind it: checks the sender's pass, and reads what only the browser can read."""

import base64
import json
import os
from typing import Any
from urllib.parse import urlsplit

import http_ece  # type: ignore[import-untyped] # it has no types
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.webhook_receiver import Receiver, Reply, Request

LARGEST = 4096


def unpadded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class PushService(Receiver):
    """One browser that subscribed with this server's public key."""

    def __init__(self, server_key: str) -> None:
        super().__init__()
        self._server_key = server_key
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)
        self.shown: list[Any] = []
        self.passes: list[str] = []

    @property
    def subscription(self) -> dict[str, Any]:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": unpadded(point), "auth": unpadded(self._auth)}
        return {"endpoint": f"{self.url}/wpush/v2/gAAAAABsecret", "keys": keys}

    def answer(self, request: Request) -> Reply:
        wanted = super().answer(request)
        if wanted.status >= 300:
            return wanted
        if len(request.body) > LARGEST:
            return Reply(413)
        self._check_pass(request.headers["authorization"])
        assert request.headers["content-encoding"] == "aes128gcm"
        assert int(request.headers["ttl"]) > 0
        assert request.headers["urgency"] in {"very-low", "low", "normal", "high"}
        assert len(request.headers["topic"]) <= 32
        clear = http_ece.decrypt(request.body, private_key=self._key, auth_secret=self._auth, version="aes128gcm")
        self.shown.append(json.loads(clear))
        return Reply(201)

    def _check_pass(self, header: str) -> None:
        """Verify the JWT of RFC 8292 with another library than the one that made it."""
        scheme, _, rest = header.partition(" ")
        parts = dict(each.strip().split("=", 1) for each in rest.split(","))
        assert scheme.lower() == "vapid"
        assert parts["k"] == self._server_key
        point = base64.urlsafe_b64decode(parts["k"] + "=" * (-len(parts["k"]) % 4))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        host = urlsplit(self.url).netloc
        claims = jwt.decode(
            parts["t"], key, algorithms=["ES256"], audience=f"http://{host}", options={"require": ["exp"]}
        )
        assert claims["sub"]
        self.passes.append(parts["t"])
