"""Tokens for programs: told once, limited to what they were given, gone when they should be."""

import pytest

from tests.support.daybeat import Daybeat, Person


def token_of(person: Person, *scopes: str, **wishes: str) -> Person:
    """Give the same person, asking with a new token for programs."""
    made = person.post("/auth/tokens", {"name": "script", "scopes": list(scopes), **wishes})
    signed_in = {"user": {"id": person.id}, "access_token": made["token"], "refresh_token": ""}
    return Person(person.client, person.email, signed_in)


def test_a_token_is_told_once(ana: Person) -> None:
    made = ana.post("/auth/tokens", {"name": "script", "scopes": ["write", "read", "read"]})
    (listed,) = ana.get("/auth/tokens")["items"]
    assert made["token"].startswith(listed["prefix"])
    assert len(made["token"]) > 40
    assert "token" not in listed
    assert listed["scopes"] == ["read", "write"]


@pytest.mark.parametrize(
    ("scopes", "reading", "writing"),
    [(["read"], 200, 403), (["write"], 403, 201), (["read", "write"], 200, 201), (["events:read"], 403, 403)],
    ids=str,
)
def test_a_token_can_do_what_its_scopes_say(ana: Person, scopes: list[str], reading: int, writing: int) -> None:
    program = token_of(ana, *scopes)
    habit = {"name": "Read", "schedule": {"kind": "daily"}}
    assert program.ask("GET", "/habits").status_code == reading
    assert program.ask("POST", "/habits", json=habit).status_code == writing


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/auth/me"),
        ("DELETE", "/auth/me"),
        ("POST", "/auth/password"),
        ("GET", "/auth/sessions"),
        ("GET", "/auth/audit"),
        ("GET", "/auth/tokens"),
        ("POST", "/auth/tokens"),
    ],
)
def test_no_token_manages_the_account(ana: Person, method: str, path: str) -> None:
    program = token_of(ana, "read", "write", "events:read", "events:write")
    body = {"current_password": "x", "new_password": "x", "password": "x", "name": "x", "scopes": ["read"]}
    answer = program.ask(method, path, json=body)
    assert answer.status_code in {403, 422}
    assert ana.ask("GET", "/auth/me").status_code == 200
    assert len(ana.get("/auth/tokens")["items"]) == 1


def test_a_token_stops_when_it_expires(house: Daybeat, ana: Person) -> None:
    program = token_of(ana, "read", expires_at="2026-03-02T13:00:00Z")
    house.clock.forward(minutes=59, seconds=59)
    assert program.ask("GET", "/habits").status_code == 200
    house.clock.forward(seconds=1)
    assert program.ask("GET", "/habits").status_code == 401


def test_a_revoked_token_stops_at_once(ana: Person) -> None:
    program = token_of(ana, "read")
    (listed,) = ana.get("/auth/tokens")["items"]
    ana.delete(f"/auth/tokens/{listed['id']}")
    assert program.ask("GET", "/habits").status_code == 401
    assert ana.ask("DELETE", f"/auth/tokens/{listed['id']}").status_code == 404


def test_the_last_use_of_a_token_is_noted(house: Daybeat, ana: Person) -> None:
    program = token_of(ana, "read")
    assert ana.get("/auth/tokens")["items"][0]["last_used_at"] is None
    house.clock.forward(minutes=5)
    program.get("/habits")
    assert ana.get("/auth/tokens")["items"][0]["last_used_at"] == "2026-03-02T12:05:00Z"


def test_an_account_has_at_most_fifty_tokens(ana: Person) -> None:
    for number in range(50):
        ana.post("/auth/tokens", {"name": str(number), "scopes": ["read"]})
    assert ana.ask("POST", "/auth/tokens", json={"name": "51", "scopes": ["read"]}).status_code == 409


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer dbt_unknown", "Bearer a.b.c", "Bearer \xff", "token x"]
)
def test_a_strange_authorization_is_no_authorization(house: Daybeat, header: str) -> None:
    answer = house.client.get("/api/v1/auth/me", headers={b"Authorization": header.encode("latin-1")})
    assert answer.status_code == 401
