"""How the page stays signed in: a cookie that scripts cannot read and other sites cannot use."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support.daybeat import PASSWORD, Daybeat
from tests.support.days import newcomer

# Each request of these clients has a loop of its own, and a connection to Redis belongs to one.
pytestmark = pytest.mark.embedded


WEB = {"X-Daybeat-Client": "web"}


@pytest.fixture
def page(house: Daybeat) -> Iterator[TestClient]:
    """A browser of its own, signed in on the page."""
    browser = TestClient(house.app, headers={"Origin": "http://testserver"})
    answer = sign_in(browser, newcomer(house).email)
    assert answer.status_code == 200
    yield browser
    browser.close()


def sign_in(browser: TestClient, email: str) -> Any:
    return browser.post("/api/v1/auth/login", json={"email": email, "password": PASSWORD}, headers=WEB)


def refresh(browser: TestClient, **headers: str) -> Any:
    return browser.post("/api/v1/auth/refresh", json={}, headers={**WEB, **headers})


def test_the_page_gets_no_refresh_token_it_could_lose(house: Daybeat) -> None:
    answer = sign_in(house.client, newcomer(house).email)
    assert answer.json().get("refresh_token") is None
    assert "dbr_" not in answer.text


def test_the_cookie_is_for_this_site_and_for_no_script(house: Daybeat) -> None:
    cookie = sign_in(house.client, newcomer(house).email).headers["set-cookie"]
    parts = {part.strip().casefold() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= parts
    assert "secure" not in parts
    assert cookie.startswith("daybeat=dbr_")


def test_over_https_the_cookie_is_bound_to_the_host(house: Daybeat) -> None:
    with_https = TestClient(house.app, base_url="https://testserver")
    cookie = sign_in(with_https, newcomer(house).email).headers["set-cookie"]
    assert cookie.startswith("__Host-daybeat=")
    assert {"secure", "httponly"} <= {part.strip().casefold() for part in cookie.split(";")[1:]}
    assert with_https.get("/api/v1/instance").json()["secure_cookies"] is True


def test_the_page_stays_signed_in_by_its_cookie(page: TestClient) -> None:
    first = page.cookies["daybeat"]
    answer = refresh(page)
    assert answer.status_code == 200
    assert answer.json().get("refresh_token") is None
    assert page.cookies["daybeat"] != first


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"X-Daybeat-Client": "other"}],
    ids=["another site", "a hidden site", "no header of ours"],
)
def test_another_site_cannot_use_the_cookie(page: TestClient, headers: dict[str, str]) -> None:
    for door in ("refresh", "logout"):
        answer = page.post(f"/api/v1/auth/{door}", json={}, headers={**WEB, **headers})
        assert (answer.status_code, answer.json()["type"]) == (403, "foreign-origin")
    assert refresh(page).status_code == 200


def test_signing_out_takes_the_cookie_away(page: TestClient) -> None:
    assert page.post("/api/v1/auth/logout", json={}, headers=WEB).status_code == 204
    assert "daybeat" not in page.cookies
    assert refresh(page).status_code == 401


def test_a_session_that_ended_takes_the_cookie_away(house: Daybeat, page: TestClient) -> None:
    house.clock.forward(days=61)
    answer = refresh(page)
    assert answer.status_code == 401
    assert 'daybeat=""' in answer.headers["set-cookie"]
