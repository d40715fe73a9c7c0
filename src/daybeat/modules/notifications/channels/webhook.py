"""Webhooks, signed as Standard Webhooks asks, so that a receiver can check them with any of its libraries."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from datetime import datetime
from typing import Any

from daybeat.infra.web.outgoing import Outgoing
from daybeat.kit.clock import Clock, SystemClock
from daybeat.modules.notifications.channels.answers import checked_url, deliver, host_of
from daybeat.modules.notifications.channels.port import Address, BadAddress, Message, Pace, Readiness
from daybeat.modules.notifications.channels.text import one_line, plain, shortened

PREFIX = "whsec_"
KEY_BYTES = 32
SHORTEST_KEY, LONGEST_KEY = 24, 64
LONGEST_TITLE, LONGEST_BODY = 1_000, 32_000  # bytes


class WebhookChannel:
    """Posts each message to a URL. The secret in its address is made here and shown once to whoever set it up."""

    kind = "webhook"
    pace = Pace(each=5.0, together=50.0)

    def __init__(self, outgoing: Outgoing, clock: Clock | None = None) -> None:
        self._outgoing, self._clock = outgoing, clock or SystemClock()

    def readiness(self) -> Readiness:
        return Readiness(ready=True)

    def check(self, address: Address) -> dict[str, Any]:
        """Take {url, secret}; without a secret a new one is made."""
        url, secret = checked_url(self._outgoing, address.get("url")), address.get("secret") or new_secret()
        if not isinstance(secret, str) or _key(secret) is None:
            raise BadAddress("A secret is whsec_ and 24 to 64 bytes in base64. Leave it out to get a new one.")
        return {"url": url, "secret": secret}

    def shown(self, address: Address) -> str:
        return f"{host_of(address['url'])}/…"

    async def send(self, address: Address, message: Message) -> str | None:
        now = self._clock.now()
        body = json.dumps(_event(message, now), ensure_ascii=False).encode()
        signed = _signature(str(address["secret"]), str(message.id), int(now.timestamp()), body)
        await deliver(self._outgoing, str(address["url"]), body, {"Content-Type": "application/json", **signed})
        return None


def new_secret() -> str:
    """Make a secret no one can guess."""
    return PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _event(message: Message, now: datetime) -> dict[str, Any]:
    actions = [{"name": each.name, "label": each.label, "url": each.url, "form": each.form} for each in message.actions]
    data = {
        "id": str(message.id),
        "kind": message.kind,
        "subject": None if message.subject is None else str(message.subject),
        "title": shortened(one_line(message.title), LONGEST_TITLE),
        "body": shortened(plain(message.body), LONGEST_BODY),
        "link": message.link,
        "language": message.language,
        "actions": actions,
    }
    return {"type": f"notification.{message.kind}", "timestamp": now.isoformat(), "data": data}


def _signature(secret: str, name: str, at: int, body: bytes) -> dict[str, str]:
    digest = hmac.digest(_key(secret) or b"", f"{name}.{at}.".encode() + body, hashlib.sha256)
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": name, "webhook-timestamp": str(at), "webhook-signature": signature}


def _key(secret: str) -> bytes | None:
    """Read the key a secret stands for; None when it is none."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if secret.startswith(PREFIX) and SHORTEST_KEY <= len(key) <= LONGEST_KEY else None
