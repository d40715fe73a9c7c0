"""Places where people are told: good ones, impossible ones, and a server that takes its time."""

import json
import threading
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from daybeat.infra.web.push_keys import public_key
from daybeat.modules.notifications.models import notification_channels, notification_deliveries
from tests.support.daybeat import Daybeat, Person
from tests.support.ntfy_server import TOKEN, NtfyServer
from tests.support.webhook_receiver import Reply, Request

NOBODY = str(UUID(int=0))
PATH = "/hooks/5ecret-path"
BROWSER = public_key("a browser's own secret, long enough to be one")
SUBSCRIPTION = {
    "endpoint": f"https://push.example.com{PATH}",
    "keys": {"p256dh": BROWSER, "auth": "c2l4dGVlbiBieXRlcyEhIQ"},
}
PLACES: dict[str, tuple[Any, str]] = {
    "ntfy": (
        {"server": "https://ntfy.example.com", "topic": "ana-5ecret", "token": TOKEN},
        "https://ntfy.example.com/ana…",
    ),
    "webhook": ({"url": f"https://hooks.example.com{PATH}?key=5ecret"}, "https://hooks.example.com/…"),
    "web_push": (SUBSCRIPTION, f"push.example.com …{BROWSER[-4:]}"),
    "apprise": ({"url": "jsons://user:5ecret@apprise.example.com/path"}, "JSON, apprise.example.com"),
}
"""Places that can be added anywhere, and how they are shown."""
SECRETS = ("5ecret", TOKEN, "whsec_", "c2l4dGVlb")
WRONG: dict[str, dict[str, Any]] = {
    "nothing": {},
    "an unknown kind": {"kind": "pigeon", "address": {}},
    "no kind": {"kind": "", "address": {}},
    "a kind of 17 letters": {"kind": "x" * 17},
    "a kind with NUL": {"kind": "ntfy\x00", "address": {"topic": "x"}},
    "a number for a kind": {"kind": 5},
    "a list for an address": {"kind": "ntfy", "address": ["x"]},
    "a text for an address": {"kind": "ntfy", "address": "https://ntfy.sh/x"},
    "an address of nine parts": {"kind": "ntfy", "address": {str(n): n for n in range(9)}},
    "a part with a name of 41 letters": {"kind": "ntfy", "address": {"x" * 41: "x"}},
    "no topic": {"kind": "ntfy", "address": {}},
    "a topic with a slash": {"kind": "ntfy", "address": {"topic": "a/b"}},
    "a topic with NUL": {"kind": "ntfy", "address": {"topic": "a\x00b"}},
    "a number for a topic": {"kind": "ntfy", "address": {"topic": 7}},
    "an object for a topic": {"kind": "ntfy", "address": {"topic": {"a": "b"}}},
    "a token with a line break": {"kind": "ntfy", "address": {"topic": "x", "token": "a\r\nHost: b"}},
    "a server with a path": {"kind": "ntfy", "address": {"topic": "x", "server": "https://ntfy.sh/x"}},
    "a server that is no web address": {"kind": "ntfy", "address": {"topic": "x", "server": "ftp://ntfy.sh"}},
    "no URL": {"kind": "webhook", "address": {}},
    "a URL with NUL": {"kind": "webhook", "address": {"url": "https://example.com/\x00"}},
    "a URL with a line break": {"kind": "webhook", "address": {"url": "https://example.com/\r\nX: y"}},
    "a file": {"kind": "webhook", "address": {"url": "file:///etc/passwd"}},
    "a long URL": {"kind": "webhook", "address": {"url": "https://example.com/" + "x" * 3000}},
    "where clouds keep secrets": {"kind": "webhook", "address": {"url": "http://169.254.169.254/latest"}},
    "the same written otherwise": {"kind": "webhook", "address": {"url": "http://[::ffff:a9fe:a9fe]/"}},
    "a push without keys": {"kind": "web_push", "address": {"endpoint": "https://push.example.com/x"}},
    "a push with short keys": {"kind": "web_push", "address": {**SUBSCRIPTION, "keys": {"p256dh": "AA", "auth": "AA"}}},
    "a push with a list of keys": {"kind": "web_push", "address": {**SUBSCRIPTION, "keys": [1, 2]}},
    "no Apprise URL": {"kind": "apprise", "address": {"url": 7}},
    "an unknown Apprise URL": {"kind": "apprise", "address": {"url": "pigeon://coop"}},
    "an Apprise URL with NUL": {"kind": "apprise", "address": {"url": "jsons://example.com/\x00"}},
    "an Apprise URL into this machine": {"kind": "apprise", "address": {"url": "syslog://"}},
    "a chat of somebody's": {"kind": "telegram", "address": {"chat_id": 1}},
    "a name of 101 letters": {"kind": "ntfy", "address": {"topic": "x"}, "name": "x" * 101},
    "a name with NUL": {"kind": "ntfy", "address": {"topic": "x"}, "name": "a\x00b"},
    "a number for a name": {"kind": "ntfy", "address": {"topic": "x"}, "name": 1},
    "null for a name": {"kind": "ntfy", "address": {"topic": "x"}, "name": None},
    "an unknown language": {"kind": "ntfy", "address": {"topic": "x"}, "language": "xx"},
    "an unknown kind of message": {"kind": "ntfy", "address": {"topic": "x"}, "kinds": ["gossip"]},
    "five kinds of messages": {"kind": "ntfy", "address": {"topic": "x"}, "kinds": ["reminders"] * 5},
    "a word for kinds": {"kind": "ntfy", "address": {"topic": "x"}, "kinds": "reminders"},
    "a state": {"kind": "ntfy", "address": {"topic": "x"}, "state": "ok"},
    "an id": {"kind": "ntfy", "address": {"topic": "x"}, "id": NOBODY},
    "another user": {"kind": "ntfy", "address": {"topic": "x"}, "user_id": NOBODY},
}
CHANGED_WRONG: dict[str, dict[str, Any]] = {
    "a kind": {"kind": "webhook"},
    "an unknown language": {"language": "xx"},
    "1 for enabled": {"enabled": 1},
    "a state": {"state": "ok"},
    "another topic that is none": {"address": {"topic": "a b"}},
    "an address of another kind": {"address": {"url": "https://example.com"}},
    "a name of 101 letters": {"name": "x" * 101},
}
TOO_MUCH: dict[str, tuple[str, int]] = {
    "100 KB of name": (json.dumps({"kind": "ntfy", "address": {"topic": "x"}, "name": "x" * 100_000}), 413),
    "100 KB of topic": (json.dumps({"kind": "ntfy", "address": {"topic": "x" * 100_000}}), 413),
    "60 KB of name": (json.dumps({"kind": "ntfy", "address": {"topic": "x"}, "name": "x" * 60_000}), 422),
    "5,000 deep": ('{"kind": "ntfy", "address": {"topic": ' + "[" * 5000 + "]" * 5000 + "}}", 422),
    "40 deep": ('{"kind": "ntfy", "address": {"topic": ' + '{"a":' * 40 + "1" + "}" * 40 + "}}", 422),
    "NaN": ('{"kind": "ntfy", "address": {"topic": NaN}}', 422),
    "half a sign": ('{"kind": "ntfy", "address": {"topic": "\\ud800"}}', 422),
    "a kind twice": ('{"kind": "ntfy", "kind": "webhook"}', 422),
    "a list": ("[]", 422),
    "nothing": ("", 422),
}
"""Bodies, and the status that refuses them."""


class PatientServer(NtfyServer):
    """Lets each message wait until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.came, self.go_on = threading.Semaphore(0), threading.Event()

    def answer(self, request: Request) -> Reply:
        self.came.release()
        assert self.go_on.wait(20)
        return super().answer(request)


def added(person: Person, kind: str = "ntfy", **wishes: Any) -> Any:
    return person.post("/notifications/channels", {"kind": kind, "address": PLACES[kind][0], **wishes})


def channels(person: Person) -> list[Any]:
    return list(person.get("/notifications/channels")["items"])


def channel(person: Person, channel_id: str) -> Any:
    return next(each for each in channels(person) if each["id"] == channel_id)


def refused(answer: Any, status: int) -> str:
    """Check that a request was refused with a sentence; gives it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 8192
    detail: str = answer.json()["detail"]
    assert detail
    return detail


def is_held(daybeat: Daybeat, channel_id: str) -> bool:
    """Tell whether nothing else may be sent to a place now."""
    ours = select(notification_channels.c.hold_until).where(notification_channels.c.id == UUID(channel_id))
    until = daybeat.core.store.read_now(lambda connection: connection.execute(ours).scalar_one())
    return until is not None and until > daybeat.clock.now()


def doubtful(daybeat: Daybeat, channel_id: str) -> int:
    """Count how often it is not known whether something went out."""
    ours = notification_deliveries.c.channel_id == UUID(channel_id)
    query = select(func.sum(notification_deliveries.c.uncertain)).where(ours)
    return int(daybeat.core.store.read_now(lambda connection: connection.execute(query).scalar_one()))
