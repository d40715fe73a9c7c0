"""ntfy: a push to a phone through a server of anybody's, with buttons that act."""

import json
import re
from typing import Any

from daybeat.infra.web.outgoing import Outgoing
from daybeat.modules.notifications.channels.answers import checked_url, deliver, host_of, word
from daybeat.modules.notifications.channels.port import Action, Address, BadAddress, Message, Pace, Readiness
from daybeat.modules.notifications.channels.text import one_line, plain, shortened

PUBLIC_SERVER = "https://ntfy.sh"
MOST_ACTIONS = 3
LONGEST_MESSAGE, LONGEST_TITLE, LONGEST_TOKEN = 4096, 250, 200  # bytes
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TAGS = {
    "reminder": "bell",
    "digest": "bell",
    "prompt": "speech_balloon",
    "check": "tada",
    "report": "bar_chart",
    "test": "wave",
}


class NtfyChannel:
    """Publishes to a topic. Whoever knows the topic's name can read it, so it is shown in part only."""

    kind = "ntfy"
    pace = Pace(each=1.0, together=20.0)

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing

    def readiness(self) -> Readiness:
        return Readiness(ready=True)

    def check(self, address: Address) -> dict[str, Any]:
        """Take {server, topic, token}; without a server it is the public one."""
        server = checked_url(self._outgoing, address.get("server") or PUBLIC_SERVER)
        if server.removeprefix(host_of(server)) not in {"", "/"}:
            raise BadAddress("The server is only its address, like https://ntfy.sh; the topic has a field of its own.")
        topic, token = address.get("topic"), word(address, "token", LONGEST_TOKEN)
        if not isinstance(topic, str) or not _TOPIC.fullmatch(topic):
            raise BadAddress("A topic has 1 to 64 letters, digits, - and _.")
        kept = {"server": server.rstrip("/"), "topic": topic}
        return {**kept, "token": token} if token else kept

    def shown(self, address: Address) -> str:
        topic = str(address["topic"])
        return f"{address['server']}/{topic[: min(3, len(topic) // 2)]}…"

    async def send(self, address: Address, message: Message) -> str | None:
        body = json.dumps(self._body(address, message), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        if address.get("token"):
            headers["Authorization"] = f"Bearer {address['token']}"
        answer = await deliver(self._outgoing, f"{address['server']}/", body, headers)
        return _id_in(answer.body)

    def _body(self, address: Address, message: Message) -> dict[str, Any]:
        title, text = one_line(message.title), plain(message.body)
        # Five faces are more than ntfy has buttons for; a tap on the message then leads to all of them.
        has_buttons = 0 < len(message.actions) <= MOST_ACTIONS
        body: dict[str, Any] = {
            "topic": address["topic"],
            "title": shortened(title, LONGEST_TITLE),
            "message": shortened(text or title, LONGEST_MESSAGE),
            "click": message.link if has_buttons or not message.actions else message.actions[0].url,
            "tags": [_TAGS[message.kind]] if message.kind in _TAGS else [],
            # Servers since 2.16 replace the message when it comes again; older ones do not look at it.
            "sequence_id": str(message.id),
        }
        if has_buttons:
            body["actions"] = [_button(action) for action in message.actions]
        return body


def _button(action: Action) -> dict[str, Any]:
    button = {"action": "http", "label": one_line(action.label), "url": action.url, "method": "POST"}
    return {**button, "headers": _FORM, "body": action.form, "clear": True}


def _id_in(answer: bytes) -> str | None:
    """Read what the server calls the message; a server may say anything."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    found = said.get("id") if isinstance(said, dict) else None
    return one_line(found)[:64] if isinstance(found, str) else None
