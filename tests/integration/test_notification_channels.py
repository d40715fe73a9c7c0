"""Where people are told: adding, changing, trying and removing places, what was told there, and who may know of it."""

import json
import threading
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from daybeat.bootstrap.tables import metadata
from daybeat.contracts.habits import CheckInRecorded, DayState, HabitArchived
from daybeat.infra.web.push_keys import public_key
from daybeat.kit.ids import new_id
from daybeat.modules.notifications.models import notification_channels, notification_deliveries
from daybeat.modules.notifications.telegram.linking import new_link_code
from tests.support.database import caught_up, contents
from tests.support.daybeat import NOON, PASSWORD, Daybeat, Person, running_daybeat
from tests.support.days import newcomer, use_program_token
from tests.support.notified import channel_at, delivered, happens, ntfy, reminder, until
from tests.support.ntfy_server import TOKEN, NtfyServer
from tests.support.webhook_receiver import Reply, Request

NOBODY = str(UUID(int=0))
PATH = "/hooks/5ecret-path"
BROWSER = public_key("a browser's own secret, long enough to be one")
SUBSCRIPTION = {
    "endpoint": f"https://push.example.com{PATH}",
    "keys": {"p256dh": BROWSER, "auth": "c2l4dGVlbiBieXRlcyEhIQ"[:22]},
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
NOTIFYING = (
    *("notification_channels", "notification_deliveries", "notification_templates", "telegram_links"),
    *("report_plans", "reminder_settings", "reminder_dues", "habit_nudges"),
)
"""Tables that say something of somebody who is told things."""
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
DEEP = '{"kind": "ntfy", "address": {"topic": ' + "[" * 5000 + "]" * 5000 + "}}"
NESTED = '{"kind": "ntfy", "address": {"topic": ' + '{"a":' * 40 + "1" + "}" * 40 + "}}"


class PatientServer(NtfyServer):
    """Lets each message wait until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.came, self.go_on = threading.Semaphore(0), threading.Event()

    def answer(self, request: Request) -> Reply:
        self.came.release()
        assert self.go_on.wait(20)
        return super().answer(request)


@pytest.fixture(scope="module")
def told_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daybeat]:
    folder = tmp_path_factory.mktemp("told") / "data"
    with running_daybeat(folder, allow_private_targets=True) as running:
        running.person("admin@example.org")
        yield running


@pytest.fixture
def house(told_house: Daybeat) -> Daybeat:
    told_house.clock.set(NOON)
    told_house.client.cookies.clear()
    return told_house


@pytest.fixture
def ben(house: Daybeat) -> Person:
    return newcomer(house)


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    with ntfy() as server:
        yield server


@pytest.fixture
def patient() -> Iterator[PatientServer]:
    server = PatientServer()
    with server.running():
        try:
            yield server
        finally:
            server.go_on.set()


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


def test_whoever_begins_sees_what_there_is_and_what_to_do(ana: Person) -> None:
    shown = ana.get("/notifications/channels")
    assert (shown["items"], shown["bot"]) == ([], None)
    assert len(shown["push_key"]) == 87
    ready = {each["kind"]: each["ready"] for each in shown["available"]}
    assert ready == {
        **dict.fromkeys(("telegram", "email", "mqtt"), False),
        **dict.fromkeys(("web_push", "ntfy", "webhook", "apprise"), True),
    }
    how_to = {each["kind"]: each["how_to"] for each in shown["available"]}
    assert "DAYBEAT_TELEGRAM_TOKEN" in how_to["telegram"]
    assert "DAYBEAT_SMTP_URL" in how_to["email"]
    assert not any(how_to[kind] for kind, is_ready in ready.items() if is_ready)


@pytest.mark.parametrize("kind", PLACES)
def test_a_place_is_added_and_shown_without_what_is_secret(ana: Person, kind: str) -> None:
    made = added(ana, kind, name="  My phone ", language="de", kinds=["reports", "reminders", "reports"])
    secret = made.pop("secret")
    assert (secret is not None) == (kind == "webhook")
    assert made == channels(ana)[0]
    assert (made["kind"], made["name"], made["language"]) == (kind, "My phone", "de")
    assert (made["kinds"], made["enabled"], made["state"]) == (["reminders", "reports"], True, "new")
    assert made["address"] == PLACES[kind][1]
    assert (made["waiting"], made["last_error"], made["last_sent_at"], made["failing_since"]) == (0, None, None, None)


def test_what_is_left_out_takes_its_usual_value(ana: Person) -> None:
    made = added(ana)
    assert (made["name"], made["language"]) == ("", "en")
    assert made["kinds"] == ["checks", "prompts", "reminders", "reports"]


def test_a_secret_is_made_here_and_never_shown_again(house: Daybeat, ana: Person) -> None:
    wanted = {"url": "http://127.0.0.1:9/5ecret", "secret": "whsec_" + "A" * 32}
    made = ana.post("/notifications/channels", {"kind": "webhook", "address": wanted})
    assert made["secret"].startswith("whsec_")
    assert made["secret"] != wanted["secret"]
    changed = ana.ask("PATCH", f"/notifications/channels/{made['id']}", json={"address": wanted})
    assert "secret" not in changed.text
    for kind in ("ntfy", "web_push", "apprise"):
        added(ana, kind, kinds=[])
    happens(house, reminder(house, ana))
    until(lambda: channel(ana, made["id"])["state"] == "failing")
    for path in ("/channels", "/deliveries", "/templates"):
        text = ana.ask("GET", f"/notifications{path}").text
        assert not [secret for secret in SECRETS if secret in text], path
    kept = house.core.store.read_now(lambda c: c.execute(select(notification_channels.c.address)).scalars().all())
    assert made["secret"] in [each.get("secret") for each in kept]
    ana.patch(f"/notifications/channels/{made['id']}", {"enabled": False})


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
def test_a_place_that_cannot_be_is_refused_with_what_to_do(ana: Person, body: dict[str, Any]) -> None:
    detail = refused(ana.ask("POST", "/notifications/channels", json=body), 422)
    assert "5ecret" not in detail
    assert channels(ana) == []


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (json.dumps({"kind": "ntfy", "address": {"topic": "x"}, "name": "x" * 100_000}), 413),
        (json.dumps({"kind": "ntfy", "address": {"topic": "x" * 100_000}}), 413),
        (json.dumps({"kind": "ntfy", "address": {"topic": "x"}, "name": "x" * 60_000}), 422),
        (DEEP, 422),
        (NESTED, 422),
        ('{"kind": "ntfy", "address": {"topic": NaN}}', 422),
        ('{"kind": "ntfy", "address": {"topic": "\\ud800"}}', 422),
        ('{"kind": "ntfy", "kind": "webhook"}', 422),
        ("[]", 422),
        ("", 422),
    ],
    ids=[
        "a name of 100 KB",
        "a topic of 100 KB",
        "60 KB",
        "deep",
        "nested",
        "NaN",
        "half a sign",
        "twice",
        "a list",
        "nothing",
    ],
)
def test_a_body_that_is_too_much_is_refused(ana: Person, content: str, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    refused(ana.ask("POST", "/notifications/channels", content=content.encode(), headers=headers), status)
    assert channels(ana) == []


@pytest.mark.parametrize("kind", ["email", "mqtt"])
def test_a_kind_this_instance_cannot_use_yet_says_what_is_missing(ana: Person, kind: str) -> None:
    body = {"kind": kind, "address": {"to": "ana@example.org"} if kind == "email" else {}}
    assert "DAYBEAT_" in refused(ana.ask("POST", "/notifications/channels", json=body), 409)


def test_without_a_bot_there_is_no_link_and_it_says_how_to_get_one(ana: Person) -> None:
    assert "@BotFather" in refused(ana.ask("POST", "/notifications/telegram/link"), 409)


def test_there_are_twenty_places_at_most(ana: Person) -> None:
    made = [added(ana)["id"] for _ in range(20)]
    body = {"kind": "ntfy", "address": {"topic": "one-more"}}
    assert "Remove one" in refused(ana.ask("POST", "/notifications/channels", json=body), 409)
    assert [each["id"] for each in channels(ana)] == made
    ana.delete(f"/notifications/channels/{made[0]}")
    added(ana)


def test_a_place_is_changed_and_what_is_left_out_stays(ana: Person) -> None:
    made = added(ana, name="phone")
    changed = ana.patch(f"/notifications/channels/{made['id']}", {"name": "", "kinds": [], "language": "de"})
    assert changed == {**{k: v for k, v in made.items() if k != "secret"}, "name": "", "kinds": [], "language": "de"}
    assert ana.patch(f"/notifications/channels/{made['id']}", {}) == changed
    assert ana.patch(f"/notifications/channels/{made['id']}", {"name": None, "enabled": None}) == changed
    moved = ana.patch(f"/notifications/channels/{made['id']}", {"address": {"topic": "elsewhere"}})
    assert moved["address"] == "https://ntfy.sh/els…"


@pytest.mark.parametrize("body", CHANGED_WRONG.values(), ids=CHANGED_WRONG)
def test_a_change_that_cannot_be_is_refused_and_changes_nothing(ana: Person, body: dict[str, Any]) -> None:
    made = added(ana)["id"]
    before = channels(ana)
    refused(ana.ask("PATCH", f"/notifications/channels/{made}", json=body), 422)
    assert channels(ana) == before


def test_a_webhook_that_moves_keeps_its_secret(house: Daybeat, ana: Person) -> None:
    made = added(ana, "webhook")
    ana.patch(f"/notifications/channels/{made['id']}", {"address": {"url": "https://other.example.com/x"}})
    ours = select(notification_channels.c.address).where(notification_channels.c.id == UUID(made["id"]))
    kept = house.core.store.read_now(lambda c: c.execute(ours).scalar_one())
    assert kept == {"url": "https://other.example.com/x", "secret": made["secret"]}


def test_what_is_another_users_does_not_exist(house: Daybeat, ana: Person, ben: Person, server: NtfyServer) -> None:
    made = channel_at(ana, server)
    delivery = ana.post("/notifications/test", {"channel": made})["id"]
    delivered(ana, "sent")
    before = contents(house)
    asked = [
        ("PATCH", f"/channels/{made}", {"name": "mine"}),
        ("PATCH", f"/channels/{made}", {"address": {"topic": "mine"}}),
        ("PATCH", f"/channels/{made}", {"enabled": False}),
        ("DELETE", f"/channels/{made}", None),
        ("POST", "/test", {"channel": made}),
        ("GET", f"/deliveries/{delivery}", None),
    ]
    for method, path, body in asked:
        there, nowhere = (path.replace(made, NOBODY).replace(delivery, NOBODY), body and {**body, "channel": NOBODY})
        answer = ben.ask(method, f"/notifications{path}", json=body)
        refused(answer, 404)
        if body is None or "channel" in body:
            assert ben.ask(method, f"/notifications{there}", json=nowhere).json() == answer.json()
    assert ben.get("/notifications/deliveries", channel=made)["items"] == channels(ben) == []
    assert contents(house) == before


@pytest.mark.parametrize(
    ("method", "path"),
    [("PATCH", "/channels/1"), ("DELETE", "/channels/x"), ("GET", "/deliveries/1"), ("GET", "/deliveries?channel=1")],
)
def test_an_id_that_is_none_is_refused(ana: Person, method: str, path: str) -> None:
    refused(ana.ask(method, f"/notifications{path}", json={} if method == "PATCH" else None), 422)


def test_a_program_that_may_only_read_changes_nothing(ana: Person) -> None:
    made = added(ana)["id"]
    token = ana.post("/auth/tokens", {"name": "script", "scopes": ["read"]})["token"]
    ana.access_token = token
    words = {"kind": "test", "title": "x", "body": "y"}
    for method, path, body in (
        ("POST", "/channels", {"kind": "ntfy", "address": {"topic": "x"}}),
        ("PATCH", f"/channels/{made}", {"enabled": False}),
        ("DELETE", f"/channels/{made}", None),
        ("POST", "/test", {"channel": made}),
        ("POST", "/telegram/link", None),
        ("PUT", "/templates", words),
        ("DELETE", "/templates?kind=test", None),
    ):
        refused(ana.ask(method, f"/notifications{path}", json=body), 403)
    assert channel(ana, made)["enabled"]
    assert ana.post("/notifications/templates/preview", words) == {"title": "x", "body": "y"}


def test_a_place_that_is_gone_is_blocked_until_it_is_switched_on_again(
    house: Daybeat, ana: Person, server: NtfyServer
) -> None:
    made = channel_at(ana, server)
    server.reply = Reply(410)
    happens(house, reminder(house, ana, "lost"))
    [dead] = delivered(ana, "dead")
    assert "does not exist any more" in dead["reason"]
    blocked = channel(ana, made)
    assert (blocked["state"], blocked["waiting"], blocked["last_error"]) == ("blocked", 0, dead["reason"])
    assert blocked["failing_since"] is not None
    refused(ana.ask("POST", "/notifications/test", json={"channel": made}), 409)
    server.reply = Reply()
    happens(house, reminder(house, ana, "not told"))
    caught_up(house)
    ana.patch(f"/notifications/channels/{made}", {"enabled": True})
    again = channel(ana, made)
    assert (again["state"], again["last_error"], again["failing_since"]) == ("new", None, None)
    happens(house, reminder(house, ana, "told"))
    assert [each["title"] for each in delivered(ana, "sent")] == ["told"]
    assert [each["title"] for each in server.messages] == ["told"]


def test_another_address_lets_a_blocked_place_be_tried_again(house: Daybeat, ana: Person, server: NtfyServer) -> None:
    made = channel_at(ana, server)
    server.reply = Reply(410)
    happens(house, reminder(house, ana))
    delivered(ana, "dead")
    server.reply = Reply()
    address = {"server": server.url, "topic": "new"}
    assert ana.patch(f"/notifications/channels/{made}", {"address": address})["state"] == "new"
    happens(house, reminder(house, ana))
    delivered(ana, "sent")
    assert [each["topic"] for each in server.messages] == ["new"]


def test_what_waits_for_a_place_goes_when_it_is_switched_off(house: Daybeat, ana: Person, server: NtfyServer) -> None:
    made = channel_at(ana, server)
    server.reply = Reply(503)
    happens(house, reminder(house, ana, "first"))
    delivered(ana, "failed")
    happens(house, reminder(house, ana, "second"))
    until(lambda: channel(ana, made)["waiting"] == 2)
    ana.patch(f"/notifications/channels/{made}", {"enabled": False})
    dropped = delivered(ana, "dropped", 2)
    assert {each["reason"] for each in dropped} == {"this channel was switched off"}
    server.reply = Reply()
    ana.patch(f"/notifications/channels/{made}", {"enabled": True})
    happens(house, reminder(house, ana, "third"))
    delivered(ana, "sent")
    assert [each["title"] for each in server.messages] == ["third"]


def test_a_place_that_is_removed_takes_its_history_along(house: Daybeat, ana: Person, server: NtfyServer) -> None:
    gone, stays = channel_at(ana, server, "gone"), channel_at(ana, server, "stays")
    happens(house, reminder(house, ana))
    delivered(ana, "sent", 2)
    ana.delete(f"/notifications/channels/{gone}")
    assert [each["channel_id"] for each in ana.get("/notifications/deliveries")["items"]] == [stays]
    refused(ana.ask("DELETE", f"/notifications/channels/{gone}"), 404)


def test_deliveries_come_in_pages_the_newest_first_and_by_channel_and_state(ana: Person, server: NtfyServer) -> None:
    one, two = channel_at(ana, server, "one", kinds=[]), channel_at(ana, server, "two", kinds=[])
    made = [ana.post("/notifications/test", {"channel": each})["id"] for each in (one, two, one, two, one)]
    delivered(ana, "sent", 5)
    seen: list[str] = []
    cursor: dict[str, str] = {}
    for expected in (2, 2, 1):
        answer = ana.get("/notifications/deliveries", limit=2, **cursor)
        assert len(answer["items"]) == expected
        seen += [each["id"] for each in answer["items"]]
        cursor = {"cursor": answer["next_cursor"]}
    assert cursor == {"cursor": None}
    assert seen == made[::-1]
    assert [each["id"] for each in ana.get("/notifications/deliveries", channel=two)["items"]] == [made[3], made[1]]
    assert ana.get("/notifications/deliveries", channel=two, state="dead") == {"items": [], "next_cursor": None}
    assert len(ana.get("/notifications/deliveries", state="sent", channel=one)["items"]) == 3
    shown = ana.get(f"/notifications/deliveries/{made[0]}")
    assert shown in ana.get("/notifications/deliveries")["items"]
    assert (shown["kind"], shown["channel_kind"], shown["state"]) == ("test", "ntfy", "sent")


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "cursor=x", "state=lost", "channel=phone"])
def test_a_page_that_is_none_is_refused(ana: Person, query: str) -> None:
    refused(ana.ask("GET", f"/notifications/deliveries?{query}"), 422)


@pytest.mark.parametrize("body", [{}, {"channel": None}, {"channel": "x"}, {"channel": NOBODY, "title": "x"}, []])
def test_a_test_needs_a_channel(ana: Person, body: Any) -> None:
    refused(ana.ask("POST", "/notifications/test", json=body), 422)


def test_a_test_that_fails_says_why(house: Daybeat, ana: Person) -> None:
    use_program_token(ana)
    nobody = {"server": "http://127.0.0.1:9", "topic": "x"}
    made = ana.post("/notifications/channels", {"kind": "ntfy", "address": nobody})
    delivery = ana.post("/notifications/test", {"channel": made["id"]})["id"]
    failed = until(lambda: (shown := ana.get(f"/notifications/deliveries/{delivery}"))["state"] == "failed" and shown)
    assert failed["reason"]
    assert failed["next_at"] is not None
    house.clock.forward(days=1)
    shown = until(lambda: (shown := ana.get(f"/notifications/deliveries/{delivery}"))["state"] == "dropped" and shown)
    assert shown["reason"] == "too late"


def test_nothing_is_sent_twice_because_somebody_tries_the_place_meanwhile(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    made = channel_at(ana, patient)
    happens(house, reminder(house, ana, "once"))
    assert patient.came.acquire(timeout=20)
    ana.post("/notifications/test", {"channel": made})
    assert is_held(house, made)
    ana.patch(f"/notifications/channels/{made}", {"enabled": True})
    assert is_held(house, made)
    ana.patch(f"/notifications/channels/{made}", {"address": {"server": patient.url, "topic": "ana"}})
    assert is_held(house, made)
    patient.go_on.set()
    delivered(ana, "sent", 2)
    assert [each["title"] for each in patient.messages] == ["once", "It works"]
    assert doubtful(house, made) == 0


def test_what_is_on_its_way_when_its_place_is_switched_off_is_not_tried_again(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    made = channel_at(ana, patient)
    happens(house, reminder(house, ana))
    assert patient.came.acquire(timeout=20)
    ana.patch(f"/notifications/channels/{made}", {"enabled": False})
    patient.reply = Reply(503)
    patient.go_on.set()
    until(lambda: channel(ana, made)["state"] == "failing")
    [dropped] = delivered(ana, "dropped")
    assert dropped["reason"] == "this channel was switched off"
    assert channel(ana, made)["waiting"] == 0


def test_what_is_done_while_its_reminder_is_on_its_way_is_not_reminded_of_again(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    made = channel_at(ana, patient)
    fact = reminder(house, ana)
    happens(house, fact)
    assert patient.came.acquire(timeout=20)
    day = DayState(state="done", amount=None, count=1)
    known = {"habit_id": fact.habit_id, "date": fact.date, "state": "done", "amount": None, "day": day, "stats": None}
    happens(house, CheckInRecorded(user_id=UUID(ana.id), check_in_id=new_id(), **known))
    caught_up(house)
    patient.reply = Reply(503)
    patient.go_on.set()
    until(lambda: channel(ana, made)["state"] == "failing")
    [dropped] = delivered(ana, "dropped")
    assert dropped["reason"] == "done meanwhile"
    assert channel(ana, made)["waiting"] == 0


def test_what_waited_for_its_turn_is_not_said_when_it_is_over_meanwhile(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    channel_at(ana, patient)
    first, second, third = (reminder(house, ana, title) for title in ("first", "second", "third"))
    happens(house, first, second, third)
    assert patient.came.acquire(timeout=20)
    happens(house, HabitArchived(user_id=UUID(ana.id), habit_id=second.habit_id, on=second.date))
    caught_up(house)
    patient.go_on.set()
    delivered(ana, "sent", 2)
    assert [each["title"] for each in delivered(ana, "dropped")] == ["second"]
    assert [each["title"] for each in patient.messages] == ["first", "third"]


def test_a_place_that_moved_while_the_old_one_was_tried_is_not_blocked(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    made = channel_at(ana, patient)
    happens(house, reminder(house, ana))
    assert patient.came.acquire(timeout=20)
    ana.patch(f"/notifications/channels/{made}", {"address": {"server": patient.url, "topic": "new"}})
    patient.reply = Reply(410)
    patient.go_on.set()
    delivered(ana, "dead")
    assert channel(ana, made)["state"] == "new"


def test_what_got_through_after_all_counts_as_sent(house: Daybeat, ana: Person, patient: PatientServer) -> None:
    made = channel_at(ana, patient)
    happens(house, reminder(house, ana))
    assert patient.came.acquire(timeout=20)
    ana.patch(f"/notifications/channels/{made}", {"enabled": False})
    patient.go_on.set()
    [sent] = delivered(ana, "sent")
    assert sent["reason"] is None


def test_closing_an_account_erases_where_and_what_was_told(house: Daybeat, ana: Person, server: NtfyServer) -> None:
    made = channel_at(ana, server)
    added(ana, "webhook", kinds=[])
    ana.patch(f"/notifications/channels/{made}", {"name": "Erase phone"})
    ana.put("/notifications/templates", {"kind": "reminder", "title": "Erase {{ title }}", "body": "x"})
    leave_a_code(house, ana)
    ana.put("/reminders/settings", {"daily_summary": "21:00", "weekly_report": {"day": 0, "at": "09:00"}})
    habit = ana.habit(reminders=["18:00"])
    ana.put(f"/reminders/habits/{habit}/nudge", {"enabled": True, "at": "19:00"})
    happens(house, reminder(house, ana, "Erase"))
    delivered(ana, "sent")
    before = rows_of(house, ana)
    assert not [name for name in NOTIFYING if not before[name]]
    ana.ask("DELETE", "/auth/me", json={"password": PASSWORD})
    caught_up(house)
    left = {name: n for name, n in rows_of(house, ana).items() if n}
    assert set(left) <= {"event_log", "event_stream", "activity_leavers"}
    assert "Erase" not in repr(contents(house))


def leave_a_code(daybeat: Daybeat, person: Person) -> None:
    daybeat.core.store.write_now(lambda uow: new_link_code(UUID(person.id), "daybeat_bot", uow=uow))


def rows_of(daybeat: Daybeat, person: Person) -> dict[str, int]:
    """Count the rows of every table that name a user."""
    caught_up(daybeat)
    tables = [table for table in metadata.sorted_tables if "user_id" in table.c]

    def count(table: Any) -> int:
        query = select(func.count()).select_from(table).where(table.c.user_id == UUID(person.id))
        return int(daybeat.core.store.read_now(lambda connection: connection.execute(query).scalar_one()))

    return {table.name: count(table) for table in tables}


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
