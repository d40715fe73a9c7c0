"""Web push: a message to a browser, through its maker's push service, which cannot read it."""

import base64
import binascii
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from daybeat.infra.web.outgoing import Outgoing
from daybeat.infra.web.push_keys import is_public_key, private_key
from daybeat.modules.notifications.channels.answers import checked_url, deliver, host_of
from daybeat.modules.notifications.channels.port import Address, BadAddress, Message, Pace, Readiness, Refused
from daybeat.modules.notifications.channels.text import fitting, json_bytes, one_line, plain

LONGEST_PAYLOAD = 3_900  # bytes; a push service has to take 4,096 with the encryption around them
LONGEST_TITLE, SHORTEST_BODY = 300, 200  # bytes
AUTH_BYTES = 16
KEPT_FOR = 12 * 3600  # seconds a push service keeps a message for a device that is away
PASS_GOOD_FOR, PASS_USED_FOR = 12 * 3600, 3600  # seconds
MOST_PASSES = 500
NOT_FOUND, GONE = 404, 410
_URGENCY = {"check": "normal", "report": "low"}


class WebPushChannel:
    """Encrypts each message for one browser. `contact` is where a push service finds whoever runs this Daybeat."""

    kind = "web_push"
    pace = Pace(each=2.0, together=50.0)

    def __init__(self, outgoing: Outgoing, secret: str, contact: str) -> None:
        self._outgoing, self._secret, self._contact = outgoing, secret, contact
        self._passes: dict[str, tuple[float, str]] = {}

    def readiness(self) -> Readiness:
        return Readiness(ready=True)

    def check(self, address: Address) -> dict[str, Any]:
        """Take what a browser's PushSubscription says of itself: {endpoint, keys: {p256dh, auth}}."""
        endpoint, keys = checked_url(self._outgoing, address.get("endpoint")), address.get("keys")
        if not endpoint.startswith("https://") and not self._outgoing.allow_private:
            raise BadAddress("A push service is reached by https only.")
        if not isinstance(keys, Mapping):
            raise BadAddress("The browser's keys are missing. Switch notifications off and on again in this browser.")
        if not is_public_key(_bytes(keys.get("p256dh"))) or len(_bytes(keys.get("auth"))) != AUTH_BYTES:
            raise BadAddress("These are no keys of a browser. Switch notifications off and on again in this browser.")
        return {"endpoint": endpoint, "keys": {"p256dh": str(keys["p256dh"]), "auth": str(keys["auth"])}}

    def shown(self, address: Address) -> str:
        return f"{urlsplit(str(address['endpoint'])).hostname} …{_mark(address)}"

    async def send(self, address: Address, message: Message) -> str | None:
        endpoint = str(address["endpoint"])
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT_FOR),
            "Urgency": _URGENCY.get(message.kind, "high"),
            # A message that still waits for the device is replaced by the next about the same thing.
            "Topic": base64.urlsafe_b64encode((message.subject or message.id).bytes).decode().rstrip("="),
            "Authorization": self._pass(host_of(endpoint)),
        }
        await deliver(self._outgoing, endpoint, _encrypted(address, payload(message)), headers, (NOT_FOUND, GONE))
        return None

    def _pass(self, audience: str) -> str:
        """Give the signed pass for a push service. Some turn away whoever brings a new one with every message."""
        from py_vapid import Vapid02, VapidException  # type: ignore[import-untyped] # it has no types

        now = time.time()
        made, known = self._passes.get(audience, (0.0, ""))
        if now - made < PASS_USED_FOR:
            return known
        claims = {"aud": audience, "exp": int(now) + PASS_GOOD_FOR, "sub": self._contact}
        try:
            signed = Vapid02(private_key(self._secret), {"no-strict": True}).sign(claims)["Authorization"]
        except VapidException:
            raise Refused("This push service's address cannot be used.") from None
        if len(self._passes) >= MOST_PASSES:
            self._passes.clear()
        self._passes[audience] = (now, signed)
        return str(signed)


def payload(message: Message) -> bytes:
    """Write what the page's service worker reads. When it gets too long, the buttons go first, then the text's end."""
    said: dict[str, Any] = {
        "id": str(message.id),
        "title": fitting(one_line(message.title), LONGEST_TITLE),
        "body": "",
        "link": message.link,
        "tag": str(message.subject or message.id),
        "lang": message.language,
        "actions": [
            {"name": each.name, "label": one_line(each.label), "url": each.url, "form": each.form}
            for each in message.actions
        ],
    }
    body = plain(message.body)
    if LONGEST_PAYLOAD - len(_json(said)) < min(SHORTEST_BODY, json_bytes(body)):
        said["actions"] = []
    return _json({**said, "body": fitting(body, max(LONGEST_PAYLOAD - len(_json(said)), 0))})


def _encrypted(address: Address, content: bytes) -> bytes:
    import http_ece  # type: ignore[import-untyped] # it has no types
    from cryptography.hazmat.primitives.asymmetric import ec

    keys = address["keys"]
    once = ec.generate_private_key(ec.SECP256R1())
    dh, auth = _bytes(keys["p256dh"]), _bytes(keys["auth"])
    return bytes(http_ece.encrypt(content, private_key=once, dh=dh, auth_secret=auth, version="aes128gcm"))


def _json(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _mark(address: Address) -> str:
    """Tell two browsers at one push service apart, by a key that is public."""
    return str(address["keys"]["p256dh"])[-4:]


def _bytes(text: Any) -> bytes:
    """Read base64url with or without its padding; empty for anything else."""
    if not isinstance(text, str):
        return b""
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
