"""Refresh tokens: of many who try at once one wins, an honest client survives a lost answer, a thief does not."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.daybeat import PASSWORD, Daybeat, Person
from tests.support.days import newcomer

ROUNDS = int(os.environ.get("DAYBEAT_REFRESH_ROUNDS", "200"))
RACERS = 12


def refresh(daybeat: Daybeat, token: str) -> Any:
    return daybeat.client.post("/api/v1/auth/refresh", json={"refresh_token": token})


def successor(daybeat: Daybeat, token: str) -> str:
    answer = refresh(daybeat, token)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["refresh_token"])


def test_of_twelve_at_once_all_get_the_same_one_successor(house: Daybeat, ana: Person) -> None:
    token = ana.refresh_token
    with ThreadPoolExecutor(RACERS) as racers:
        for _ in range(ROUNDS):
            answers = list(racers.map(lambda mine: refresh(house, mine), [token] * RACERS))
            assert {answer.status_code for answer in answers} == {200}
            (token,) = {answer.json()["refresh_token"] for answer in answers}
    # Each round moved the session by one: nobody made a second successor on the side.
    assert int(token.split("_")[2]) == ROUNDS + 1


def test_a_client_that_lost_the_answer_may_ask_again_for_ten_seconds(house: Daybeat, ana: Person) -> None:
    lost = successor(house, ana.refresh_token)
    house.clock.forward(seconds=10)
    assert successor(house, ana.refresh_token) == lost
    assert refresh(house, lost).status_code == 200


def test_an_old_token_after_ten_seconds_ends_the_session(house: Daybeat, ana: Person) -> None:
    newest = successor(house, ana.refresh_token)
    house.clock.forward(seconds=10, microseconds=1)
    assert refresh(house, ana.refresh_token).status_code == 401
    assert refresh(house, newest).status_code == 401
    assert ana.ask("GET", "/auth/me").status_code == 401


def test_an_old_token_after_its_successor_was_used_ends_the_session(house: Daybeat, ana: Person) -> None:
    newest = successor(house, successor(house, ana.refresh_token))
    assert refresh(house, ana.refresh_token).status_code == 401
    assert refresh(house, newest).status_code == 401


def test_the_owner_is_told_that_an_old_token_came_back(house: Daybeat, ana: Person) -> None:
    elsewhere = house.client.post("/api/v1/auth/login", json={"email": ana.email, "password": PASSWORD}).json()
    successor(house, successor(house, elsewhere["refresh_token"]))
    refresh(house, elsewhere["refresh_token"])
    kinds = [each["type"] for each in ana.get("/auth/audit")["items"]]
    assert kinds[0] == "accounts.refresh_token.reused"


def test_one_stolen_session_leaves_the_others_alone(house: Daybeat, ana: Person) -> None:
    elsewhere = house.client.post("/api/v1/auth/login", json={"email": ana.email, "password": PASSWORD}).json()
    successor(house, successor(house, elsewhere["refresh_token"]))
    refresh(house, elsewhere["refresh_token"])
    assert ana.get("/auth/me")["email"] == ana.email
    assert refresh(house, ana.refresh_token).status_code == 200


def test_a_refresh_keeps_a_session_alive_for_sixty_days(house: Daybeat, ana: Person) -> None:
    house.clock.forward(days=59)
    newest = successor(house, ana.refresh_token)
    house.clock.forward(days=59)
    assert refresh(house, newest).status_code == 200
    house.clock.forward(days=61)
    assert refresh(house, newest).status_code == 401


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"),
        lambda token: token.replace("_1_", "_2_"),
        lambda token: token.replace("dbr", "dbx"),
        lambda token: token + " ",
        lambda _: "",
        lambda _: "dbr_x_1_y",
        lambda _: "dbr_" + "f" * 32 + "_1_" + "f" * 64,
    ],
    ids=["another seal", "another generation", "another prefix", "a blank", "nothing", "no session", "nobody's"],
)
def test_a_forged_token_is_refused_and_harms_nobody(house: Daybeat, ana: Person, forge: Any) -> None:
    assert refresh(house, forge(ana.refresh_token)).status_code == 401
    assert refresh(house, ana.refresh_token).status_code == 200


def test_a_refreshed_access_token_lasts_a_quarter_of_an_hour(house: Daybeat) -> None:
    ana = newcomer(house)
    ana.access_token = refresh(house, ana.refresh_token).json()["access_token"]
    house.clock.forward(minutes=14, seconds=59)
    assert ana.ask("GET", "/auth/me").status_code == 200
    house.clock.forward(seconds=1)
    assert ana.ask("GET", "/auth/me").status_code == 401
