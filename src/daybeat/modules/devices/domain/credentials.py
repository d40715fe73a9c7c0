"""How a device signs in: random names, and a password that can be derived again but is kept nowhere."""

import base64
import hashlib
import hmac
import secrets
from uuid import UUID

USERNAME_PREFIX = "daybeat-"
CLIENT_ID_PREFIX = "db"


def new_username() -> str:
    """Make a name that says nothing and has no sign that means something in topics."""
    return USERNAME_PREFIX + secrets.token_hex(10)


def new_client_id() -> str:
    """Make a client id every broker has to take: at most 23 letters and digits."""
    return CLIENT_ID_PREFIX + secrets.token_hex(10)


def password_of(secret: str, device_id: UUID) -> str:
    """Derive a device's password from the server's secret: 256 bits, only good for MQTT."""
    digest = hmac.new(secret.encode(), f"mqtt-device:{device_id.hex}".encode(), hashlib.sha256).digest()
    return "dbm_" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_password(secret: str, device_id: UUID, given: str) -> bool:
    """Compare without telling by the time it takes how much of it was right."""
    return hmac.compare_digest(given.encode(errors="replace"), password_of(secret, device_id).encode())


def gateway_password(secret: str) -> str:
    """Derive the gateway's own password at Daybeat's own broker."""
    return hmac.new(secret.encode(), b"mqtt-gateway", hashlib.sha256).hexdigest()


def fingerprint(password: str) -> str:
    """Give a short mark by which a broker's entry is known to be made with this password."""
    return hashlib.sha256(password.encode()).hexdigest()[:16]
