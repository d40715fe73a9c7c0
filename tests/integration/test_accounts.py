"""Accounts through the API: opening, signing in, changing and closing them."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from daybeat.modules.accounts import handlers
from daybeat.modules.accounts.models import users
from tests.support.database import contents
from tests.support.daybeat import PASSWORD, Daybeat, Person, running_daybeat
from tests.support.days import newcomer, sign_in_again

NEW_PASSWORD = "another fine day by the sea"


def register(daybeat: Daybeat, email: str = "eve@example.org", **wishes: Any) -> Any:
    body = {"email": email, "password": PASSWORD, "name": "Eve", **wishes}
    return daybeat.client.post("/api/v1/auth/register", json=body)


def login(daybeat: Daybeat, email: str, password: str = PASSWORD) -> Any:
    return daybeat.client.post("/api/v1/auth/login", json={"email": email, "password": password})


def test_the_first_account_is_the_admin_and_no_other(daybeat: Daybeat) -> None:
    assert register(daybeat, "one@example.org").json()["user"]["is_admin"]
    assert not register(daybeat, "two@example.org").json()["user"]["is_admin"]


def test_an_address_can_be_used_once_in_whatever_case(house: Daybeat, ana: Person) -> None:
    answer = register(house, ana.email.upper())
    assert (answer.status_code, answer.json()["type"]) == (409, "email-taken")


def test_a_refused_registration_never_echoes_the_password(house: Daybeat, ana: Person) -> None:
    secret = "swordfish of the seven seas"
    for answer in (
        register(house, ana.email, password=secret),
        register(house, "eve", password=secret),
        register(house, password=secret, name=None),
        register(house, password=secret * 40),
        register(house, timezone=secret, password=secret),
        register(house, password={"is": secret}),
        register(house, **{secret: secret}),
    ):
        assert 400 <= answer.status_code < 500
        assert secret not in answer.text.replace(f"body.{secret}", "")


@pytest.mark.parametrize("registration", ["invite", "closed"])
def test_the_first_account_can_be_opened_wherever(tmp_path: Any, registration: str) -> None:
    with running_daybeat(tmp_path / "data", registration=registration) as daybeat:
        assert daybeat.client.get("/api/v1/instance").json()["registration"] == "open"
        assert register(daybeat, "one@example.org").status_code == 201
        assert daybeat.client.get("/api/v1/instance").json()["registration"] == registration
        refused = register(daybeat, "two@example.org")
        assert (refused.status_code, refused.json()["type"]) == (403, "registration-closed")


def test_an_invitation_opens_one_account_within_two_weeks(tmp_path: Any) -> None:
    with running_daybeat(tmp_path / "data", registration="invite") as daybeat:
        register(daybeat, "one@example.org")
        code, late = (daybeat.core.store.write_now(lambda uow: handlers.create_invite(uow=uow)) for _ in range(2))
        assert register(daybeat, "two@example.org", invite="dbi_guess").json()["type"] == "invite-not-valid"
        assert register(daybeat, "two@example.org", invite=code).status_code == 201
        assert register(daybeat, "three@example.org", invite=code).status_code == 403
        daybeat.clock.forward(days=14)
        assert register(daybeat, "three@example.org", invite=late).status_code == 403


def test_a_refused_registration_does_not_use_up_the_invitation(tmp_path: Any) -> None:
    with running_daybeat(tmp_path / "data", registration="invite") as daybeat:
        register(daybeat, "one@example.org")
        code = daybeat.core.store.write_now(lambda uow: handlers.create_invite(uow=uow))
        assert register(daybeat, "one@example.org", invite=code).status_code == 409
        assert register(daybeat, "two@example.org", invite=code).status_code == 201


def test_an_unknown_user_looks_like_a_wrong_password(house: Daybeat, ana: Person) -> None:
    wrong, unknown = login(house, ana.email, NEW_PASSWORD), login(house, "nobody@example.org", NEW_PASSWORD)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


def test_a_long_password_counts_to_its_last_letter(house: Daybeat) -> None:
    long = "correct horse " * 7
    email = "long@example.org"
    assert len(long) > 72
    assert register(house, email, password=long + "a").status_code == 201
    assert login(house, email, long + "a").status_code == 200
    assert login(house, email, long + "b").status_code == 401


def test_the_password_is_not_kept(house: Daybeat, ana: Person) -> None:
    query = select(users.c.password_hash).where(users.c.id == UUID(ana.id))
    kept = house.core.store.read_now(lambda connection: connection.execute(query).scalar_one())
    assert kept.startswith("bcrypt-sha384$")
    assert PASSWORD not in kept


def test_wrong_passwords_are_limited_and_right_ones_are_not(daybeat: Daybeat) -> None:
    ana, bea = daybeat.person("ana@example.org"), daybeat.person("bea@example.org")
    for _ in range(20):
        assert login(daybeat, bea.email).status_code == 200
    codes = [login(daybeat, ana.email, NEW_PASSWORD).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]
    refused = login(daybeat, ana.email)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 300
    assert login(daybeat, bea.email).status_code == 200


def test_guessing_the_current_password_is_limited_too(daybeat: Daybeat) -> None:
    ana = daybeat.person()
    guess = {"current_password": NEW_PASSWORD, "new_password": NEW_PASSWORD}
    codes = [ana.ask("POST", "/auth/password", json=guess).status_code for _ in range(11)]
    assert codes == [403] * 10 + [429]
    assert ana.ask("DELETE", "/auth/me", json={"password": PASSWORD}).status_code == 429


def test_a_profile_keeps_what_is_not_named(ana: Person) -> None:
    before = ana.get("/auth/me")
    after = ana.patch("/auth/me", {"week_start": 6, "preferences": {"theme": "dark"}})
    assert after["preferences"] == {**before["preferences"], "theme": "dark"}
    assert {**after, "week_start": 0, "preferences": before["preferences"]} == before
    assert ana.get("/auth/me") == after


def test_a_new_password_ends_every_other_session(house: Daybeat, ana: Person) -> None:
    phone = login(house, ana.email).json()
    ana.post("/auth/password", {"current_password": PASSWORD, "new_password": NEW_PASSWORD})
    assert ana.ask("GET", "/auth/me").status_code == 200
    headers = {"Authorization": f"Bearer {phone['access_token']}"}
    assert house.client.get("/api/v1/auth/me", headers=headers).status_code == 401
    assert login(house, ana.email).status_code == 401
    assert login(house, ana.email, NEW_PASSWORD).status_code == 200


@pytest.mark.parametrize("weak", ["password1", "12345678", "aaaaaaaaaa", "abcdefgh"])
def test_a_new_password_is_not_a_weak_one(ana: Person, weak: str) -> None:
    answer = ana.ask("POST", "/auth/password", json={"current_password": PASSWORD, "new_password": weak})
    assert (answer.status_code, answer.json()["type"]) == (422, "weak-password")


def test_signing_out_ends_the_session_at_once(house: Daybeat, ana: Person) -> None:
    ana.post("/auth/logout", {"refresh_token": ana.refresh_token})
    assert ana.ask("GET", "/auth/me").status_code == 401
    answer = house.client.post("/api/v1/auth/refresh", json={"refresh_token": ana.refresh_token})
    assert answer.status_code == 401


def test_sessions_are_listed_and_can_be_ended_from_elsewhere(house: Daybeat, ana: Person) -> None:
    first = ana.access_token
    sign_in_again(house, ana)
    listed = ana.get("/auth/sessions")["items"]
    (other,) = [each for each in listed if not each["current"]]
    assert len(listed) == 2
    ana.delete(f"/auth/sessions/{other['id']}")
    assert [each["current"] for each in ana.get("/auth/sessions")["items"]] == [True]
    ana.access_token = first
    assert ana.ask("GET", "/auth/me").status_code == 401


def test_the_security_history_tells_what_happened_the_newest_first(ana: Person) -> None:
    ana.post("/auth/tokens", {"name": "script", "scopes": ["read"]})
    told = ana.get("/auth/audit")["items"]
    kinds = [each["type"] for each in told]
    assert kinds == ["accounts.api_token.created", "accounts.session.opened", "accounts.user.registered"]
    assert "script" in told[0]["text"]


def test_closing_an_account_erases_everything(daybeat: Daybeat) -> None:
    daybeat.person("admin@example.org")
    before = contents(daybeat)
    ana = daybeat.person("ana@example.org")
    key = {"Idempotency-Key": "kept-answer"}
    body = {"name": "A private habit", "schedule": {"kind": "daily"}, "start": "2026-01-01"}
    habit = ana.post("/habits", body, headers=key)["id"]
    for day in range(1, 29):
        ana.says(habit, f"2026-02-{day:02}", note="private")
    ana.post("/auth/tokens", {"name": "script", "scopes": ["read"]})
    assert ana.ask("DELETE", "/auth/me", json={"password": "wrong horse battery"}).status_code == 403
    assert ana.ask("DELETE", "/auth/me", json={"password": PASSWORD}).status_code == 204
    after = contents(daybeat)
    # The fact that an account was closed, its numbering, and the readers' bookkeeping name no person and stay.
    bookkeeping = {"event_log", "event_stream", "inbox", "subscriber_offset", "jobs", "activity_leavers"}
    assert {n: r for n, r in after.items() if n not in bookkeeping} == {
        n: r for n, r in before.items() if n not in bookkeeping
    }
    left = [row for row in after["event_log"] if row not in before["event_log"]]
    assert [row[2] for row in left] == ["accounts.account.deleted"]
    assert "private" not in repr(after).casefold()


def test_the_address_of_a_closed_account_is_free_again(house: Daybeat) -> None:
    ana = newcomer(house)
    ana.ask("DELETE", "/auth/me", json={"password": PASSWORD})
    again = register(house, ana.email)
    assert again.status_code == 201
    assert again.json()["user"]["id"] != ana.id
    assert ana.ask("GET", "/auth/me").status_code == 401
