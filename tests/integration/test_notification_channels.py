"""Where people are told: adding, changing, trying and removing places, and who may know of them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from daybeat.bootstrap.tables import metadata
from daybeat.modules.notifications.models import notification_channels
from daybeat.modules.notifications.telegram.linking import new_link_code
from tests.support.database import caught_up, contents
from tests.support.daybeat import PASSWORD, Daybeat, Person
from tests.support.days import newcomer
from tests.support.notified import channel_at, delivered, happens, ntfy, reminder, until
from tests.support.ntfy_server import NtfyServer
from tests.support.places import (
    CHANGED_WRONG,
    NOBODY,
    PLACES,
    SECRETS,
    TOO_MUCH,
    WRONG,
    added,
    channel,
    channels,
    is_held,
    refused,
)

NOTIFYING = (
    *("notification_channels", "notification_deliveries", "notification_templates", "telegram_links"),
    *("report_plans", "reminder_settings", "reminder_dues", "habit_nudges"),
)
"""Tables that say something of somebody who is told things."""


@pytest.fixture
def ben(house: Daybeat) -> Person:
    return newcomer(house)


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    with ntfy() as server:
        yield server


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


@pytest.mark.parametrize(("content", "status"), TOO_MUCH.values(), ids=TOO_MUCH)
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
    until(lambda: not is_held(house, made))
    before = contents(house)
    asked: list[tuple[str, str, dict[str, Any] | None]] = [
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
