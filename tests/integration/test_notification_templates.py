"""Words of one's own for what one is told: kept, shown, used where they are meant for, and never able to do more."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from daybeat.modules.notifications.models import ANY_CHANNEL
from daybeat.modules.notifications.repository import TemplateRepository
from daybeat.modules.notifications.texts import EXAMPLES, KINDS, USUAL, VARIABLES
from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer
from tests.support.notified import channel_at, delivered, happens, ntfy, reminder
from tests.support.ntfy_server import NtfyServer
from tests.support.webhook_receiver import Receiver

PATH = "/notifications/templates"
OWN = {"kind": "reminder", "title": "Now: {{ title }}", "body": "{{ streak }} {{ unit }}s so far"}

HOSTILE: dict[str, Any] = {
    "an attribute": "{{ title.__class__ }}",
    "everything there is": "{{ title.__class__.__mro__[1].__subclasses__() }}",
    "a loop in a loop": "{% for a in title %}{% for b in title %}x{% endfor %}{% endfor %}",
    "a range without end": "{% for n in range(1000000000) %}x{% endfor %}",
    "a multiplication": "{{ title * 1000000000 }}",
    "a filter that pads": "{{ title|center(1000000000) }}",
    "a number rounded the long way": "{{ streak|round(999999999, 'ceil') }}",
    "an unknown name": "{{ secret }}",
    "an unknown filter": "{{ title|explode }}",
    "a text as a number": "{{ title|round }}",
    "no end": "{% if title %}",
    "a file": "{% include '/etc/passwd' %}",
    "many levels": "{% if title %}" * 101 + "x" + "{% endif %}" * 101,
    "a number that is none": "{% if streak < 1e999 %}x{% endif %}",
    "NUL": "a\x00b",
    "4,001 letters": "x" * 4001,
    "a number for a text": 7,
    "a list": ["x"],
    "null": None,
}
WRONG: dict[str, dict[str, Any]] = {
    "an unknown kind": {"kind": "gossip"},
    "an unknown language": {"language": "xx"},
    "an unknown channel": {"channel": "pigeon"},
    "a channel of 17 letters": {"channel": "x" * 17},
    "an empty title": {"title": "  "},
    "a title of 501 letters": {"title": "x" * 501},
    "a hostile title": {"title": "{{ title.__class__ }}"},
    "a title with NUL": {"title": "a\x00b"},
    "no title": {"title": None},
    "another user": {"user_id": str(UUID(int=0))},
}
NAMES = {
    "Arabic": "قراءة كل يوم",
    "Hebrew": "לקרוא כל יום",
    "emoji": "🏃🏽‍♀️ Laufen 🇫🇷",
    "what looks like a template": "{{ 7 * 7 }}{% for a in b %}",
    "what looks like HTML": "<b>Read</b> & <script>alert(1)</script>",
    "what looks like Markdown": "*bold* _and_ [a link](https://example.com)",
    "100 letters": "読" * 100,
}


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    with ntfy() as server:
        yield server


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    with receiver.running():
        yield receiver


def templates(person: Person) -> list[Any]:
    return list(person.get(PATH)["items"])


def own(person: Person) -> list[Any]:
    return [each for each in templates(person) if each["own"]]


def refused(answer: Any, status: int = 422) -> str:
    """Check that a request was refused with a sentence; gives it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 8192
    detail: str = answer.json()["detail"]
    assert detail
    return detail


def test_whoever_has_none_sees_the_usual_words_and_what_they_may_name(ana: Person) -> None:
    shown = ana.get(PATH)
    assert len(shown["items"]) == len(KINDS) * len(USUAL)
    assert not any(each["own"] or each["channel"] for each in shown["items"])
    assert {each["kind"]: tuple(each["variables"]) for each in shown["kinds"]} == VARIABLES


def test_own_words_are_kept_changed_and_given_up_again(ana: Person) -> None:
    before = templates(ana)
    for body in ("first", "second"):
        answer = ana.put(PATH, {**OWN, "body": body})
        assert answer["items"] == templates(ana)
        assert own(ana) == [{**OWN, "body": body, "language": "en", "channel": None, "own": True}]
        assert len(templates(ana)) == len(before)
    ana.put(PATH, {**OWN, "channel": "ntfy", "language": "de"})
    assert len(own(ana)) == 2
    assert len(templates(ana)) == len(before) + 1
    ana.delete(f"{PATH}?kind=reminder")
    assert [(each["channel"], each["language"]) for each in own(ana)] == [("ntfy", "de")]
    for _ in range(2):
        ana.delete(f"{PATH}?kind=reminder&language=de&channel=ntfy")
    assert templates(ana) == before


def test_words_are_one_users(house: Daybeat, ana: Person) -> None:
    ben = newcomer(house)
    ana.put(PATH, OWN)
    assert own(ben) == []
    ben.delete(f"{PATH}?kind=reminder")
    assert len(own(ana)) == 1


@pytest.mark.parametrize("language", USUAL)
@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_words_can_be_tried_and_kept(ana: Person, kind: str, language: str) -> None:
    usual = USUAL[language][kind]
    body = {"kind": kind, "language": language, "title": usual.title, "body": usual.body}
    shown = ana.post(f"{PATH}/preview", body)
    assert shown["title"]
    assert shown["body"]
    assert own(ana) == []
    ana.put(PATH, body)
    assert len(own(ana)) == 1


def test_a_preview_is_filled_with_an_example(ana: Person) -> None:
    example = EXAMPLES["reminder"]
    assert ana.post(f"{PATH}/preview", OWN) == {"title": f"Now: {example['title']}", "body": "4 days so far"}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_words_that_do_more_are_refused_with_what_is_wrong(ana: Person, body: Any) -> None:
    said = refused(ana.ask("POST", f"{PATH}/preview", json={**OWN, "body": body}))
    assert refused(ana.ask("PUT", PATH, json={**OWN, "body": body})) == said
    assert own(ana) == []


@pytest.mark.parametrize("wish", WRONG.values(), ids=WRONG)
def test_words_for_nothing_there_is_are_refused(ana: Person, wish: dict[str, Any]) -> None:
    refused(ana.ask("PUT", PATH, json={**OWN, **wish}))
    assert own(ana) == []


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (json.dumps({**OWN, "body": "x" * 100_000}), 413),
        (json.dumps({**OWN, "body": "{{ title }}" * 5000}), 422),
        ('{"kind": "reminder", "title": "x", "body": ' + "[" * 5000 + "]" * 5000 + "}", 422),
        ('{"kind": "reminder", "title": "\\ud800", "body": "x"}', 422),
        ("[]", 422),
    ],
    ids=["100 KB", "55 KB", "deep", "half a sign", "a list"],
)
def test_a_body_that_is_too_much_is_refused(ana: Person, content: str, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    for method, path in (("PUT", PATH), ("POST", f"{PATH}/preview")):
        refused(ana.ask(method, path, content=content.encode(), headers=headers), status)
    assert own(ana) == []


@pytest.mark.parametrize(
    "query", ["", "?kind=gossip", "?kind=reminder&language=xx", "?kind=reminder&channel=" + "x" * 17]
)
def test_words_that_cannot_be_cannot_be_given_up(ana: Person, query: str) -> None:
    refused(ana.ask("DELETE", f"{PATH}{query}"))


def test_signs_that_are_no_text_are_not_written(ana: Person) -> None:
    written = ana.post(f"{PATH}/preview", {**OWN, "body": "a{{ '\\x00\\x1b' }}b{{ '\\ud800' }}"})
    assert written["body"] == "ab\ufffd"


def test_own_words_are_used_for_the_kind_of_channel_they_are_for(
    house: Daybeat, ana: Person, server: NtfyServer, receiver: Receiver
) -> None:
    phone = channel_at(ana, server)
    german = channel_at(ana, server, language="de")
    hook = ana.post("/notifications/channels", {"kind": "webhook", "address": {"url": receiver.url}})["id"]
    ana.put(PATH, {**OWN, "title": "for all"})
    ana.put(PATH, {**OWN, "title": "for ntfy", "channel": "ntfy"})
    happens(house, reminder(house, ana, "Read"))
    told = {each["channel_id"]: (each["title"], each["body"]) for each in delivered(ana, "sent", 3)}
    assert told == {
        phone: ("for ntfy", "3 days so far"),
        hook: ("for all", "3 days so far"),
        german: ("Read", "Heute noch offen. Deine Serie: 3."),
    }
    assert receiver.requests[0].json["data"]["title"] == "for all"


def test_own_words_reach_what_is_said_together_and_what_is_tried(
    house: Daybeat, ana: Person, server: NtfyServer
) -> None:
    made = channel_at(ana, server, name="phone")
    ana.put(PATH, {"kind": "digest", "title": "{{ count }}!", "body": "{{ titles|first }}, {{ titles|last }}"})
    ana.put(PATH, {"kind": "test", "title": "Hello", "body": "{{ channel }}", "channel": "ntfy"})
    happens(house, *(reminder(house, ana, title) for title in ("Read", "Run", "Write", "Rest")))
    delivered(ana, "sent", 4)
    ana.post("/notifications/test", {"channel": made})
    delivered(ana, "sent", 5)
    assert [(each["title"], each["message"]) for each in server.messages] == [("4!", "Read, Rest"), ("Hello", "phone")]


@pytest.mark.parametrize(
    "body", ["{{ gone }}", "{{ title|round }}", "{% half", "{% if title %}" * 101 + "x" + "{% endif %}" * 101]
)
def test_words_that_do_not_fit_any_more_give_way_to_the_usual_ones(
    house: Daybeat, ana: Person, server: NtfyServer, body: str
) -> None:
    kept = {"user_id": UUID(ana.id), "kind": "reminder", "language": "en", "channel": ANY_CHANNEL}
    house.core.store.write_now(
        lambda uow: TemplateRepository(uow.connection).keep({**kept, "title": "own", "body": body})
    )
    channel_at(ana, server)
    happens(house, reminder(house, ana, "Read"))
    [sent] = delivered(ana, "sent")
    assert (sent["title"], sent["body"]) == ("Read", "Still open today. Your streak: 3 days.")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_arrives_as_it_is_whatever_it_looks_like(
    house: Daybeat, ana: Person, server: NtfyServer, name: str
) -> None:
    channel_at(ana, server)
    ana.put(PATH, {**OWN, "title": "{{ title }}", "body": "{{ title }}: {{ title|upper|lower|length }}"})
    happens(house, reminder(house, ana, name))
    [sent] = delivered(ana, "sent")
    assert sent["title"] == name
    assert sent["body"].startswith(f"{name}: ")
    assert server.messages[0]["message"] == sent["body"]
    assert len(server.messages[0]["title"].encode()) <= 250
    assert name.startswith(server.messages[0]["title"].rstrip("…"))
