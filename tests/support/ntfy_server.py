"""A server that speaks as much of ntfy's protocol as publishing in JSON needs, and is as strict as ntfy."""

import re
from typing import Any
from uuid import uuid4

from tests.support.webhook_receiver import Receiver, Reply, Request

MOST_ACTIONS = 3
LONGEST_MESSAGE = 4096  # bytes
TOKEN = "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"
_TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")


class NtfyServer(Receiver):
    """Keeps messages by topic. The topic `private` needs the token."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Any] = []

    def answer(self, request: Request) -> Reply:
        wanted = super().answer(request)
        if wanted.status != 200:
            return wanted
        said = request.json
        if request.path != "/" or not _TOPIC.fullmatch(said["topic"]):
            return Reply(404)
        if said["topic"] == "private" and request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Reply(403)
        actions = said.get("actions", [])
        if len(actions) > MOST_ACTIONS or any({"action", "label", "url"} - set(action) for action in actions):
            return Reply(400)
        if len(said["message"].encode()) > LONGEST_MESSAGE:
            return Reply(413)
        self.messages.append(said)
        return Reply(200, body=b'{"id": "%s", "event": "message"}' % uuid4().hex[:12].encode())
