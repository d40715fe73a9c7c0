"""No body gets a crash, an echo or an effect it should not have."""

import json
from typing import Any

import pytest

from tests.support.database import contents
from tests.support.daybeat import NOON, Daybeat, Person
from tests.support.days import newcomer
from tests.support.hostile_bodies import PASSWORD, Hostile, hostile_bodies

CORPUS = list(hostile_bodies())

FRIENDLY_NAMES = {
    "emoji": "🏃🏽‍♀️ Laufen 🇫🇷",
    "Arabic": "قراءة كل يوم",
    "Yiddish, right to left": "\u202eאַ בוך\u202c",
    "combining marks": "Zalgo\u0353\u0321\u035a",
    "Chinese": "每天读书",
    "what looks like SQL": "Robert'); DROP TABLE habits;--",
    "what looks like HTML": "<b>Read</b> & write",
    "what looks like a template": "{{7*7}} ${jndi:ldap://x}",
}


@pytest.fixture(scope="module")
def sender(shared_daybeat: Daybeat) -> tuple[Person, str]:
    shared_daybeat.clock.set(NOON)
    person = newcomer(shared_daybeat)
    return person, person.habit()


def test_the_corpus_is_large() -> None:
    assert len({str(each) for each in CORPUS}) == len(CORPUS) >= 100


@pytest.mark.parametrize("hostile", CORPUS, ids=str)
def test_a_hostile_body_is_refused_and_changes_nothing(
    shared_daybeat: Daybeat, sender: tuple[Person, str], hostile: Hostile
) -> None:
    before = contents(shared_daybeat)
    answer = send(*sender, hostile)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert {"type", "title", "detail"} <= problem.keys()
    assert PASSWORD not in answer.text
    assert len(answer.content) < 8192
    assert contents(shared_daybeat) == before


@pytest.mark.parametrize("name", FRIENDLY_NAMES.values(), ids=FRIENDLY_NAMES)
def test_a_strange_but_honest_name_is_kept_as_it_is(sender: tuple[Person, str], name: str) -> None:
    person, _ = sender
    habit = person.habit(name=name)
    assert person.get(f"/habits/{habit}")["name"] == name


def test_an_address_with_letters_of_two_cases_is_one_account(shared_daybeat: Daybeat) -> None:
    shared_daybeat.person("Straße@Example.org")
    again = {"email": "STRASSE@example.ORG", "password": PASSWORD, "name": "Ana"}
    answer = shared_daybeat.client.post("/api/v1/auth/register", json=again)
    assert answer.status_code == 409


def send(person: Person, habit: str, hostile: Hostile) -> Any:
    body = hostile.body
    if not isinstance(body, bytes):
        body = json.dumps(body, ensure_ascii=True).replace("{habit}", habit).encode()
    headers = {} if hostile.content_type is None else {"Content-Type": hostile.content_type}
    return person.ask(hostile.method, hostile.path.format(habit=habit), content=body, headers=headers)
