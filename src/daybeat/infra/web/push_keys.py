"""The key by which push services know this Daybeat. It follows from the secret, so nothing has to be kept."""

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_FIELD = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
_COORDINATE = 32
_UNCOMPRESSED = 4


def private_key(secret: str) -> "EllipticCurvePrivateKey":
    """Derive the key from the server's secret: HKDF with SHA-256 to a scalar of P-256."""
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.derive_private_key(_scalar(secret), ec.SECP256R1())


def public_key(secret: str) -> str:
    """Give the public half as browsers want it (`applicationServerKey`): base64url of the uncompressed point."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point = private_key(secret).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def is_public_key(point: bytes) -> bool:
    """Tell whether bytes are an uncompressed point on P-256, without the weight of a library."""
    if len(point) != 1 + 2 * _COORDINATE or point[0] != _UNCOMPRESSED:
        return False
    x, y = int.from_bytes(point[1 : 1 + _COORDINATE]), int.from_bytes(point[1 + _COORDINATE :])
    return x < _FIELD and y < _FIELD and (y * y - (x * x * x - 3 * x + _B)) % _FIELD == 0


def _scalar(secret: str) -> int:
    """Stretch the secret to more bits than the order has, so that the remainder leans nowhere."""
    extracted = hmac.digest(b"daybeat", secret.encode(), hashlib.sha256)
    first = hmac.digest(extracted, b"web-push\x01", hashlib.sha256)
    second = hmac.digest(extracted, first + b"web-push\x02", hashlib.sha256)
    return int.from_bytes(first + second[:16]) % (_ORDER - 1) + 1
