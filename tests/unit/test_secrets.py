"""Refresh tokens, tokens for programs, and ids."""

from uuid import UUID

import pytest

from daybeat.kit.ids import new_id
from daybeat.modules.accounts.domain.refresh_tokens import digest, issue, parse
from daybeat.modules.accounts.domain.secrets import new_secret, secret_digest

SECRET = "k" * 64
SESSION = UUID(int=7)


def test_a_token_names_its_session_and_generation() -> None:
    parsed = parse(SECRET, issue(SECRET, SESSION, 3))
    assert parsed is not None
    assert (parsed.session_id, parsed.generation, parsed.genuine) == (SESSION, 3, True)


def test_a_token_can_be_made_again_only_with_the_secret() -> None:
    token = issue(SECRET, SESSION, 3)
    assert issue(SECRET, SESSION, 3) == token
    assert issue("other" * 12, SESSION, 3) != token
    parsed = parse("other" * 12, token)
    assert parsed is not None
    assert not parsed.genuine


def test_generations_and_sessions_have_tokens_of_their_own() -> None:
    tokens = {issue(SECRET, UUID(int=session), number) for session in range(5) for number in range(5)}
    assert len(tokens) == len({digest(token) for token in tokens}) == 25


@pytest.mark.parametrize(
    "token",
    [
        "",
        "dbr",
        "dbr_x_1_y",
        "dbx_" + SESSION.hex + "_1_s",
        f"dbr_{SESSION.hex}_-1_s",
        f"dbr_{SESSION.hex}_٣_s",
        "a_b_c_d_e",
    ],
)
def test_what_is_not_shaped_like_a_token_is_none(token: str) -> None:
    assert parse(SECRET, token) is None


def test_a_secret_is_long_and_never_the_same() -> None:
    made = {new_secret("dbt_") for _ in range(100)}
    assert len(made) == 100
    assert all(each.startswith("dbt_") and len(each) >= 47 for each in made)


@pytest.mark.parametrize("text", ["dbt_x", "", "\ud800", "é"], ids=ascii)
def test_whatever_is_presented_has_a_digest(text: str) -> None:
    assert len(secret_digest(text)) == 32


def test_ids_are_version_seven_and_sort_by_the_time_they_were_made() -> None:
    made = [new_id() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert {(each.version, each.variant) for each in made} == {(7, "specified in RFC 4122")}
    milliseconds = [each.int >> 80 for each in made]
    assert milliseconds == sorted(milliseconds)
